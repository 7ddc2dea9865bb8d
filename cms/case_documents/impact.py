"""What a new version of a template means for a paper made with an older one."""

import json
from dataclasses import dataclass

from cms.case_documents.kinds import KINDS
from cms.case_documents.models import Paper, TemplateVersion
from cms.case_documents.models.papers import PaperState
from cms.case_documents.models.templates import TemplateState
from cms.case_documents.queries.templates import get_in_use, list_proposed
from cms.case_documents.templates_in_use import template_of
from cms.core.actors import Actor
from cms.core.subjects import model_and_pk

MOST_NAMED = 6
FILED = "已归档，不会改变"
CURRENT = "按使用中的版本组装"
OFFERED = "可以按新版本重新组装，原版本保留"
WOULD_BE_OFFERED = "批准后可以按新版本重新组装，原版本保留"


@dataclass(frozen=True, slots=True)
class PaperImpact:
    """One paper: where it is read, what becomes of it, what it would still need."""

    paper: Paper
    kind: str
    case_pk: int
    effect: str
    missing: tuple[str, ...] = ()
    more: int = 0


def successor_of(actor: Actor, version: TemplateVersion) -> TemplateVersion | None:
    """Return the version that replaces one: that in use, or else one proposed."""
    in_use = get_in_use(actor, version.instrument)
    if in_use is not None and in_use.pk != version.pk:
        return in_use
    proposed = list_proposed(actor).defer(None)
    waiting = proposed.filter(instrument=version.instrument).exclude(pk=version.pk)
    return waiting.last()


def impact_of(
    paper: Paper, successor: TemplateVersion | None, actor: Actor
) -> PaperImpact:
    """Return what a successor means for a paper within the reader's reach.

    What its answers lack is told to its own unit only.
    """
    model, pk = model_and_pk(paper.case)
    kind = next(name for name, one in KINDS.items() if one.model is model)
    if paper.status == PaperState.FILED:
        return PaperImpact(paper, kind, int(pk), FILED)
    if successor is None:
        return PaperImpact(paper, kind, int(pk), CURRENT)
    is_in_use = successor.status == TemplateState.APPROVED
    effect = OFFERED if is_in_use else WOULD_BE_OFFERED
    if not actor.roles_in(paper.owner_id):
        return PaperImpact(paper, kind, int(pk), effect)
    lacking = template_of(successor).missing(json.loads(paper.answers))
    labels = tuple(one.label for one in lacking)
    named, more = labels[:MOST_NAMED], max(0, len(labels) - MOST_NAMED)
    return PaperImpact(paper, kind, int(pk), effect, named, more)
