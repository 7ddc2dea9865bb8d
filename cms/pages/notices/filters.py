"""Filters of the public list: known parameters only, a stable shareable address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import QueryDict

from cms.core.list_parameters import (
    check_keyword,
    check_names,
    check_page,
    refused_value,
)
from cms.notices.models import NoticePage
from cms.notices.queries import PUBLIC_KINDS, closing_within, in_state
from cms.rules.notices import NoticeKind, NoticeState

CLOSING_SOON_DAYS = 3
STATES = (
    NoticeState.OPEN,
    NoticeState.SUSPENDED,
    NoticeState.CLOSED,
    NoticeState.TERMINATED,
)
LABELS = {
    "q": "标题中的词",
    "kind": "种类",
    "state": "状态",
    "unit": "发布单位",
    "year": "年份",
    "closing": "即将届满（soon）",
    "page": "页码",
}
PARAMETERS = tuple(LABELS)


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """The chosen filters; an empty text means any."""

    q: str = ""
    kind: str = ""
    state: str = ""
    unit: str = ""
    year: str = ""
    closing: str = ""

    def query(self, **changes: str) -> str:
        """Return the address's query with some values changed, in a fixed order."""
        chosen = replace(self, **changes)
        pairs = [(name, getattr(chosen, name)) for name in PARAMETERS[:-1]]
        return urlencode([pair for pair in pairs if pair[1]])


def read_filter(query: QueryDict) -> tuple[NoticeFilter, int]:
    """Return the filters and the page number of a request.

    Raises:
        RuleViolation: E-QP-01 (unknown parameter), E-QP-02 (bad or doubled value).
    """
    check_names(query, PARAMETERS)
    values: Mapping[str, Any] = query
    chosen = NoticeFilter(
        **{name: str(values.get(name, "")).strip() for name in PARAMETERS[:-1]}
    )
    _check("kind", chosen.kind, PUBLIC_KINDS)
    _check("state", chosen.state, [state.value for state in STATES])
    _check("closing", chosen.closing, ["soon"])
    for name, text in (("unit", chosen.unit), ("year", chosen.year)):
        if text and not (text.isascii() and text.isdecimal() and len(text) <= 9):
            raise refused_value(name, text)
    page = check_page(values.get("page", "1"))
    return replace(chosen, q=check_keyword(chosen.q)), page


def _check(name: str, value: str, known: Any) -> None:
    if value and value not in known:
        raise refused_value(name, value)


def apply_filter(chosen: NoticeFilter, at: datetime) -> QuerySet[NoticePage]:
    """Return the matching pages, newest first.

    A notice's page cannot be taken offline (migration 0002), so `live` is not
    asked: without it the counts need no join.
    """
    pages = NoticePage.objects.order_by("-published_at", "-page_ptr_id")
    if chosen.q:
        pages = pages.filter(title__icontains=chosen.q)
    if chosen.kind:
        pages = pages.filter(kind=chosen.kind)
    if chosen.unit:
        pages = pages.filter(unit_id=int(chosen.unit))
    if chosen.year:
        pages = pages.filter(year=int(chosen.year))
    if chosen.state:
        pages = in_state(pages, chosen.state, at)
    if chosen.closing:
        pages = closing_within(pages, CLOSING_SOON_DAYS, at)
    return pages


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter, with how many notices it would leave."""

    label: str
    count: int
    url: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One filter of the list, for components/filters.html."""

    name: str
    label: str
    options: tuple[Option, ...]
    is_open: bool = True


def groups_of(
    chosen: NoticeFilter, states: Mapping[str, int], at: datetime
) -> list[Group]:
    """Return the filters with their counts (4 queries beside those of `states`).

    Each group counts under the other groups' choices, so that no option on
    show leads to an empty list.
    """

    def counted(name: str, *columns: str) -> list[tuple[Any, ...]]:
        rows = apply_filter(replace(chosen, **{name: ""}), at).order_by()
        return list(rows.values_list(*columns).annotate(number=Count("pk")))

    kinds: dict[str, int] = dict(counted("kind", "kind"))
    years = {str(value): number for value, number in counted("year", "year")}
    offices = counted("unit", "unit_id", "unit__name")
    units = {str(value): number for value, _, number in offices}
    soon = apply_filter(replace(chosen, closing="soon"), at).order_by().count()
    kind_options = [(kind, NoticeKind(kind).label) for kind in PUBLIC_KINDS]
    unit_options = sorted(
        ((str(value), name) for value, name, _ in offices),
        key=lambda pair: pair[1],
    )
    state_options = [(state.value, state.label) for state in STATES]
    return [
        _group(chosen, "state", "状态", state_options, states),
        _group(chosen, "kind", "种类", kind_options, kinds),
        _group(
            chosen, "year", "年份", [(y, f"{y}年") for y in sorted(years)[::-1]], years
        ),
        _group(chosen, "unit", "发布单位", unit_options, units),
        _group(
            chosen,
            "closing",
            "即将届满",
            [("soon", f"{CLOSING_SOON_DAYS}日内届满")],
            {"soon": soon},
        ),
    ]


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter and the address without it."""

    label: str
    url: str


def chips_of(chosen: NoticeFilter, groups: list[Group]) -> list[Chip]:
    """Return the chosen filters, each with the address that drops it."""
    chips = []
    if chosen.q:
        chips.append(Chip(f"标题：{chosen.q}", "?" + chosen.query(q="")))
    for group in groups:
        chips += [
            Chip(f"{group.label}：{option.label}", option.url)
            for option in group.options
            if option.selected
        ]
    return chips


def count_states(chosen: NoticeFilter, at: datetime) -> dict[str, int]:
    """Count by the state that the instant shows (2 queries)."""
    pages = apply_filter(replace(chosen, state=""), at).order_by()
    found = dict(pages.values_list("state").annotate(number=Count("pk")))
    closed = in_state(pages, NoticeState.CLOSED, at).count()
    late = closed - found.get(NoticeState.CLOSED.value, 0)
    found[NoticeState.CLOSED.value] = closed
    found[NoticeState.OPEN.value] = found.get(NoticeState.OPEN.value, 0) - late
    return found


def _group(
    chosen: NoticeFilter,
    name: str,
    label: str,
    options: list[tuple[str, str]],
    counts: Mapping[str, int],
) -> Group:
    selected = getattr(chosen, name)
    shown = []
    for value, text in options:
        number = counts.get(value, 0)
        if number == 0 and value != selected:
            continue
        is_selected = value == selected
        url = "?" + chosen.query(**{name: "" if is_selected else value})
        shown.append(Option(text, number, url, is_selected))
    return Group(name, label, tuple(shown))
