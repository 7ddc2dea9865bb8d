"""Evidence, due rows, numbers, private files; written by their modules only."""

from cms.core.models.answers import AnswerSheet
from cms.core.models.calendar import CalendarDay, CalendarYear
from cms.core.models.case import Case
from cms.core.models.due import DueEvent, SweepState
from cms.core.models.evidence import Checkpoint, EvidenceEntry, EvidenceTile
from cms.core.models.files import PrivateFile
from cms.core.models.numbers import NumberSequence

__all__ = [
    "AnswerSheet",
    "CalendarDay",
    "CalendarYear",
    "Case",
    "Checkpoint",
    "DueEvent",
    "EvidenceEntry",
    "EvidenceTile",
    "NumberSequence",
    "PrivateFile",
    "SweepState",
]
