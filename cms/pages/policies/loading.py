"""Writes the policy pages from the plan's text; running it again updates them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings

from cms.core.locks import writing
from cms.core.pages import add_page, save_page
from cms.pages.models import HomePage
from cms.pages.policies.models import PolicyIndexPage, PolicyPage
from cms.rules.plan_text import Document, parse_plan

PLAN_FILE = settings.ROOT / "fixtures" / "plan" / "plan.txt"
INDEX_TITLE = "政策文件"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many pages were created, updated and left as they were."""

    created: int
    updated: int
    unchanged: int


@writing()
def load_policies(text: str, *, at: datetime) -> Loaded:
    """Write one page per document of the plan and return what changed."""
    index = _index(at)
    outcomes = [
        _write(index, document, position, at)
        for position, document in enumerate(parse_plan(text))
    ]
    return Loaded(*(outcomes.count(word) for word in ("created", "updated", "same")))


def _index(at: datetime) -> PolicyIndexPage:
    index = PolicyIndexPage.objects.first()
    if index is None:
        index = PolicyIndexPage(title=INDEX_TITLE, slug="policies")
        add_page(HomePage.objects.get(), index, at=at)
    return index


def _write(
    index: PolicyIndexPage, document: Document, position: int, at: datetime
) -> str:
    fields = {
        "title": document.title,
        "mark": document.mark,
        "position": position,
        "entries": [asdict(entry) for entry in document.entries],
    }
    page = PolicyPage.objects.child_of(index).filter(slug=document.slug).first()
    if page is None:
        add_page(index, PolicyPage(slug=document.slug, **fields), at=at)
        return "created"
    if all(getattr(page, name) == value for name, value in fields.items()):
        return "same"
    for name, value in fields.items():
        setattr(page, name, value)
    page.draft_title = page.title
    save_page(page, at=at)
    return "updated"
