"""The compiled templates behind the stored versions."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from assembly import Template
from assembly.guide import load_dictionary
from assembly.manifest import parse_manifest
from assembly.toml_file import parse_toml
from cms.case_documents.models import TemplateVersion
from cms.case_documents.models.templates import TemplateState
from cms.rules.violations import RuleViolation

LIBRARY = Path(settings.TEMPLATES_DOCX)
DICTIONARY = LIBRARY / "variables.toml"


def version_in_use(instrument: str) -> TemplateVersion:
    """Return the approved version of an instrument (1 query).

    Raises:
        RuleViolation: E-CD-01, there is none.
    """
    row = TemplateVersion.objects.filter(
        instrument=instrument, status=TemplateState.APPROVED.value
    ).first()
    if row is None:
        raise RuleViolation("E-CD-01", instrument=instrument)
    return row


def versions_in_use() -> dict[str, TemplateVersion]:
    """Return the approved version of every instrument (1 query)."""
    rows = TemplateVersion.objects.filter(status=TemplateState.APPROVED.value)
    return {row.instrument: row for row in rows}


def template_of(version: TemplateVersion) -> Template:
    """Return the compiled template of a stored version, kept for the process."""
    return _compiled(
        version.sha256, bytes(version.content), version.manifest, version.name
    )


@lru_cache(maxsize=128)
def _compiled(sha256: str, content: bytes, manifest: str, name: str) -> Template:
    return compile_template(content, manifest, name)


def compile_template(content: bytes, manifest: str, name: str) -> Template:
    """Compile a Word file with its manifest's text and the shared dictionary.

    Raises:
        AssemblyError: every fault of the file or the manifest.
    """
    dictionary = load_dictionary(DICTIONARY)
    parsed = parse_manifest(parse_toml(manifest, f"{name}.toml"), dictionary)
    return Template(content, name, parsed, dictionary)
