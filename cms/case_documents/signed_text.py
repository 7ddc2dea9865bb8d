"""Signed files read and held against the assembled text; a door to the assembly."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from assembly.comparison import Change, bare, compare
from assembly.extraction import (
    REASONS,
    Page,
    Reading,
    Unreadable,
    has_recognition,
    pictures_to_pdf,
    read_text,
    recognize,
)
from assembly.plain_text import plain_text
from cms.case_documents.actions.papers import document_of
from cms.case_documents.models import Paper

__all__ = [
    "REASONS",
    "FoundChange",
    "Page",
    "Reading",
    "TooDifferent",
    "Unreadable",
    "compare_with",
    "has_recognition",
    "lines_of",
    "pictures_to_pdf",
    "read_text",
    "recognize",
]
MOST_CHANGES = 500
_LEAST_LIMIT = 20_000


class TooDifferent(Exception):
    """The signed text is so much longer that it cannot be of this paper."""


@dataclass(frozen=True, slots=True)
class FoundChange:
    """One deviation as `assembly.comparison` tells it, and its page if found."""

    kind: str
    clause: str
    before: str
    after: str
    is_key: bool
    lead: str
    tail: str
    words: str
    page: int | None = None


def lines_of(paper: Paper) -> str:
    """Return the text of the assembled Word file, line by line."""
    return plain_text(document_of(paper))


def compare_with(paper: Paper, pages: Sequence[Page]) -> list[FoundChange]:
    """Return how a signed text differs from a paper, in the order of its clauses.

    Raises:
        TooDifferent: it is more than three times as long, so that a comparison
            would take long and tell nothing.
    """
    assembled = lines_of(paper)
    returned = "\n".join(page.text for page in pages)
    if len(returned) > max(_LEAST_LIMIT, 3 * len(assembled)):
        raise TooDifferent
    changes = compare(assembled, returned).changes[:MOST_CHANGES]
    return list(_placed(changes, pages))


def _placed(changes: Sequence[Change], pages: Sequence[Page]) -> Iterator[FoundChange]:
    """Add the page on which each change was found, searching on from its clause."""
    texts = [(page.number, bare(page.text)) for page in pages]
    for change in changes:
        heading = bare(change.clause.split()[0])
        starts = [place for place, (_, text) in enumerate(texts) if heading in text]
        found = texts[starts[0]][0] if starts else None
        if change.after and change.after != change.clause:
            wanted = bare(change.after)
            later = texts[starts[0] :] if starts else texts
            found = next((no for no, text in later if wanted in text), found)
        values = asdict(change) | {"kind": change.kind.value}
        yield FoundChange(**values, words=change.in_words, page=found)
