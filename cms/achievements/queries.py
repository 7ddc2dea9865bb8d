"""Reads of the catalogue: the public list, pages, a unit's own entries."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.http import Http404

from cms.achievements.catalog_query import (
    ENUM_FACETS,
    FACET_LABELS,
    VOCABULARY_FACETS,
    CatalogQuery,
)
from cms.achievements.facet_index import INDEX, Found
from cms.achievements.models import (
    Achievement,
    AchievementPage,
    ContactMessage,
    ImportBatch,
    PublishedPicture,
)
from cms.core.actors import Actor
from cms.parties.models import Organization
from cms.rules.achievements import AchievementStatus, MaturityStage
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation
from cms.rules.vocabularies import CITY, TRL, Vocabulary

UNITS_SHOWN = 20
OWN_ROLES = (Role.TRANSFER_OFFICE, Role.APPROVER, Role.TECHNOLOGY_MANAGER)
WAITING = (
    AchievementStatus.SUBMITTED.value,
    AchievementStatus.REVISION_SUBMITTED.value,
)
_STAGES = dict(MaturityStage.choices())
_LISTED = (
    "pk",
    "title",
    "number",
    "unit__name",
    "technology_field",
    "district",
    "industry",
    "trl",
    "stage",
    "transfer_modes",
    "reference_price",
    "price_note",
    "abstract",
    "published_at",
)
_ALWAYS_OPEN = frozenset({CITY})


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value of a facet with its count; `depth` is its level from 0."""

    value: str
    label: str
    count: int
    selected: bool
    depth: int = 0


@dataclass(slots=True)
class CatalogRow:
    """One row of the list, read without the weight of a page object."""

    pk: int
    title: str
    number: str
    unit_name: str
    technology_field: str
    district: str
    industry: str
    trl: int
    stage: str
    transfer_modes: list[str]
    reference_price: Decimal | None
    price_note: str
    abstract: str
    published_at: datetime
    picture: PublishedPicture | None = None

    @property
    def stage_label(self) -> str:
        """The stage in Chinese."""
        return _STAGES[self.stage]


@dataclass(frozen=True, slots=True)
class CatalogList:
    """One page of the list: the rows in order and the facets beside them."""

    count: int
    pages: int
    rows: list[CatalogRow]
    facets: dict[str, list[FacetOption]]
    unit_names: dict[str, str]


def list_catalog(query: CatalogQuery, *, with_pictures: bool = False) -> CatalogList:
    """Return a page of public entries with facet counts (2–5 queries).

    Raises:
        RuleViolation: E-QP-03, the page does not exist.
    """
    found = INDEX.find(query)
    pages = max(1, -(-found.count // query.size))
    if query.page > pages:
        raise RuleViolation("E-QP-03", field="page", page=query.page, pages=pages)
    return CatalogList(
        count=found.count,
        pages=pages,
        rows=list_rows(found.ids, with_pictures=with_pictures),
        facets={name: _options(name, query, found) for name in FACET_LABELS},
        unit_names=found.unit_names,
    )


def list_rows(ids: list[int], *, with_pictures: bool = False) -> list[CatalogRow]:
    """Return the list's rows with these ids, in the order of the ids."""
    rows = {
        values[0]: CatalogRow(*values)
        for values in AchievementPage.objects.filter(pk__in=ids).values_list(*_LISTED)
    }
    if with_pictures:
        for picture in PublishedPicture.objects.filter(page__in=ids, position=1):
            rows[picture.page_id].picture = picture
    return [rows[pk] for pk in ids if pk in rows]


def rows_in_order(ids: list[int]) -> list[AchievementPage]:
    """Return whole pages with these ids, in the order of the ids."""
    pages = AchievementPage.objects.filter(pk__in=ids).select_related("unit")
    by_id = {page.pk: page for page in pages}
    return [by_id[pk] for pk in ids if pk in by_id]


def _options(name: str, query: CatalogQuery, found: Found) -> list[FacetOption]:
    counts = found.counts[name]
    chosen = set(query.chosen.get(name, ()))
    if name in VOCABULARY_FACETS:
        return _leveled(VOCABULARY_FACETS[name], counts, chosen)
    if name == "unit":
        labels = dict(found.unit_names)
        ranked = sorted(counts, key=lambda value: (-counts[value], int(value)))
        values = ranked[:UNITS_SHOWN]
        values += sorted(chosen - set(values), key=int)
    elif name == "trl":
        labels = dict(TRL.choices())
        values = [code for code in labels if counts.get(code)]
        if query.trl_min == query.trl_max:
            chosen = {str(query.trl_min)}
    else:
        labels = dict(ENUM_FACETS[name].choices())
        values = [code for code in labels if counts.get(code) or code in chosen]
    return [
        FacetOption(
            value, labels.get(value, value), counts.get(value, 0), value in chosen
        )
        for value in values
    ]


def _leveled(
    vocabulary: Vocabulary, counts: dict[str, int], chosen: set[str]
) -> list[FacetOption]:
    opened = set(chosen) | _ALWAYS_OPEN
    for code in chosen:
        opened |= {term.code for term in vocabulary.ancestors(code)}
    options: list[FacetOption] = []

    def add(parent: str, depth: int) -> None:
        for term in vocabulary.children(parent):
            count = counts.get(term.code, 0)
            if count or term.code in chosen:
                options.append(
                    FacetOption(
                        term.code, term.label, count, term.code in chosen, depth
                    )
                )
            if term.code in opened:
                add(term.code, depth + 1)

    add("", 0)
    return options


# A unit's own entries, and the desk's queue


def list_own_entries(
    actor: Actor, *, status: str = "", q: str = ""
) -> QuerySet[Achievement]:
    """Return the entries of the units where the actor works, newest change first."""
    owners = actor.organizations_as(*OWN_ROLES)
    entries = Achievement.objects.filter(owner_id__in=owners).select_related("owner")
    if status:
        entries = entries.filter(status=status)
    if q:
        entries = entries.filter(
            Q(name__icontains=q) | Q(ledger_number__icontains=q) | Q(number__iexact=q)
        )
    return entries.order_by("-updated_at", "-id")


def get_own_entry(actor: Actor, pk: int) -> Achievement:
    """Return an entry of one's unit.

    Raises:
        Http404: there is none, or it is another unit's.
    """
    entry = list_own_entries(actor).filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry


def list_units_of(actor: Actor) -> QuerySet[Organization]:
    """Return the units for which the actor may enter achievements."""
    owners = actor.organizations_as(Role.TRANSFER_OFFICE)
    return Organization.objects.filter(pk__in=owners).order_by("name")


def list_queue() -> QuerySet[Achievement]:
    """Return what waits for the desk, the longest first."""
    return (
        Achievement.objects.filter(status__in=WAITING)
        .select_related("owner")
        .order_by("submitted_at", "id")
    )


def list_imports(actor: Actor) -> QuerySet[ImportBatch]:
    """Return the imports of one's units, newest first."""
    owners = actor.organizations_as(Role.TRANSFER_OFFICE)
    return ImportBatch.objects.filter(owner_id__in=owners).order_by(
        "-created_at", "-id"
    )


def count_unread_messages(actor: Actor) -> int:
    """Count the questions to one's units that nobody has read."""
    owners = actor.organizations_as(Role.TRANSFER_OFFICE)
    return ContactMessage.objects.filter(page__unit_id__in=owners, read_at=None).count()


def list_messages(actor: Actor) -> QuerySet[ContactMessage]:
    """Return the questions to one's units, newest first."""
    owners = actor.organizations_as(Role.TRANSFER_OFFICE)
    return (
        ContactMessage.objects.filter(page__unit_id__in=owners)
        .select_related("page", "sender", "organization")
        .order_by("-sent_at", "-id")
    )
