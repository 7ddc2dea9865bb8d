"""Signed papers that the reader may see; each within its scope (AS-10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q, QuerySet

from cms.case_documents.kinds import get_visible, kind_of
from cms.case_documents.queries.papers import is_of_owner
from cms.core.actors import Actor
from cms.core.subjects import subject_of
from cms.rules.roles import Role
from cms.rules.signed_papers import CONTRACTS, OPEN, SignedPaperState
from cms.signed_papers.models import SignedPaper

OFFICE = (Role.TRANSFER_OFFICE, Role.APPROVER, Role.FINANCE, Role.DISCIPLINE)
"""Who of a unit sees all signed papers of its cases."""
_HEAVY = ("text", "comparison", "changes", "new_values", "answers")
_FILED = SignedPaperState.FILED.value


@dataclass(frozen=True, slots=True)
class FiledFilter:
    """What a list of filed papers is narrowed to; empty fields narrow nothing."""

    mode: str = ""
    unit: int | None = None
    signed_from: date | None = None
    signed_until: date | None = None
    text: str = ""


def list_signed(actor: Actor, case: models.Model) -> QuerySet[SignedPaper]:
    """Return the signed copies of a visible case, newest first.

    The other party sees the filed copies of the papers it shares.
    """
    rows = SignedPaper.objects.filter(case=subject_of(case))
    if not is_of_owner(actor, case):
        rows = rows.filter(status=_FILED, instrument__in=kind_of(case).shared)
    return rows.select_related("paper__template", "uploaded_by", "filed_by", "owner")


def get_signed(actor: Actor, kind: str, pk: int, signed_id: int) -> SignedPaper:
    """Return one signed copy of a visible case.

    Raises:
        LookupError, ObjectDoesNotExist: none for this actor.
    """
    return list_signed(actor, get_visible(actor, kind, pk)).get(pk=signed_id)


def copies_by_instrument(
    actor: Actor, case: models.Model
) -> Mapping[str, list[SignedPaper]]:
    """Return the open and filed copies of a case by instrument (1 query)."""
    states = [_FILED, *(state.value for state in OPEN)]
    found: dict[str, list[SignedPaper]] = {}
    for row in list_signed(actor, case).filter(status__in=states).defer(*_HEAVY):
        found.setdefault(row.instrument, []).append(row)
    return found


def list_for_unit(actor: Actor) -> QuerySet[SignedPaper]:
    """Return the signed papers of the units whose office the reader belongs to."""
    return (
        SignedPaper.objects.filter(owner_id__in=actor.organizations_as(*OFFICE))
        .select_related("owner")
        .defer(*_HEAVY)
        .order_by("-uploaded_at", "-id")
    )


def list_filed_contracts() -> QuerySet[SignedPaper]:
    """Return every filed contract; whoever shows them narrows them to the reader."""
    rows = SignedPaper.objects.filter(status=_FILED, instrument__in=sorted(CONTRACTS))
    return rows.select_related("owner").defer(*_HEAVY).order_by("-filed_at", "-id")


def narrowed(rows: QuerySet[SignedPaper], wanted: FiledFilter) -> QuerySet[SignedPaper]:
    """Return the rows that pass a filter."""
    if wanted.mode:
        rows = rows.filter(mode=wanted.mode)
    if wanted.unit is not None:
        rows = rows.filter(owner_id=wanted.unit)
    if wanted.signed_from is not None:
        rows = rows.filter(signed_on__gte=wanted.signed_from)
    if wanted.signed_until is not None:
        rows = rows.filter(signed_on__lte=wanted.signed_until)
    for word in wanted.text.split():
        rows = rows.filter(
            Q(case_title__icontains=word)
            | Q(title__icontains=word)
            | Q(case_number__icontains=word)
            | Q(instrument__iexact=word)
        )
    return rows
