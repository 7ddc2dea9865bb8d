"""Views of the policies: the list, and one document article by article."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from cms.pages.policies.models import PolicyIndexPage, PolicyPage
from cms.pages.policies.reading import read_units
from cms.pages.serving import serves

INDEX = ("政策文件", "/policies/")


@dataclass(frozen=True, slots=True)
class PolicyLink:
    """One document in the list or at the foot of its neighbor."""

    mark: str
    title: str
    url: str
    article_count: int


@serves(PolicyIndexPage)
def policy_index(request: HttpRequest, page: Page) -> HttpResponse:
    """Show the plan and its guidelines."""
    links = _links(page)
    context = {"page": page, "links": links, "trail": [INDEX]}
    return render(request, "policies/policy_index.html", context)


@serves(PolicyPage)
def policy(request: HttpRequest, page: Page) -> HttpResponse:
    """Show one document with its contents, articles and neighbors."""
    links = _links(page.get_parent())
    place = next(n for n, link in enumerate(links) if link.url == page.url)
    context = {
        "page": page,
        "units": read_units(page.specific),
        "mark": links[place].mark,
        "previous": links[place - 1] if place else None,
        "next": links[place + 1] if place + 1 < len(links) else None,
        "trail": [INDEX, (page.title, "")],
        "address": request.build_absolute_uri(page.url),
    }
    return render(request, "policies/policy.html", context)


def _links(index: Page) -> list[PolicyLink]:
    policies = PolicyPage.objects.child_of(index).live().order_by("position")
    return [
        PolicyLink(
            mark="" if one.slug == "plan" else one.mark,
            title=one.title,
            url=one.url,
            article_count=sum(e["kind"] == "article" for e in one.entries),
        )
        for one in policies
    ]
