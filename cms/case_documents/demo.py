"""Demo data of the papers: the shipped templates in use."""

from datetime import datetime

from cms.case_documents.actions import load_library


def load_demo(at: datetime) -> None:
    """Take the templates that came with the product into use; idempotent."""
    load_library(at=at)
