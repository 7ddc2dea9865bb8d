"""The public demand list: strict parameters, rows, facet counts."""

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from django.db.models import Count, F, Q, Value
from django.http import QueryDict

from cms.rules.labels import LabeledEnum
from cms.rules.supply_demand.demand_form import BudgetBand, CooperationMode
from cms.rules.supply_demand.demand_states import PUBLIC_STATES, DemandState
from cms.rules.violations import RuleViolation
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES
from cms.supply_demand.models import CallPage, DemandPage
from cms.supply_demand.models.demands import DemandQuerySet

SORTS = {
    "newest": ("最新发布", ("-published_at", "-pk")),
    "closing": ("即将到期", ("valid_until", "pk")),
    "needed": ("完成时间最近", (F("needed_by").asc(nulls_last=True), "pk")),
}
SIZES = (20, 50, 100)
FACETS = ("industry", "district", "mode", "budget", "call", "state")
_PARAMETERS = (*FACETS, "q", "sort", "page", "size")
_TEXT_MAX = 60


@dataclass(frozen=True, slots=True)
class DemandFilter:
    """What a reader asked for; an empty text asks for everything."""

    industry: str = ""
    district: str = ""
    mode: str = ""
    budget: str = ""
    call: str = ""
    state: str = ""
    q: str = ""
    sort: str = "newest"
    page: int = 1
    size: int = SIZES[0]

    def query_string(self, **changes: str | int) -> str:
        """Return the stable query string with some values changed.

        Parameters stand in a fixed order; defaults are left out; a change
        starts again at the first page unless it names the page.
        """
        changed: dict[str, Any] = {"page": 1, **changes}
        asked = replace(self, **changed)
        query = QueryDict(mutable=True)
        for name in _PARAMETERS:
            value = getattr(asked, name)
            if value != _DEFAULTS[name]:
                query[name] = str(value)
        return query.urlencode()


_DEFAULTS = {name: getattr(DemandFilter(), name) for name in _PARAMETERS}


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One choice of a facet with the number of demands it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class DemandList:
    """One page of the list, the total, and the facets."""

    rows: list[DemandPage]
    total: int
    pages: int
    facets: dict[str, list[FacetOption]]


def parse_filter(params: QueryDict) -> DemandFilter:
    """Return the filter behind a query string; nothing unknown is ignored.

    Raises:
        RuleViolation: E-QP-01 (unknown parameter), E-QP-02 (bad or doubled value).
    """
    values: dict[str, str] = {}
    for name, found in params.lists():
        if name not in _PARAMETERS:
            near = get_close_matches(name, _PARAMETERS, n=1, cutoff=0)
            raise RuleViolation("E-QP-01", field=name, name=name, nearest=near[0])
        if len(found) > 1:
            raise RuleViolation("E-QP-02", field=name, name=name, value=found[1])
        values[name] = found[0]
    page = _number(values, "page", None)
    size = _number(values, "size", SIZES)
    for name, allowed in _ALLOWED.items():
        value = values.get(name, "")
        if value and value not in allowed:
            raise RuleViolation("E-QP-02", field=name, name=name, value=value)
    if len(values.get("q", "")) > _TEXT_MAX or "\x00" in values.get("q", ""):
        raise RuleViolation("E-QP-02", field="q", name="q", value=values["q"][:20])
    asked: dict[str, Any] = {
        name: value.strip()
        for name, value in values.items()
        if name not in ("page", "size") and value
    }
    return DemandFilter(**{**asked, "page": page, "size": size})


def list_public_demands(asked: DemandFilter) -> DemandList:
    """Return one page with facets (4 queries).

    Raises:
        RuleViolation: E-QP-03 (no such page).
    """
    total, mode_counts = _count_with_modes(asked)
    pages = max(1, -(-total // asked.size))
    if asked.page > pages:
        raise RuleViolation("E-QP-03", field="page", page=asked.page, pages=pages)
    start = (asked.page - 1) * asked.size
    rows = select_demands(asked)[start : start + asked.size]
    return DemandList(
        rows=list(rows),
        total=total,
        pages=pages,
        facets={**_facets(asked), "mode": mode_counts},
    )


def select_demands(asked: DemandFilter) -> DemandQuerySet:
    """Return all demands that a filter leaves, in its order."""
    order = SORTS[asked.sort][1]
    return DemandPage.objects.live().filter(_where(asked)).order_by(*order)


def _where(asked: DemandFilter, *, leave_out: str = "") -> Q:
    """Return the condition of a filter without one of its facets."""
    where = Q()
    for name in FACETS:
        value = getattr(asked, name)
        if value and name != leave_out:
            where &= _CONDITIONS[name](value)
    for word in asked.q.split():
        where &= (
            Q(title__icontains=word)
            | Q(problem__icontains=word)
            | Q(indicators__icontains=word)
            | Q(number__iexact=word)
        )
    return where


def _industry(code: str) -> Q:
    if code.isalpha():
        return Q(industry_section=code)
    if len(code) == 2:
        return Q(industry_division=code)
    return Q(industry=code)


_CONDITIONS: dict[str, Callable[[str], Q]] = {
    "industry": _industry,
    "district": lambda value: Q(district__in=DISTRICTS.within(value)),
    "mode": lambda value: Q(modes__contains=f",{value},"),
    "budget": lambda value: Q(budget=value),
    "call": lambda value: Q(call_number="" if value == "regular" else value),
    "state": lambda value: Q(state=value),
}


class _CallNumbers:
    """Numbers that look like a call's; one that does not exist finds nothing."""

    def __contains__(self, value: object) -> bool:
        text = str(value)
        return text == "regular" or (
            text.startswith("ZJ-") and text.replace("-", "").isalnum()
        )


def _values(choices: type[LabeledEnum]) -> list[str]:
    return [member.value for member in choices]


_ALLOWED: dict[str, Container[str]] = {
    "industry": INDUSTRIES,
    "district": DISTRICTS,
    "mode": _values(CooperationMode),
    "budget": _values(BudgetBand),
    "call": _CallNumbers(),
    "state": [state.value for state in PUBLIC_STATES],
    "sort": SORTS,
}


def _number(values: dict[str, str], name: str, allowed: tuple[int, ...] | None) -> int:
    text = values.get(name, "")
    if not text:
        return int(_DEFAULTS[name])
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    if number < 1 or (allowed and number not in allowed):
        raise RuleViolation("E-QP-02", field=name, name=name, value=text)
    return number


def _count_with_modes(asked: DemandFilter) -> tuple[int, list[FacetOption]]:
    """Return the total and the facet of modes (1 query)."""
    chosen = _CONDITIONS["mode"](asked.mode) if asked.mode else Q(pk__isnull=False)
    counts = (
        DemandPage.objects.live()
        .filter(_where(asked, leave_out="mode"))
        .aggregate(
            total=Count("pk", filter=chosen),
            **{
                mode.value: Count("pk", filter=_CONDITIONS["mode"](mode.value))
                for mode in CooperationMode
            },
        )
    )
    options = [
        FacetOption(mode.value, mode.label, counts[mode.value])
        for mode in CooperationMode
        if counts[mode.value] or mode.value == asked.mode
    ]
    return counts["total"], options


_COLUMNS = {
    "district": "district",
    "budget": "budget",
    "call": "call_number",
    "state": "state",
}


def _facets(asked: DemandFilter) -> dict[str, list[FacetOption]]:
    """Return the facets of single values (2 queries: counts, titles of calls)."""
    columns = {**_COLUMNS, "industry": _industry_column(asked.industry)}
    parts = [
        DemandPage.objects.live()
        .filter(_where(asked, leave_out=name))
        .annotate(facet=Value(name), option=F(column))
        .order_by()
        .values_list("facet", "option")
        .annotate(found=Count("pk"))
        for name, column in columns.items()
    ]
    counts: dict[str, dict[str, int]] = {name: {} for name in columns}
    for facet, option, found in parts[0].union(*parts[1:], all=True):
        counts[facet][option] = found
    titles = dict(
        CallPage.objects.filter(number__in=counts["call"]).values_list(
            "number", "title"
        )
    )
    return {
        "industry": _options(counts["industry"], INDUSTRIES.label, asked.industry),
        "district": _options(counts["district"], DISTRICTS.label, asked.district),
        "budget": [
            FacetOption(band.value, band.label, counts["budget"][band.value])
            for band in BudgetBand
            if band.value in counts["budget"]
        ],
        "call": [
            FacetOption(
                number or "regular",
                titles.get(number, number) if number else "常态化征集",
                found,
            )
            for number, found in sorted(counts["call"].items(), reverse=True)
        ],
        "state": [
            FacetOption(state.value, DemandState(state).label, counts["state"][state])
            for state in PUBLIC_STATES
            if state.value in counts["state"]
        ],
    }


def _industry_column(chosen: str) -> str:
    """Return the level below the chosen industry."""
    if not chosen:
        return "industry_section"
    return "industry_division" if chosen.isalpha() else "industry"


def _options(
    counts: dict[str, int], label: Callable[[str], str], chosen: str
) -> list[FacetOption]:
    """Return the options that have any demand, in the order of their codes."""
    below = {
        code: found
        for code, found in counts.items()
        if code and _is_below(code, chosen)
    }
    return [
        FacetOption(code, label(code), found) for code, found in sorted(below.items())
    ]


def _is_below(code: str, chosen: str) -> bool:
    if not chosen or chosen not in INDUSTRIES or code not in INDUSTRIES:
        return True
    above = {term.code for term in INDUSTRIES.ancestors(code)}
    return code == chosen or chosen in above
