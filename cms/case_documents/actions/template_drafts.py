"""The author's desk: upload, check of every combination, proposal (AS-02)."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from assembly import AssemblyError
from cms.case_documents.actions.templates import payload_of, source_of_files
from cms.case_documents.authoring import errors_of, judge, source, steps_of_deep_check
from cms.case_documents.manifest_text import with_version
from cms.case_documents.models import TemplateDraft, TemplateVersion
from cms.case_documents.models.template_drafts import DeepState
from cms.case_documents.template_roles import AUTHORS
from cms.case_documents.templates_in_use import version_in_use
from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.rules.violations import RuleViolation

MOST_DRAFTS = 10
"""An author keeps this many drafts; the oldest gives way."""
GIVEN_UP_AFTER = timedelta(minutes=15)
_ONE_AT_A_TIME = threading.BoundedSemaphore(1)


@dataclass(frozen=True, slots=True)
class Upload:
    """What an author uploads; without a manifest that of the version in use holds."""

    instrument: str
    content: bytes
    manifest: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a draft becomes a version: its number, its first day, what it changes."""

    version: str
    valid_from: date
    note: str


def upload_draft(upload: Upload, *, by: Actor, at: datetime) -> TemplateDraft:
    """Judge a template as hostile input and keep it with all its faults.

    1. Judges it in a limited process, before any lock is taken.
    2. Stores it; the author's oldest drafts give way.

    Raises:
        RuleViolation: E-ST-02; E-CD-01, this instrument has no version in use.
    """
    _require_author(by, "上传模板")
    in_use = version_in_use(upload.instrument)
    manifest = upload.manifest or in_use.manifest
    judgment = judge(source(upload.content, manifest), in_use)
    with writing():
        draft = TemplateDraft.objects.create(
            instrument=upload.instrument,
            content=upload.content,
            manifest=manifest,
            is_own_manifest=bool(upload.manifest),
            uploaded_by_id=by.person_id,
            uploaded_at=at,
            faults=[one.as_data() for one in judgment.faults],
            is_readable=judgment.is_readable,
            facts=judgment.facts,
            changes=judgment.changes,
        )
        kept = TemplateDraft.objects.filter(uploaded_by_id=by.person_id)[:MOST_DRAFTS]
        TemplateDraft.objects.filter(uploaded_by_id=by.person_id).exclude(
            pk__in=[one.pk for one in kept.only("pk")]
        ).delete()
        return draft


def discard_draft(draft: TemplateDraft, *, by: Actor) -> None:
    """Throw a draft away; RuleViolation E-ST-02, it is another's."""
    _require_own(draft, by, "删除草稿")
    with writing():
        draft.delete()


def may_check_deeply(draft: TemplateDraft, at: datetime) -> bool:
    """Whether the check of every combination may start: no faults, none runs."""
    if errors_of(draft.faults) or "sha256" not in draft.facts:
        return False
    if draft.deep_state == DeepState.RUNNING:
        return is_given_up(draft, at)
    return draft.deep_state != DeepState.DONE


def is_given_up(draft: TemplateDraft, at: datetime) -> bool:
    """Whether a check that says it runs has died with its process."""
    started = draft.deep_started_at
    return started is not None and at - started > GIVEN_UP_AFTER


def start_deep_check(
    draft: TemplateDraft, *, by: Actor, at: datetime, patience: float
) -> None:
    """Let every combination be rendered beside the request.

    Once the start is stored, waits `patience` seconds for the end, no longer.

    Raises:
        RuleViolation: E-ST-02, it is another's.
    """
    _require_own(draft, by, "检查草稿")
    with writing():
        fresh = TemplateDraft.objects.select_for_update().get(pk=draft.pk)
        if not may_check_deeply(fresh, at):
            return
        fresh.deep_state, fresh.deep_started_at = DeepState.RUNNING.value, at
        fresh.deep_done = fresh.deep_total = 0
        fresh.deep_faults = []
        fresh.save()
        transaction.on_commit(lambda: _beside(fresh, patience))


def run_deep_check(draft: TemplateDraft) -> None:
    """Render every combination in a limited process; keep what it tells."""
    told: dict[str, Any] = {"deep_state": DeepState.STOPPED.value}
    try:
        for step in steps_of_deep_check(draft):
            if "total" in step:
                _keep(draft, {"deep_done": step["done"], "deep_total": step["total"]})
            else:
                told = _findings(step)
    except AssemblyError as stopped:
        told["deep_faults"] = [one.as_data() for one in stopped.faults]
    finally:
        _keep(draft, told)


def _findings(step: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "deep_state": DeepState.DONE.value,
        "deep_done": step["rendered"],
        "deep_total": step["rendered"],
        "deep_is_complete": step["is_complete"],
        "deep_faults": step["faults"],
    }


def _keep(draft: TemplateDraft, values: Mapping[str, Any]) -> None:
    with writing():
        TemplateDraft.objects.filter(pk=draft.pk).update(**values)


def _beside(draft: TemplateDraft, patience: float) -> None:
    def work() -> None:
        try:
            with _ONE_AT_A_TIME:
                run_deep_check(draft)
        finally:
            connection.close()

    worker = threading.Thread(target=work, daemon=True, name="deep-check")
    worker.start()
    worker.join(patience)


def refusals_of(draft: TemplateDraft) -> list[RuleViolation]:
    """Return what keeps a draft from being proposed, whatever its text says."""
    found = []
    instrument = draft.facts.get("instrument", draft.instrument)
    if instrument != draft.instrument:
        found.append(
            RuleViolation("E-CD-03", number=instrument, instrument=draft.instrument)
        )
    digest = draft.facts.get("sha256", "")
    if digest and TemplateVersion.objects.filter(sha256=digest).exists():
        found.append(RuleViolation("E-CD-02"))
    return found


def propose_draft(
    draft: TemplateDraft, proposal: Proposal, *, by: Actor, at: datetime
) -> TemplateVersion:
    """Put a draft before the second pair of eyes; nothing uses it before.

    1. Writes version and first day into its manifest.
    2. Stores it as proposed, with evidence; the draft ends.

    Raises:
        RuleViolation: E-ST-02, E-CD-02…E-CD-06, E-CD-08.
    """
    _require_own(draft, by, "提出模板")
    with writing():
        fresh = TemplateDraft.objects.select_for_update().get(pk=draft.pk)
        _check_ready(fresh)
        _check_version(fresh.instrument, proposal.version)
        manifest = with_version(fresh.manifest, proposal.version, proposal.valid_from)
        row = _version_of(fresh, proposal, manifest)
        row.proposed_by_id, row.proposed_at = by.person_id, at
        row.save(force_insert=True)
        fresh.delete()
        evidence.record("template.proposed", row, payload_of(row), by=by, at=at)
        return row


def _version_of(
    draft: TemplateDraft, proposal: Proposal, manifest: str
) -> TemplateVersion:
    content = bytes(draft.content)
    return TemplateVersion(
        instrument=draft.instrument,
        name=draft.facts["title"][:80],
        title=draft.facts["title"][:120],
        version=proposal.version,
        sha256=draft.facts["sha256"],
        path=draft.facts["path"],
        source=source_of_files(content, manifest),
        content=content,
        manifest=manifest,
        valid_from=proposal.valid_from,
        note=proposal.note.strip(),
    )


def _check_ready(draft: TemplateDraft) -> None:
    for refusal in refusals_of(draft):
        raise refusal
    errors = errors_of(draft.faults) + errors_of(draft.deep_faults)
    if errors:
        raise RuleViolation("E-CD-05", n=str(len(errors)))
    if draft.deep_state != DeepState.DONE:
        raise RuleViolation("E-CD-06")


def _check_version(instrument: str, version: str) -> None:
    known = TemplateVersion.objects.filter(instrument=instrument, version=version)
    if known.exists():
        raise RuleViolation("E-CD-04", field="version", version=version)


def _require_author(by: Actor, event: str) -> None:
    if not by.has(*AUTHORS):
        raise RuleViolation("E-ST-02", event=event)


def _require_own(draft: TemplateDraft, by: Actor, event: str) -> None:
    _require_author(by, event)
    if draft.uploaded_by_id != by.user_id:
        raise RuleViolation("E-ST-02", event=event)
