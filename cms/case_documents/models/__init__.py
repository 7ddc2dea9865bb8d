"""Template versions and the papers made from them; actions write them."""

from cms.case_documents.models.papers import Paper
from cms.case_documents.models.template_drafts import TemplateDraft
from cms.case_documents.models.templates import TemplateVersion

__all__ = ["Paper", "TemplateDraft", "TemplateVersion"]
