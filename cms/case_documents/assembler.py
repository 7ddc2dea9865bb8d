"""Who fills the templates: this process, or the assembly service (ASSEMBLY_URL)."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from assembly import Paper as Made
from cms.case_documents.models import TemplateVersion
from cms.case_documents.remote import Remote
from cms.case_documents.templates_in_use import template_of


class Assembler(Protocol):
    """Fills a template version; the same data and salt give the same bytes."""

    def assemble(
        self, version: TemplateVersion, data: Mapping[str, Any], *, salt: str
    ) -> Made:
        """Return the document with its receipt.

        Raises:
            AssemblyError: every fault of the data; RuleViolation: E-CD-11 to 13.
        """

    def stand(self, versions: Iterable[TemplateVersion]) -> str:
        """Tell in words that it can fill these versions.

        Raises:
            RuleViolation: E-CD-11 to E-CD-13, it cannot.
        """


class InProcess:
    """The engine in this process, with the templates of the database."""

    def assemble(
        self, version: TemplateVersion, data: Mapping[str, Any], *, salt: str
    ) -> Made:
        """Fill the compiled template of the version."""
        return template_of(version).assemble(data, salt=salt)

    def stand(self, versions: Iterable[TemplateVersion]) -> str:
        """Say so: there is nothing that could be missing."""
        return "在网站进程内组装。"


def open_assembler(url: str) -> Assembler:
    """Return the assembler that `ASSEMBLY_URL` names; this process where it is empty.

    The address was checked when the settings were read.
    """
    return Remote.at(url) if url else InProcess()
