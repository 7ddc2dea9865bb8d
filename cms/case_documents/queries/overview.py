"""How far the papers of a case are: missing, ready, assembled, filed (AS-01)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from assembly.bundles import PaperState as BundleState
from cms.case_documents.bundle import (
    bundle_of,
    data_of,
    instruments_of,
    mode_label,
    whole_answers,
)
from cms.case_documents.changes import Changes, changes_since
from cms.case_documents.consistency import check_papers
from cms.case_documents.kinds import Gate, kind_of
from cms.case_documents.models import Paper, TemplateVersion
from cms.case_documents.models.papers import PaperState
from cms.case_documents.queries.papers import current_papers
from cms.case_documents.templates_in_use import versions_in_use
from cms.core.answers import answers_of
from cms.rules.canonical_json import dump, plain
from cms.rules.labels import LabeledEnum
from cms.rules.violations import RuleViolation

Answers = Mapping[str, Any]


class Progress(LabeledEnum):
    """How far one paper is, as its page says."""

    UNUSED = "unused", "本案不需要"
    OPEN = "open", "视答案而定"
    ELSEWHERE = "elsewhere", "另行办理"
    LACKING = "lacking", "缺少答案"
    READY = "ready", "可以组装"
    ASSEMBLED = "assembled", "已组装"
    OUTDATED = "outdated", "已有新版本可组装"
    FILED = "filed", "已归档"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One instrument of the bundle; `missing` are (path, label) still to be filled."""

    instrument: str
    title: str
    step: str
    note: str
    progress: Progress
    missing: tuple[tuple[str, str], ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    paper: Paper | None = None
    is_ready: bool = False
    changes: Changes | None = None
    version: TemplateVersion | None = None

    @property
    def is_lacking(self) -> bool:
        """Whether the bundle waits for the answers of this paper."""
        return self.progress is Progress.LACKING


@dataclass(frozen=True, slots=True)
class Overview:
    """The bundle of a case with all that stands in the way of it."""

    title: str
    article: str
    rows: tuple[PaperRow, ...]
    disagreements: tuple[RuleViolation, ...]
    lacking: RuleViolation | None
    broken_rules: tuple[RuleViolation, ...]
    warnings: tuple[RuleViolation, ...]
    gates: tuple[Gate, ...]

    @property
    def ready(self) -> tuple[PaperRow, ...]:
        """The papers that can be assembled now: first or changed versions."""
        return tuple(row for row in self.rows if row.is_ready)

    @property
    def outdated(self) -> tuple[PaperRow, ...]:
        """The papers made before an answer or a template changed."""
        return tuple(row for row in self.rows if row.progress is Progress.OUTDATED)

    @property
    def missing_by_paper(self) -> tuple[PaperRow, ...]:
        """The papers that wait for values, with those values."""
        return tuple(row for row in self.rows if row.is_lacking)


def overview_of(case: models.Model, *, at: datetime) -> Overview:
    """Return the state of every paper of a case, in the order of its bundle."""
    kind = kind_of(case)
    answers = answers_of(case)
    versions, papers = versions_in_use(), current_papers(case)
    bundle = bundle_of(case, versions)
    states = merged(bundle.states(whole_answers(case, answers)))
    rows = [
        _row(case, state, versions[state.instrument], papers, answers)
        for state in states
    ]
    rows += _without_template(case, versions)
    return Overview(
        bundle.mode.title,
        bundle.mode.article,
        tuple(rows),
        tuple(disagreements(case, papers, answers)),
        _lacking(kind.bundle(case), rows),
        tuple(kind.check(case, answers)) if answers else (),
        tuple(kind.warn(case, answers)),
        tuple(kind.gates(case, answers, at)),
    )


def merged(states: Sequence[BundleState]) -> list[BundleState]:
    """Return one state an instrument: of several lines the one that is needed."""
    best: dict[str, BundleState] = {}
    for state in states:
        known = best.get(state.instrument)
        if known is None or _rank(state) > _rank(known):
            best[state.instrument] = state
    return list(best.values())


def disagreements(
    case: models.Model, papers: Mapping[str, Paper], answers: Answers
) -> list[RuleViolation]:
    """Return E-AS-02 over the newest papers of a case, in their order."""
    order = instruments_of(case)
    known = sorted((one for one in papers if one in order), key=order.index)
    said = [(one, json.loads(papers[one].answers)) for one in known]
    return check_papers(said, answers)


def _rank(state: BundleState) -> int:
    return {True: 2, None: 1, False: 0}[state.is_needed]


def _row(
    case: models.Model,
    state: BundleState,
    version: TemplateVersion,
    papers: Mapping[str, Paper],
    answers: Answers,
) -> PaperRow:
    paper = papers.get(state.instrument)
    elsewhere = kind_of(case).elsewhere.get(state.instrument, "")
    is_filled = not state.missing and not state.faults
    progress = _progress(state, elsewhere, is_filled)
    is_ready = progress is Progress.READY
    changes = None
    if paper is not None:
        data = dump(plain(data_of(case, version, answers))).decode()
        is_current = (paper.template_id, paper.answers) == (version.pk, data)
        is_filed = paper.status == PaperState.FILED
        progress = _of_paper(is_current=is_current, is_filed=is_filed)
        is_ready = progress is Progress.OUTDATED and is_filled
        if progress is Progress.OUTDATED:
            changes = changes_since(case, paper, version, answers)
    return PaperRow(
        state.instrument,
        state.title,
        state.step,
        elsewhere or state.note,
        progress,
        tuple((one.path, one.label) for one in state.missing),
        tuple((one.field, one.message) for one in state.faults),
        paper,
        is_ready,
        changes,
        version,
    )


def _progress(state: BundleState, elsewhere: str, is_filled: bool) -> Progress:
    if elsewhere:
        return Progress.ELSEWHERE
    if state.is_needed is False:
        return Progress.UNUSED
    if state.is_needed is None:
        return Progress.OPEN
    return Progress.READY if is_filled else Progress.LACKING


def _of_paper(*, is_current: bool, is_filed: bool) -> Progress:
    if is_filed:
        return Progress.FILED
    return Progress.ASSEMBLED if is_current else Progress.OUTDATED


def _without_template(
    case: models.Model, versions: Mapping[str, TemplateVersion]
) -> list[PaperRow]:
    missing = [one for one in instruments_of(case) if one not in versions]
    return [
        PaperRow(one, one, "", "没有使用中的模板", Progress.LACKING) for one in missing
    ]


def _lacking(mode: str, rows: Sequence[PaperRow]) -> RuleViolation | None:
    """Return E-FP-12 with the papers that the bundle still lacks (AS-01)."""
    waiting = (Progress.LACKING, Progress.READY)
    names = [f"{row.instrument} {row.title}" for row in rows if row.progress in waiting]
    if not names:
        return None
    return RuleViolation("E-FP-12", mode=mode_label(mode), docs="、".join(names))
