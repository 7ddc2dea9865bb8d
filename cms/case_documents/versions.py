"""Two versions of a paper: what changed by clause, and as tracked changes."""

from datetime import datetime

from assembly.comparison import Comparison, compare
from assembly.plain_text import plain_text
from assembly.redline import redline
from cms.case_documents.actions.papers import document_of
from cms.case_documents.models import Paper


def difference(older: Paper, newer: Paper) -> Comparison:
    """Return what changed from an older version to a newer one, clause by clause."""
    return compare(plain_text(document_of(older)), plain_text(document_of(newer)))


def tracked(older: Paper, newer: Paper, *, author: str, at: datetime) -> bytes:
    """Return the newer version as a Word file with tracked changes."""
    return redline(document_of(older), document_of(newer), author=author, at=at)
