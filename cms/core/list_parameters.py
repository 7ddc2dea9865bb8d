"""Parameters of a list page: what a list does not know is refused, never ignored.

A link with a mistyped filter would else show the whole list as if it were the answer.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import wraps
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from cms.rules.violations import RuleViolation

View = Callable[..., HttpResponse]
PAGE = {"page": "页码"}
KEYWORD_MAX = 60


@dataclass(frozen=True, slots=True)
class ListParameters:
    """A list's name, its address and the parameters it takes, with their labels.

    `values` holds what a parameter may be, where it is one of a few; an empty
    value stands for none. `q` is a keyword, `page` a number.
    """

    title: str
    url: str
    parameters: Mapping[str, str]
    values: Mapping[str, Container[str]] = field(default_factory=dict)

    def refuses(self, view: View) -> View:
        """Answer a refusal of the decorated view with a page that helps (400)."""

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except RuleViolation as refusal:
                context = {
                    "refusal": refusal,
                    "list": self,
                    "url_without": _url_without(request, refusal.field),
                    "trail": [(self.title, self.url), ("参数有误", "")],
                }
                return render(request, "site/refused.html", context, status=400)

        guarded.refuses_bad_values = True  # type: ignore[attr-defined]
        return guarded

    def checks(self, view: View) -> View:
        """Refuse unknown, doubled and unreadable parameters before the view runs.

        For lists that have no reader of filters of their own.
        """

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            check_names(request.GET, tuple(self.parameters))
            check_page(request.GET.get("page", "1"))
            check_keyword(request.GET.get("q", ""))
            for name, known in self.values.items():
                value = request.GET.get(name, "")
                if value and value not in known:
                    raise refused_value(name, value)
            return view(request, *args, **kwargs)

        return self.refuses(checked)


def check_names(query: QueryDict, known: tuple[str, ...]) -> None:
    """Refuse a parameter that is unknown, given twice or not readable.

    Raises:
        RuleViolation: E-QP-01 (unknown, naming the nearest), E-QP-02 (doubled, or
            with a NUL, which PostgreSQL does not compare).
    """
    for name, values in query.lists():
        if name not in known:
            nearest = get_close_matches(name, known, n=1, cutoff=0)[0]
            raise RuleViolation("E-QP-01", field=name, name=name, nearest=nearest)
        if len(values) > 1 or "\x00" in values[0]:
            raise refused_value(name, "、".join(values))


def check_page(text: str) -> int:
    """Return the number of a page.

    Raises:
        RuleViolation: E-QP-02, it is no whole number from 1 up.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 6 and int(text)):
        raise refused_value("page", text)
    return int(text)


def page_at(paginator: Paginator, text: str | None) -> Page:
    """Return the page of rows that a public list is asked for, else the first.

    Raises:
        RuleViolation: E-QP-02 (no page number), E-QP-03 (no such page).
    """
    number = check_page(text or "1")
    if number > paginator.num_pages:
        pages = paginator.num_pages
        raise RuleViolation("E-QP-03", field="page", page=number, pages=pages)
    return paginator.page(number)


def check_keyword(text: str) -> str:
    """Return the words to look for, spaces put in order.

    Raises:
        RuleViolation: E-QP-02, longer than `KEYWORD_MAX`.
    """
    words = " ".join(text.split())
    if len(words) > KEYWORD_MAX:
        raise refused_value("q", words)
    return words


def refused_value(name: str, value: str) -> RuleViolation:
    """Return the refusal of a value (E-QP-02); a long one is cut."""
    return RuleViolation("E-QP-02", field=name, name=name, value=value[:40])


def _url_without(request: HttpRequest, name: str) -> str:
    parameters = request.GET.copy()
    parameters.pop(name, None)
    return f"{request.path}?{parameters.urlencode()}" if parameters else request.path
