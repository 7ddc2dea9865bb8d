"""Every act on templates and papers."""

from cms.case_documents.actions.answers import refresh_answers, save_page
from cms.case_documents.actions.papers import assemble_bundle, assemble_paper
from cms.case_documents.actions.reading import note_reading
from cms.case_documents.actions.templates import (
    approve_template,
    load_changed_library,
    load_library,
    propose_template,
    reject_template,
)

__all__ = [
    "approve_template",
    "assemble_bundle",
    "assemble_paper",
    "load_changed_library",
    "load_library",
    "note_reading",
    "propose_template",
    "refresh_answers",
    "reject_template",
    "save_page",
]
