"""Signed papers, who signed them, and the journal of their files."""

from cms.signed_papers.models.journal import FileIntent
from cms.signed_papers.models.signatories import Signatory
from cms.signed_papers.models.signed import SignedPaper

__all__ = ["FileIntent", "Signatory", "SignedPaper"]
