"""Versions of templates: shipped with the product, approved or rejected (AS-02)."""

import hashlib
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from assembly import Template
from cms.case_documents.models import TemplateVersion
from cms.case_documents.models.templates import TemplateState
from cms.case_documents.template_roles import APPROVERS
from cms.case_documents.templates_in_use import (
    DICTIONARY,
    LIBRARY,
    compile_template,
)
from cms.core import evidence
from cms.core.actors import SYSTEM, Actor
from cms.core.locks import writing
from cms.rules.violations import RuleViolation


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


def approve_template(
    version: TemplateVersion, *, by: Actor, at: datetime
) -> TemplateVersion:
    """Take a proposed version into use; the one before it is retired.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-03 (the proposer).
    """
    return _decide(version, TemplateState.APPROVED, "", by=by, at=at)


def reject_template(
    version: TemplateVersion, reason: str, *, by: Actor, at: datetime
) -> TemplateVersion:
    """Put a proposed version aside, and say why.

    Raises:
        RuleViolation: E-CD-07, E-ST-01, E-ST-02, E-ST-03 (the proposer).
    """
    if not reason.strip():
        raise RuleViolation("E-CD-07", field="reason")
    return _decide(version, TemplateState.REJECTED, reason.strip(), by=by, at=at)


def _decide(
    version: TemplateVersion,
    state: TemplateState,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> TemplateVersion:
    event = "批准模板" if state is TemplateState.APPROVED else "退回模板"
    if not by.has(*APPROVERS):
        raise RuleViolation("E-ST-02", event=event)
    with writing():
        row = TemplateVersion.objects.select_for_update().get(pk=version.pk)
        if row.status != TemplateState.PROPOSED:
            label = TemplateState(row.status).label
            raise RuleViolation("E-ST-01", state=label, event=event)
        if row.proposed_by_id == by.user_id:
            raise RuleViolation("E-ST-03")
        if state is TemplateState.APPROVED:
            _retire(row.instrument)
        row.status, row.reason = state.value, reason
        row.approved_by_id, row.approved_at = by.person_id, at
        row.save()
        told = payload_of(row) | ({"reason": reason} if reason else {})
        evidence.record(f"template.{state.value}", row, told, by=by, at=at)
        return row


def _load(path: Path, content: bytes, manifest: str, *, at: datetime) -> int:
    # Compiling forty templates takes seconds; most starts have nothing to compile.
    if TemplateVersion.objects.filter(
        source=source_of_files(content, manifest)
    ).exists():
        return 0
    template = compile_template(content, manifest, path.stem)
    with writing():
        known = TemplateVersion.objects.filter(sha256=template.version).first()
        if known is not None:
            known.source = source_of_files(content, manifest)
            known.save(update_fields=["source"])
            return 0
        row = _row_of(template, content, manifest)
        row.name, row.proposed_at = f"{path.parent.name}/{path.stem}", at
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
        evidence.record("template.shipped", row, payload_of(row), by=SYSTEM, at=at)
        return 1


def _row_of(template: Template, content: bytes, manifest: str) -> TemplateVersion:
    told = template.manifest
    assert told is not None  # noqa: S101 - it was compiled with one
    return TemplateVersion(
        instrument=told.instrument,
        title=told.title,
        version=told.version,
        sha256=template.version,
        path=template.path,
        source=source_of_files(content, manifest),
        content=content,
        manifest=manifest,
        valid_from=told.valid_from,
    )


def source_of_files(content: bytes, manifest: str) -> str:
    """Return the hash of a template's files as they are, dictionary included."""
    return sha256(content + manifest.encode() + DICTIONARY.read_bytes()).hexdigest()


def _retire(instrument: str) -> None:
    TemplateVersion.objects.filter(
        instrument=instrument, status=TemplateState.APPROVED.value
    ).update(status=TemplateState.RETIRED.value)


def payload_of(row: TemplateVersion) -> dict[str, object]:
    """Return what the evidence says of a version."""
    return {
        "instrument": row.instrument,
        "version": row.version,
        "sha256": row.sha256,
    }
