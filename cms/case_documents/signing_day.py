"""The day of signing: left blank on most papers, to be written by hand (AS-05).

No template asks for it, but the order of a bundle's papers is checked by it. So the
interview asks for the one that all contracts share, and each paper may tell its own.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assembly import Fault
from assembly.errors import fault
from assembly.fields.readers import reader_for
from assembly.fields.refusal import Refusal
from assembly.guide import load_dictionary
from assembly.interview import Question
from assembly.questionnaire import Sheet
from cms.case_documents.consistency import SIGNED
from cms.case_documents.templates_in_use import DICTIONARY

PAGE = "dates"
_BY_HAND = "文书上手写的日期；系统据此核对各份文书的先后。"


def signing_question() -> Question:
    """Return the question; it may stay unanswered."""
    variable = load_dictionary(DICTIONARY).resolve(SIGNED)[-1]
    return Question(SIGNED, variable.label, variable.type, help=_BY_HAND)


def with_signing_day(pages: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the pages with the question on the page of days, where none asks it."""
    if any(one.path == SIGNED for page in pages for one in page.questions):
        return tuple(pages)
    return tuple(_asking(page) if page.name == PAGE else page for page in pages)


def wrong_day(value: object) -> list[Fault]:
    """Return what is wrong with a day of signing that no paper reads."""
    if value in (None, ""):
        return []
    variable = load_dictionary(DICTIONARY).resolve(SIGNED)[-1]
    try:
        reader_for(variable)(value)
    except Refusal as refusal:
        parameters: dict[str, Any] = {"label": variable.label, **refusal.parameters}
        return [fault(refusal.code, SIGNED, **parameters)]
    return []


def _asking(page: Sheet) -> Sheet:
    *before, last = page.sections
    asked = replace(last, questions=(*last.questions, signing_question()))
    return replace(page, sections=(*before, asked))
