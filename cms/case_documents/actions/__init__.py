"""Every act on templates and papers."""

from cms.case_documents.actions.answers import (
    refresh_answers,
    save_own_values,
    save_page,
)
from cms.case_documents.actions.filing import file_paper
from cms.case_documents.actions.papers import assemble_bundle, assemble_paper
from cms.case_documents.actions.reading import note_reading, note_readings
from cms.case_documents.actions.template_drafts import (
    Proposal,
    Upload,
    discard_draft,
    propose_draft,
    run_deep_check,
    start_deep_check,
    upload_draft,
)
from cms.case_documents.actions.templates import (
    approve_template,
    load_changed_library,
    load_library,
    reject_template,
)

__all__ = [
    "Proposal",
    "Upload",
    "approve_template",
    "assemble_bundle",
    "assemble_paper",
    "discard_draft",
    "file_paper",
    "load_changed_library",
    "load_library",
    "note_reading",
    "note_readings",
    "propose_draft",
    "refresh_answers",
    "reject_template",
    "run_deep_check",
    "save_own_values",
    "save_page",
    "start_deep_check",
    "upload_draft",
]
