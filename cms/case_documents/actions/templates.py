"""Versions of templates: shipped with the product, or proposed and approved (AS-02)."""

import hashlib
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from assembly import AssemblyError, Template
from assembly.lint import examine
from cms.case_documents.models import TemplateVersion
from cms.case_documents.models.templates import TemplateState
from cms.case_documents.templates_in_use import (
    DICTIONARY,
    LIBRARY,
    compile_template,
    parsed_manifest,
)
from cms.core import evidence
from cms.core.actors import SYSTEM, Actor
from cms.core.locks import writing
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation

APPROVERS = (Role.BUREAU, Role.ADMINISTRATOR)


def load_library(*, at: datetime) -> int:
    """Take the templates that came with the product into use; return how many.

    A version that is stored already is left alone; a new one replaces the shipped
    version before it. A version that a person proposed stays in use.
    """
    loaded = 0
    for path in sorted(LIBRARY.glob("*/*.docx")):
        content = path.read_bytes()
        manifest = path.with_suffix(".toml").read_text("utf-8")
        loaded += _load(path, content, manifest, at=at)
    return loaded


def load_changed_library(*, at: datetime) -> int:
    """Take shipped templates into use if a file changed since they were read."""
    digest = hashlib.sha256()
    for path in sorted(LIBRARY.glob("**/*.*")):
        if path.suffix in {".docx", ".toml"}:
            digest.update(path.name.encode() + path.read_bytes())
    mark = Path(settings.DATA_DIR) / "templates.sha256"
    known = mark.read_text() if mark.is_file() else ""
    if known == digest.hexdigest() and TemplateVersion.objects.exists():
        return 0
    loaded = load_library(at=at)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(digest.hexdigest())
    return loaded


def propose_template(
    content: bytes, manifest: str, note: str, *, by: Actor, at: datetime
) -> TemplateVersion:
    """Put a changed template before the second pair of eyes.

    1. Reads the file as hostile input, lints it, compiles it.
    2. Stores it as proposed; nothing uses it before it is approved.

    Raises:
        AssemblyError: every fault of the file; RuleViolation: E-ST-02, E-CD-02
            (this very version is known).
    """
    _require_staff(by, "提出模板")
    template = judged_template(content, manifest)
    with writing():
        if TemplateVersion.objects.filter(sha256=template.version).exists():
            raise RuleViolation("E-CD-02")
        row = _store(template, content, manifest, at=at)
        row.note, row.proposed_by_id = note.strip(), by.person_id
        row.save(force_insert=True)
        evidence.record("template.proposed", row, _payload(row), by=by, at=at)
        return row


def judged_template(content: bytes, manifest: str) -> Template:
    """Return an uploaded template compiled, after the author's desk has judged it.

    Raises:
        AssemblyError: every fault of the file and of its manifest.
    """
    told, dictionary = parsed_manifest(manifest, "上传的清单")
    found = examine(content, told, dictionary)
    faults = [one for one in found.faults if one.code.startswith("E")]
    if faults or found.template is None:
        raise AssemblyError(faults)
    return found.template


def approve_template(
    version: TemplateVersion, *, by: Actor, at: datetime
) -> TemplateVersion:
    """Take a proposed version into use; the one before it is retired.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-03 (the proposer).
    """
    return _decide(version, TemplateState.APPROVED, by=by, at=at)


def reject_template(
    version: TemplateVersion, *, by: Actor, at: datetime
) -> TemplateVersion:
    """Put a proposed version aside.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-03 (the proposer).
    """
    return _decide(version, TemplateState.RETIRED, by=by, at=at)


def _decide(
    version: TemplateVersion, state: TemplateState, *, by: Actor, at: datetime
) -> TemplateVersion:
    _require_staff(by, "批准模板")
    with writing():
        row = TemplateVersion.objects.select_for_update().get(pk=version.pk)
        if row.status != TemplateState.PROPOSED:
            label = TemplateState(row.status).label
            raise RuleViolation("E-ST-01", state=label, event="批准模板")
        if row.proposed_by_id == by.user_id:
            raise RuleViolation("E-ST-03")
        if state is TemplateState.APPROVED:
            _retire(row.instrument)
        row.status = state.value
        row.approved_by_id, row.approved_at = by.person_id, at
        row.save()
        kind = f"template.{state.value}"
        evidence.record(kind, row, _payload(row), by=by, at=at)
        return row


def _load(path: Path, content: bytes, manifest: str, *, at: datetime) -> int:
    # Compiling forty templates takes seconds; most starts have nothing to compile.
    if TemplateVersion.objects.filter(source=_source_of(content, manifest)).exists():
        return 0
    template = compile_template(content, manifest, path.stem)
    with writing():
        known = TemplateVersion.objects.filter(sha256=template.version).first()
        if known is not None:
            known.source = _source_of(content, manifest)
            known.save(update_fields=["source"])
            return 0
        row = _store(template, content, manifest, at=at)
        row.name = f"{path.parent.name}/{path.stem}"
        in_use = TemplateVersion.objects.filter(
            instrument=row.instrument, status=TemplateState.APPROVED.value
        ).first()
        row.status = TemplateState.APPROVED.value
        if in_use is not None and in_use.proposed_by_id is not None:
            row.status = TemplateState.RETIRED.value
        else:
            _retire(row.instrument)
        row.approved_at = at
        row.save(force_insert=True)
        evidence.record("template.shipped", row, _payload(row), by=SYSTEM, at=at)
        return 1


def _store(
    template: object, content: bytes, manifest: str, *, at: datetime
) -> TemplateVersion:
    told = template.manifest  # type: ignore[attr-defined]
    return TemplateVersion(
        instrument=told.instrument,
        name=told.title[:80],
        title=told.title,
        version=told.version,
        sha256=template.version,  # type: ignore[attr-defined]
        source=_source_of(content, manifest),
        content=content,
        manifest=manifest,
        valid_from=told.valid_from or date(at.year, 1, 1),
        proposed_at=at,
    )


def _source_of(content: bytes, manifest: str) -> str:
    return sha256(content + manifest.encode() + DICTIONARY.read_bytes()).hexdigest()


def _retire(instrument: str) -> None:
    TemplateVersion.objects.filter(
        instrument=instrument, status=TemplateState.APPROVED.value
    ).update(status=TemplateState.RETIRED.value)


def _payload(row: TemplateVersion) -> dict[str, object]:
    return {
        "instrument": row.instrument,
        "version": row.version,
        "sha256": row.sha256,
    }


def _require_staff(by: Actor, event: str) -> None:
    if not by.has(*APPROVERS, Role.TRANSFER_OFFICE):
        raise RuleViolation("E-ST-02", event=event)
