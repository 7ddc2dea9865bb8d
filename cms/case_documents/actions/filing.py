"""An assembled version is the one that was signed: it goes to the archive (AS-02)."""

from datetime import datetime

from cms.case_documents.models import Paper
from cms.case_documents.models.papers import PaperState
from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing


def file_paper(paper: Paper, *, by: Actor, at: datetime) -> Paper:
    """Mark a version as filed; the instrument's other versions are superseded.

    A filed version never changes again and no newer one is assembled (E-SG-23).
    The caller has checked who may do it and that it was signed (AS-09).
    """
    with writing():
        fresh = Paper.objects.select_for_update().get(pk=paper.pk)
        if fresh.status == PaperState.FILED:
            return fresh
        versions = Paper.objects.filter(case=fresh.case, instrument=fresh.instrument)
        versions.exclude(pk=fresh.pk).update(status=PaperState.SUPERSEDED.value)
        fresh.status = PaperState.FILED.value
        fresh.save(update_fields=["status"])
        payload: dict[str, object] = {
            "instrument": fresh.instrument,
            "number": fresh.number,
            "sha256": fresh.sha256,
        }
        evidence.record("paper.filed", fresh, payload, by=by, at=at)
        return fresh
