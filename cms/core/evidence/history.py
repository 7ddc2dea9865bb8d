"""What happened to a row, from the evidence log, as its page tells it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from cms.core.models import EvidenceEntry
from cms.core.subjects import subject_of

LONGEST = 300


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the record; `target` is the state that a step led to."""

    at: datetime
    title: str
    text: str
    by: str
    target: str


def list_lines(
    subject: models.Model,
    titles: Mapping[str, str],
    describe: Callable[[str, dict[str, object]], str],
) -> list[HistoryLine]:
    """Return the newest lines of a row's record, oldest first (1 query).

    `titles` names the kinds of entry that are told; `describe(kind, payload)`
    gives the details of one (the log holds no personal data).
    """
    entries = EvidenceEntry.objects.filter(
        subject=subject_of(subject), kind__in=list(titles)
    ).order_by("-sequence")[:LONGEST]
    return [
        HistoryLine(
            at=entry.legal_at,
            title=titles[entry.kind],
            text=describe(entry.kind, entry.payload),
            by=entry.actor_name,
            target=str(entry.payload.get("to", "")),
        )
        for entry in reversed(entries)
    ]
