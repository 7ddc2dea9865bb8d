"""The text of signed papers: hostile files, read in a limited process of its own."""

from assembly.extraction.process import Limits
from assembly.extraction.signed import (
    Page,
    Reading,
    Unreadable,
    has_recognition,
    pictures_to_pdf,
    read_pdf,
)

__all__ = [
    "Limits",
    "Page",
    "Reading",
    "Unreadable",
    "has_recognition",
    "pictures_to_pdf",
    "read_pdf",
]
