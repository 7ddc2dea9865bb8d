"""Every act on templates and papers."""

from cms.case_documents.actions.papers import assemble_bundle, assemble_paper
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
    "propose_template",
    "reject_template",
]
