"""From Word to PDF by LibreOffice: warm or one start a job, cached by hash."""

from assembly.pdf.cache import Cached
from assembly.pdf.conversion import (
    ConversionFailed,
    Converter,
    NotAvailable,
    page_count,
)
from assembly.pdf.one_shot import OneShot, find_program
from assembly.pdf.warm import Warm

__all__ = [
    "Cached",
    "ConversionFailed",
    "Converter",
    "NotAvailable",
    "OneShot",
    "Warm",
    "find_program",
    "page_count",
    "to_pdf",
]


def to_pdf(document: bytes, *, seconds: float = 120) -> bytes:
    """Return the PDF of one Word file; see `Converter.convert`."""
    return OneShot(seconds=seconds, tries=1).convert(document)
