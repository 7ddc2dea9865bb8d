"""PDFs kept by the hash of the Word file they were made from."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assembly.pdf.conversion import Converter

EDITION = "2"
"""Raised when the same Word file would give another PDF (fonts, settings)."""


@dataclass(frozen=True, slots=True)
class Cached:
    """Asks `converter` once for each file; `folder` may be emptied at any time."""

    converter: Converter
    folder: Path

    def convert(self, document: bytes) -> bytes:
        """Return the PDF; see `Converter.convert`."""
        place = self._place(document)
        try:
            return place.read_bytes()
        except FileNotFoundError:
            pdf = self.converter.convert(document)
        self._keep(place, pdf)
        return pdf

    def has(self, document: bytes) -> bool:
        """Whether the PDF is there already."""
        return self._place(document).exists()

    def _place(self, document: bytes) -> Path:
        digest = hashlib.sha256(EDITION.encode() + document).hexdigest()
        return self.folder / digest[:2] / f"{digest}.pdf"

    def _keep(self, place: Path, pdf: bytes) -> None:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(pdf)
        os.replace(name, place)
