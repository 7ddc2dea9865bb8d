"""Assembling papers: every version kept, with all that makes it again (AS-02)."""

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from assembly import AssemblyError, Fault
from assembly import Paper as Made
from cms.case_documents.assembler import Assembler, open_assembler
from cms.case_documents.bundle import contracts_of, data_of, instruments_of
from cms.case_documents.consistency import check_papers
from cms.case_documents.kinds import check_instrument, kind_of
from cms.case_documents.models import Paper, TemplateVersion
from cms.case_documents.models.papers import PaperState
from cms.case_documents.queries.papers import current_papers
from cms.case_documents.templates_in_use import template_of, version_in_use
from cms.core import answers as sheets
from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.subjects import subject_of
from cms.rules.canonical_json import dump, plain
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations

MAKERS = (Role.TRANSFER_OFFICE,)


def assemble_paper(
    case: Any, instrument: str, *, salt: str, by: Actor, at: datetime
) -> Paper:
    """Assemble one paper of a case from its answers; see `assemble_bundle`."""
    (paper,) = assemble_bundle(case, [instrument], salts=[salt], by=by, at=at)
    return paper


def assemble_bundle(
    case: Any,
    instruments: Sequence[str],
    *,
    salts: Sequence[str],
    by: Actor,
    at: datetime,
) -> list[Paper]:
    """Assemble papers of a case from one state of its answers, all or none.

    1. Checks the rules of the case's mode on the answers of a contract.
    2. Fills each template in use; an unchanged paper makes no new version.
    3. Refuses where case, answers or templates changed while it filled them.
    4. Refuses what contradicts an earlier paper of the bundle.
    5. Keeps the bytes encrypted, the answers, the salts and the reasons.

    The templates are filled before the write lock is taken: a service that is slow
    to answer keeps nobody else from writing.

    Raises:
        RuleViolations: the rules of the mode, E-AS-02; AssemblyError: every fault
            of the answers (E-AS-01 …), paper by paper; RuleViolation: E-ST-02,
            E-ST-04, E-CD-01, E-CD-09, E-EM-14 (not of this bundle), E-SG-23 (the
            paper is in the archive), E-CD-11 to E-CD-13 (the assembly service).
    """
    if not by.roles_in(case.owner_id) & set(MAKERS):
        raise RuleViolation("E-ST-02", event="组装文书")
    ground = _ground_of(case, instruments)
    _check_rules(ground, instruments)
    made = _fill(ground, salts, open_assembler(settings.ASSEMBLY_URL))
    with writing():
        if _ground_of(case, instruments) != ground:
            raise RuleViolation("E-ST-04")
        _check_agreement(case, made, ground.answers)
        return [_keep(paper, by=by, at=at) for paper in made]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What papers are made of: a state of the case, its answers, the templates.

    `drafts` holds a template version and the data that it reads for each paper.
    """

    case: Any
    bundle: str
    answers: dict[str, Any]
    answers_version: int
    drafts: list[tuple[TemplateVersion, dict[str, Any]]]


def _ground_of(case: Any, instruments: Sequence[str]) -> _Ground:
    """Read the present state of a case, as stored.

    Raises:
        RuleViolation: E-CD-01, E-CD-09, E-EM-14, E-SG-23.
    """
    _refuse_filed(case, instruments)
    _refuse_foreign(case, instruments)
    fresh = type(case)._default_manager.get(pk=case.pk)
    sheet = sheets.get_sheet(fresh)
    answers = sheets.read(sheet)
    versions = [version_in_use(instrument) for instrument in instruments]
    drafts = [(version, data_of(fresh, version, answers)) for version in versions]
    bundle = kind_of(fresh).bundle(fresh)
    return _Ground(fresh, bundle, answers, sheet.version, drafts)


def _refuse_filed(case: Any, instruments: Sequence[str]) -> None:
    """Refuse to make anew what is signed and in the archive (AS-02).

    Raises:
        RuleViolation: E-SG-23.
    """
    filed = Paper.objects.filter(
        case=subject_of(case),
        instrument__in=instruments,
        status=PaperState.FILED.value,
    ).first()
    if filed is not None:
        raise RuleViolation("E-SG-23", instrument=f"{filed.instrument} {filed.title}")


def _refuse_foreign(case: Any, instruments: Sequence[str]) -> None:
    """Refuse what the bundle of the case does not list (AS-01).

    Raises:
        RuleViolation: E-EM-14, E-CD-09.
    """
    listed = instruments_of(case)
    for instrument in instruments:
        check_instrument(case, instrument, instrument in listed)


def _fill(ground: _Ground, salts: Sequence[str], assembler: Assembler) -> list[Paper]:
    """Fill every template; the faults of all of them are told at once."""
    made: list[Paper] = []
    faults: list[Fault] = []
    for (version, known), salt in zip(ground.drafts, salts, strict=True):
        try:
            document = assembler.assemble(version, known, salt=salt)
        except AssemblyError as error:
            faults += error.faults
        else:
            made.append(_paper(ground, version, known, document, salt))
    if faults:
        raise AssemblyError(faults)
    return made


def _check_rules(ground: _Ground, instruments: Sequence[str]) -> None:
    """Refuse contracts against the rules of the mode; forms may come before them."""
    if contracts_of(ground.case) & set(instruments):
        found = kind_of(ground.case).check(ground.case, ground.answers)
        if found:
            raise RuleViolations(found)


def _check_agreement(case: Any, made: Sequence[Paper], answers: dict[str, Any]) -> None:
    """Refuse a paper that contradicts one before it in the bundle (AS-05).

    Raises:
        RuleViolations: E-AS-02.
    """
    order = instruments_of(case)
    papers = {**current_papers(case), **{paper.instrument: paper for paper in made}}
    known = [one for one in order if one in papers]
    last = max(
        (known.index(p.instrument) for p in made if p.instrument in known), default=-1
    )
    said = [(one, json.loads(papers[one].answers)) for one in known[: last + 1]]
    found = check_papers(said, answers)
    if found:
        raise RuleViolations(found)


def document_of(paper: Paper) -> bytes:
    """Return the Word file of a paper."""
    return base64.b64decode(paper.document)


def _paper(
    ground: _Ground,
    version: TemplateVersion,
    known: dict[str, Any],
    made: Made,
    salt: str,
) -> Paper:
    return Paper(
        case=subject_of(ground.case),
        owner_id=ground.case.owner_id,
        template=version,
        instrument=version.instrument,
        title=version.title,
        answers=dump(plain(known)).decode(),
        answers_version=ground.answers_version,
        salt=salt,
        data_hash=made.receipt.data,
        sha256=made.sha256,
        size=len(made.content),
        document=base64.b64encode(made.content).decode(),
        reasons=[asdict(one) for one in template_of(version).explain(known)],
    )


def _keep(paper: Paper, *, by: Actor, at: datetime) -> Paper:
    earlier = Paper.objects.filter(case=paper.case, instrument=paper.instrument)
    last = earlier.order_by("-number").first()
    same = last is not None and (last.template_id, last.answers) == (
        paper.template_id,
        paper.answers,
    )
    if last is not None and same:
        return last
    paper.number = last.number + 1 if last else 1
    paper.made_by_id, paper.made_at = by.person_id, at
    earlier.filter(status=PaperState.ASSEMBLED.value).update(
        status=PaperState.SUPERSEDED.value
    )
    paper.save(force_insert=True)
    payload: dict[str, object] = {
        "instrument": paper.instrument,
        "number": paper.number,
        "template": paper.template.sha256,
        "data": paper.data_hash,
        "sha256": paper.sha256,
    }
    evidence.record("paper.assembled", paper, payload, by=by, at=at)
    return paper
