"""One version of a template in words: outline, questions, clauses, slow path."""

from dataclasses import dataclass

from assembly import Fault
from assembly.interview import ClauseReason, QuestionGroup
from cms.case_documents.authoring import outline_of
from cms.case_documents.models import TemplateVersion
from cms.case_documents.templates_in_use import template_of


@dataclass(frozen=True, slots=True)
class VersionInWords:
    """What a version says: `reasons` tell why it takes the slow path."""

    outline: str
    questions: tuple[QuestionGroup, ...]
    clauses: tuple[ClauseReason, ...]
    reasons: tuple[Fault, ...]
    legal_basis: tuple[str, ...]


def version_in_words(version: TemplateVersion) -> VersionInWords:
    """Return what a stored version says; AssemblyError: its text cannot be told.

    It is compiled in this process: a limited one has compiled it before it was
    stored, so that its cost is known.
    """
    template = template_of(version)
    manifest = template.manifest
    return VersionInWords(
        outline_of(version),
        tuple(template.questions()),
        tuple(template.explain({})),
        template.reasons,
        manifest.legal_basis if manifest is not None else (),
    )
