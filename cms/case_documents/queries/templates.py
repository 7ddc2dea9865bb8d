"""Templates as their authors see them: versions, drafts, what was made with them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from cms.case_documents.kinds import KINDS
from cms.case_documents.models import Paper, TemplateDraft, TemplateVersion
from cms.case_documents.models.papers import PaperState
from cms.case_documents.models.templates import TemplateState
from cms.case_documents.template_roles import APPROVERS
from cms.core.actors import Actor
from cms.rules.roles import Role


@dataclass(slots=True)
class Usage:
    """How many papers in force were made with a version, or with older ones."""

    assembled: int = 0
    filed: int = 0


def list_versions(actor: Actor) -> QuerySet[TemplateVersion]:
    """Return the versions that an author may read, files left out.

    What was once in use is open to all authors; what is only proposed, or was
    rejected, to those who decide and to the unit whose office proposed it.
    """
    rows = TemplateVersion.objects.defer("content", "manifest")
    rows = rows.select_related("proposed_by", "approved_by")
    if actor.has(*APPROVERS):
        return rows
    in_use = Q(status__in=[TemplateState.APPROVED.value, TemplateState.RETIRED.value])
    mine = actor.organizations_as(Role.TRANSFER_OFFICE)
    own = Q(proposed_by__memberships__organization_id__in=mine)
    return rows.filter(in_use | own).distinct()


def get_version(actor: Actor, pk: int) -> TemplateVersion:
    """Return one version with its files; DoesNotExist: none for this actor."""
    return list_versions(actor).defer(None).get(pk=pk)


def get_in_use(actor: Actor, instrument: str) -> TemplateVersion | None:
    """Return the version in use of an instrument (1 query)."""
    rows = list_versions(actor).defer(None)
    return rows.filter(
        instrument=instrument, status=TemplateState.APPROVED.value
    ).first()


def list_in_use(actor: Actor) -> list[TemplateVersion]:
    """Return the version in use of every instrument, D-99 before D-100 (1 query)."""
    rows = list_versions(actor).filter(status=TemplateState.APPROVED.value)
    return sorted(rows, key=lambda row: _place(row.instrument))


def _place(instrument: str) -> tuple[int, str]:
    digits = re.search(r"\d+", instrument)
    return (int(digits.group()) if digits else 0, instrument)


def list_proposed(actor: Actor) -> QuerySet[TemplateVersion]:
    """Return what waits for approval, the oldest first."""
    rows = list_versions(actor).filter(status=TemplateState.PROPOSED.value)
    return rows.order_by("proposed_at", "pk")


def list_drafts(actor: Actor) -> QuerySet[TemplateDraft]:
    """Return the reader's own drafts, newest first, files left out."""
    rows = TemplateDraft.objects.filter(uploaded_by_id=actor.user_id)
    return rows.defer("content", "manifest")


def get_draft(actor: Actor, pk: int) -> TemplateDraft:
    """Return one of the reader's own drafts; DoesNotExist: none."""
    return TemplateDraft.objects.get(uploaded_by_id=actor.user_id, pk=pk)


def usage_by_version(instruments: Iterable[str]) -> dict[int, Usage]:
    """Return how many papers were made with each version (1 query)."""
    rows = (
        Paper.objects.filter(instrument__in=list(instruments))
        .exclude(status=PaperState.SUPERSEDED.value)
        .values_list("template_id", "status")
        .annotate(Count("pk"))
        .order_by()
    )
    found: dict[int, Usage] = {}
    for version, status, count in rows:
        usage = found.setdefault(version, Usage())
        if status == PaperState.FILED:
            usage.filed += count
        else:
            usage.assembled += count
    return found


def list_papers_within_reach(actor: Actor, version: TemplateVersion) -> QuerySet[Paper]:
    """Return the papers in force of a version that the reader may open.

    Of a unit of his all; as the other party those that the kind of case shares.
    """
    mine = Q()
    for kind in KINDS.values():
        prefix = Value(f"{kind.model._meta.label}:")
        subject = Concat(prefix, Cast("pk", CharField()), output_field=CharField())
        cases = kind.visible(actor).order_by().annotate(subject=subject)
        owners = [organization for organization, _ in actor.memberships]
        read = Q(owner_id__in=owners) | Q(instrument__in=kind.shared)
        mine |= Q(case__in=cases.values("subject")) & read
    rows = Paper.objects.filter(mine, template=version)
    rows = rows.exclude(status=PaperState.SUPERSEDED.value).defer("document")
    return rows.select_related("owner").order_by("-made_at", "-pk")
