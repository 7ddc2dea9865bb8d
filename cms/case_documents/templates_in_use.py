"""The compiled templates behind the stored versions."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from assembly import Template
from assembly.dictionary import Dictionary
from assembly.guide import load_dictionary
from assembly.manifest import Manifest, parse_manifest
from assembly.toml_file import parse_toml
from cms.case_documents.models import TemplateVersion
from cms.case_documents.models.templates import TemplateState
from cms.rules.violations import RuleViolation

LIBRARY = Path(settings.TEMPLATES_DOCX)
DICTIONARY = LIBRARY / "variables.toml"
MOST_COMPILED = 256
_COMPILED: dict[str, Template] = {}


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
    return {row.instrument: row for row in rows.defer("content", "manifest")}


def template_of(version: TemplateVersion) -> Template:
    """Return the compiled template of a stored version, kept for the process.

    The file is read from the database only where it is not compiled yet.
    """
    if version.sha256 not in _COMPILED:
        if len(_COMPILED) >= MOST_COMPILED:
            _COMPILED.clear()
        _COMPILED[version.sha256] = compile_template(
            bytes(version.content), version.manifest, version.name
        )
    return _COMPILED[version.sha256]


def compile_all() -> None:
    """Compile every template in use, so that the first page does not wait."""
    for version in versions_in_use().values():
        template_of(version)


def compile_template(content: bytes, manifest: str, name: str) -> Template:
    """Compile a Word file with its manifest's text and the shared dictionary.

    Raises:
        AssemblyError: every fault of the file or the manifest.
    """
    return _compile(content, manifest, name, DICTIONARY.stat().st_mtime_ns)


@lru_cache(maxsize=128)
def _compile(content: bytes, manifest: str, name: str, modified: int) -> Template:
    return Template(content, name, *parsed_manifest(manifest, name))


def parsed_manifest(manifest: str, name: str) -> tuple[Manifest, Dictionary]:
    """Return a manifest read by its text, and the shared dictionary.

    Raises:
        AssemblyError: every fault of the manifest.
    """
    dictionary = load_dictionary(DICTIONARY)
    return parse_manifest(parse_toml(manifest, f"{name}.toml"), dictionary), dictionary
