"""PDFs of papers, kept by the hash of the Word file, encrypted like the papers."""

import base64
import os
from pathlib import Path

from django.conf import settings

from assembly import AssemblyError
from assembly.pdf import find_program, to_pdf
from cms.case_documents.actions.papers import document_of
from cms.case_documents.models import Paper
from cms.core.encryption import Undecipherable, decrypt, encrypt

_CONTEXT = "case_documents.pdf"


def can_convert() -> bool:
    """Whether this server makes PDFs."""
    return find_program() is not None


def pdf_of(paper: Paper) -> bytes | None:
    """Return a paper as PDF, None where the conversion failed or ran out of time."""
    kept = Path(settings.DATA_DIR) / "paper_pdfs" / paper.sha256
    try:
        return base64.b64decode(decrypt(kept.read_text("ascii"), _CONTEXT))
    except (OSError, Undecipherable):
        pass
    try:
        content = to_pdf(document_of(paper))
    except AssemblyError:
        return None
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(f".{os.getpid()}")
    beside.write_text(encrypt(base64.b64encode(content).decode(), _CONTEXT), "ascii")
    beside.replace(kept)
    return content
