"""The public supply list: strict parameters, rows, facet counts, contacts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Cast
from django.http import Http404, QueryDict

from cms.core.actors import Actor
from cms.parties.models import Organization
from cms.rules.achievements import PaymentForm
from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.supply_demand.license_kinds import LicenseKind
from cms.rules.supply_demand.public_entry import CONTACT_FIELDS
from cms.rules.supply_demand.supply_states import SupplyState
from cms.rules.violations import RuleViolation
from cms.rules.vocabularies import DISTRICTS, TECHNOLOGY_FIELDS
from cms.supply_demand.models import CallPage, OfferPage, Submission
from cms.supply_demand.models.answers import all_answers
from cms.supply_demand.models.applications import SubmissionDecision
from cms.supply_demand.models.offers import OfferQuerySet

REGULAR = "regular"
PUBLIC_STATES = (
    SupplyState.PUBLISHED,
    SupplyState.MATCHING,
    SupplyState.CONVERTED,
    SupplyState.WITHDRAWN,
    SupplyState.EXPIRED,
)
SORTS = {
    "newest": ("最新发布", ("-published_at", "-pk")),
    "closing": ("即将到期", ("valid_until", "pk")),
    "mature": ("成熟度最高", ("-trl", "-published_at", "-pk")),
}
SIZES = (20, 50, 100)
FACETS = ("unit", "field", "region", "payment", "license", "call", "state")
PARAMETERS = (*FACETS, "q", "sort", "page", "size")
_TEXT_MAX = 60
_COLUMNS = {
    "unit": "unit_id",
    "field": "technology_field",
    "region": "district",
    "payment": "payment_form",
    "license": "license_kind",
    "call": "call_number",
    "state": "state",
}


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """What a reader asked for; an empty text asks for everything."""

    unit: str = ""
    field: str = ""
    region: str = ""
    payment: str = ""
    license: str = ""
    call: str = ""
    state: str = ""
    q: str = ""
    sort: str = "newest"
    page: int = 1
    size: int = SIZES[0]

    def query_string(self, **changes: str | int) -> str:
        """Return the stable query string with some values changed.

        Parameters stand in a fixed order, defaults are left out, and a change
        starts again at the first page unless it names the page.
        """
        asked = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        query = QueryDict(mutable=True)
        for name in PARAMETERS:
            value = getattr(asked, name)
            if value != getattr(_DEFAULT, name):
                query[name] = str(value)
        return query.urlencode()


_DEFAULT = OfferFilter()


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One choice of a facet with the number of offers it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class OfferList:
    """One page of the list, the total, and the facets."""

    rows: list[OfferPage]
    total: int
    pages: int
    facets: dict[str, list[FacetOption]]


def parse_filter(params: QueryDict) -> OfferFilter:
    """Return the filter behind a query string; nothing unknown is ignored.

    Raises:
        RuleViolation: E-QP-01 (unknown parameter), E-QP-02 (bad or doubled value).
    """
    values: dict[str, Any] = {}
    for name, found in params.lists():
        if name not in PARAMETERS:
            near = get_close_matches(name, PARAMETERS, n=1, cutoff=0)
            raise RuleViolation("E-QP-01", field=name, name=name, nearest=near[0])
        if len(found) > 1 or not _is_allowed(name, found[0]):
            raise RuleViolation("E-QP-02", field=name, name=name, value=found[-1][:20])
        if found[0]:
            is_number = name in ("page", "size")
            values[name] = int(found[0]) if is_number else found[0].strip()
    return OfferFilter(**values)


def list_offers(asked: OfferFilter) -> OfferList:
    """Return one page with facets (5 queries at any size).

    Raises:
        RuleViolation: E-QP-03 (no such page).
    """
    found = select_offers(asked)
    total = found.count()
    pages = max(1, -(-total // asked.size))
    if asked.page > pages:
        raise RuleViolation("E-QP-03", field="page", page=asked.page, pages=pages)
    start = (asked.page - 1) * asked.size
    rows = list(found[start : start + asked.size])
    return OfferList(rows, total, pages, _facets(asked))


def select_offers(asked: OfferFilter) -> OfferQuerySet:
    """Return all offers that a filter leaves, in its order."""
    offers: OfferQuerySet = (
        OfferPage.objects.readable()
        .filter(_where(asked))
        .select_related("unit")
        .order_by(*SORTS[asked.sort][1])
    )
    return offers


def get_offer(number: str) -> OfferPage:
    """Return a published offer by its number; an ended one stays readable.

    Raises:
        Http404: there is none.
    """
    offer = OfferPage.objects.readable().filter(number=number).first()
    if offer is None:
        raise Http404
    found: OfferPage = offer
    return found


def may_see_contact(actor: Actor) -> bool:
    """Whether the person is a verified enterprise's or the desk's (OT-04)."""
    if actor.has(Role.BUREAU):
        return True
    return actor.is_verified and actor.has(Role.ENTERPRISE)


def get_contact(offer: OfferPage, actor: Actor) -> dict[str, str]:
    """Return the contact of a listed offer for those who may see it, else nothing."""
    if not (may_see_contact(actor) and offer.is_listed):
        return {}
    submission = (
        Submission.objects.filter(
            application__offer=offer, decision=SubmissionDecision.PUBLISHED
        )
        .order_by("-sequence")
        .first()
    )
    answers = all_answers(submission) if submission else {}
    return {name: str(answers.get(name, "")) for name in CONTACT_FIELDS}


def _is_allowed(name: str, value: str) -> bool:
    if not value:
        return True
    if "\x00" in value or len(value) > _TEXT_MAX:
        return False
    allowed = _ALLOWED.get(name)
    return allowed(value) if allowed else True


def _number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 7 and int(value) > 0


def _one_of(choices: type[LabeledEnum]) -> Callable[[str], bool]:
    known = {member.value for member in choices}
    return lambda value: value in known


_ALLOWED: dict[str, Callable[[str], bool]] = {
    "unit": _number,
    "field": lambda value: value in TECHNOLOGY_FIELDS,
    "region": lambda value: value in DISTRICTS,
    "payment": _one_of(PaymentForm),
    "license": _one_of(LicenseKind),
    "call": lambda value: value == REGULAR or value.startswith("ZJ-"),
    "state": lambda value: value in {state.value for state in PUBLIC_STATES},
    "sort": lambda value: value in SORTS,
    "page": _number,
    "size": lambda value: value in {str(size) for size in SIZES},
}


def _where(asked: OfferFilter, *, leave_out: str = "") -> Q:
    """Return the condition of a filter without one of its facets."""
    where = Q()
    for name, column in _COLUMNS.items():
        value = getattr(asked, name)
        if not value or name == leave_out:
            continue
        if name == "region":
            where &= Q(district__in=DISTRICTS.within(value))
        else:
            where &= Q(**{column: "" if value == REGULAR else value})
    for word in asked.q.split():
        where &= (
            Q(title__icontains=word)
            | Q(abstract__icontains=word)
            | Q(number__iexact=word)
        )
    return where


def _facets(asked: OfferFilter) -> dict[str, list[FacetOption]]:
    """Return the facets (3 queries: counts, names of units, titles of calls)."""
    parts = [
        OfferPage.objects.readable()
        .filter(_where(asked, leave_out=name))
        .annotate(facet=Value(name), option=Cast(F(column), CharField()))
        .order_by()
        .values_list("facet", "option")
        .annotate(found=Count("pk"))
        for name, column in _COLUMNS.items()
    ]
    counts: dict[str, dict[str, int]] = {name: {} for name in _COLUMNS}
    for facet, option, found in parts[0].union(*parts[1:], all=True):
        counts[facet][option] = found
    for name in _COLUMNS:
        # A chosen value keeps its name and its link, though nothing is left of it.
        value = getattr(asked, name)
        if value and name != "region":
            counts[name].setdefault("" if value == REGULAR else value, 0)
    labels = _labels(counts)
    return {
        name: [
            FacetOption(value or REGULAR, labels[name](value), found)
            for value, found in sorted(counts[name].items(), key=_by_count)
        ]
        for name in FACETS
    }


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _labels(counts: dict[str, dict[str, int]]) -> dict[str, Callable[[str], str]]:
    units = {
        str(pk): short or name
        for pk, name, short in Organization.objects.filter(
            pk__in=counts["unit"]
        ).values_list("pk", "name", "short_name")
    }
    calls = dict(
        CallPage.objects.filter(number__in=counts["call"]).values_list(
            "number", "title"
        )
    )
    return {
        "unit": lambda value: units.get(value, value),
        "field": TECHNOLOGY_FIELDS.label,
        "region": DISTRICTS.label,
        "payment": lambda value: PaymentForm(value).label,
        "license": lambda value: LicenseKind(value).label,
        "call": lambda value: calls.get(value, value) if value else "常态化征集",
        "state": lambda value: SupplyState(value).label,
    }
