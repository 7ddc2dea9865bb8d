"""The text of signed papers: hostile files, read in a limited process of its own."""

from assembly.extraction.process import Limits
from assembly.extraction.signed import (
    REASONS,
    Page,
    Reading,
    Unreadable,
    has_recognition,
    pictures_to_pdf,
    read_pdf,
    read_text,
    recognize,
)

__all__ = [
    "REASONS",
    "Limits",
    "Page",
    "Reading",
    "Unreadable",
    "has_recognition",
    "pictures_to_pdf",
    "read_pdf",
    "read_text",
    "recognize",
]
