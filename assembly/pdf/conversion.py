"""What a converter promises, how it fails, and when its result counts."""

import io
from typing import Protocol

from assembly.errors import AssemblyError, fault

_LEAST_BYTES = 200


class Converter(Protocol):
    """Makes a PDF of a Word file."""

    def convert(self, document: bytes) -> bytes:
        """Return the PDF of a .docx.

        Raises:
            NotAvailable: there is no office program on this machine.
            ConversionFailed: it gave up, ran out of time or made nothing.
        """


class NotAvailable(AssemblyError):
    """E-AS-70: there is no office program; the text tells how to get a PDF."""

    def __init__(self) -> None:
        """Say how to get a PDF without it."""
        super().__init__(fault("E-AS-70"))


class ConversionFailed(AssemblyError):
    """E-AS-71, or E-AS-72 after `seconds`: no PDF was made; a person has to look."""

    def __init__(self, seconds: float = 0) -> None:
        """Say whether the time was up."""
        timed_out = fault("E-AS-72", seconds=f"{seconds:g}") if seconds else None
        super().__init__(timed_out or fault("E-AS-71"))


def page_count(pdf: bytes) -> int:
    """Return the pages of a PDF that we made ourselves; 0 for what is none.

    For files from outside there is `assembly.extraction`.
    """
    if not pdf.startswith(b"%PDF-") or len(pdf) < _LEAST_BYTES:
        return 0
    from pypdf import PdfReader  # slow import
    from pypdf.errors import PyPdfError

    try:
        return len(PdfReader(io.BytesIO(pdf)).pages)
    except (PyPdfError, ValueError, KeyError):
        return 0


def checked(pdf: bytes) -> bytes:
    """Return a result that has pages.

    Raises:
        ConversionFailed: the program said that all was well and made nothing.
    """
    if not page_count(pdf):
        raise ConversionFailed
    return pdf
