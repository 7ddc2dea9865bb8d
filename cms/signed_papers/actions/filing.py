"""Filing: one transaction from the checked copy to case, payments and evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cms.case_documents.actions import file_paper
from cms.case_documents.kinds import case_behind
from cms.case_documents.new_values import (
    answers_behind,
    checked_values,
    variables_of,
)
from cms.case_documents.priced_papers import rows_of_paper
from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.encryption import commitment
from cms.core.locks import writing
from cms.empowerment.facts import as_date, find
from cms.payments.actions import plan_payments
from cms.rules.canonical_json import dump, plain
from cms.rules.signed_papers import (
    CONTRACTS,
    PRICED,
    TERMS,
    ComparisonFacts,
    Conclusion,
    SignedBy,
    SignedDays,
    SignedPaperEvent,
    SignedPaperState,
    check_conclusion,
    check_days,
    check_signatories,
    check_term,
)
from cms.rules.violations import RuleViolation, RuleViolations
from cms.signed_papers import storage
from cms.signed_papers.actions.case_signing import (
    contract_gates,
    payer_of,
    sign_behind,
)
from cms.signed_papers.effective import effective_answers
from cms.signed_papers.models import Signatory, SignedPaper
from cms.signed_papers.parties import parties_of
from cms.signed_papers.signals import paper_filed
from cms.signed_papers.steps import lock, require_office, step

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ListedChange:
    """A change as the person lists it."""

    clause: str
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """What the office enters when it files; `new_values` are texts by path."""

    conclusion: Conclusion
    days: SignedDays
    signatories: Sequence[SignedBy]
    is_confirmed: bool = False
    changes: Sequence[ListedChange] = ()
    new_values: Mapping[str, str] = field(default_factory=dict)


def file_signed_paper(
    signed: SignedPaper,
    filing: Filing,
    *,
    version: int,
    salt: str,
    by: Actor,
    at: datetime,
) -> SignedPaper:
    """File a checked copy (AS-09): all of it in one transaction, or nothing.

    1. Checks days, signatories, conclusion, the new values and the case's gates.
    2. Replaces the copy filed before, signs the case where this paper signs it.
    3. Plans the payments of a priced paper from the answers as they were signed.
    4. Keeps everything, files the assembled version, appends the evidence, and
       sends `paper_filed`.

    Raises:
        RuleViolations: E-SG-01 to E-SG-11, E-SG-17, E-SG-18, E-GR-02, E-NT-04 to
            E-NT-06, E-EM-03, E-EM-04, E-AS-02, those of the mode and of the signing;
        RuleViolation: E-ST-01, E-ST-02, E-ST-04, E-SG-20 (no room);
        AssemblyError: new values that their variables do not take.
    """
    require_office(signed.owner_id, by, "归档签署件")
    with storage.refusing_full_disk(), writing():
        fresh = lock(signed, version)
        if fresh.status not in (_S.TO_COMPARE, _S.TO_EXAMINE):
            raise RuleViolation("E-ST-01", state=fresh.status_label, event="归档")
        values = _changed_values(fresh, filing.new_values)
        case = case_behind(fresh.case)
        new = {path: one["new"] for path, one in values.items()}
        answers = answers_behind(fresh.paper, new)
        _check(fresh, case, filing, values, answers, at)
        if fresh.replaces is not None:
            reason = fresh.replacement_reason
            step(fresh.replaces, _E.REPLACE, by=by, at=at, reason=reason)
        sign_behind(case, fresh.instrument, filing.days, by=by, at=at)
        _plan(fresh, case, answers, by=by, at=at)
        _store(fresh, filing, values, answers, salt, by, at)
        file_paper(fresh.paper, by=by, at=at)
        step(fresh, _E.FILE, by=by, at=at, payload=_proof(fresh))
        paper_filed.send(SignedPaper, signed=fresh, by=by, at=at)
        return fresh


_S, _E = SignedPaperState, SignedPaperEvent


def _changed_values(
    signed: SignedPaper, given: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Return the values that differ from the assembled ones, each beside the old."""
    read = checked_values(signed.paper, given)
    known = {one.path: one for one in variables_of(signed.paper)} if read else {}
    return {
        path: {"label": known[path].label, "old": known[path].value, "new": value}
        for path, value in read.items()
        if path in known and str(value) != known[path].value
    }


def _check(
    signed: SignedPaper,
    case: Any,
    filing: Filing,
    values: Mapping[str, Any],
    answers: Answers,
    at: datetime,
) -> None:
    is_contract = signed.instrument in CONTRACTS
    found = check_days(
        filing.days,
        is_contract=is_contract,
        assembled_on=signed.paper.made_at.astimezone(SHANGHAI).date(),
        today=at.astimezone(SHANGHAI).date(),
    )
    parties = [party.name for party in parties_of(signed.paper)] if is_contract else []
    found += check_signatories(filing.signatories, parties)
    found += check_conclusion(
        ComparisonFacts(
            filing.conclusion,
            has_key_changes=any(one["is_key"] for one in signed.found_changes),
            is_read=signed.status == _S.TO_COMPARE,
            has_listed=bool(filing.changes or values),
            is_confirmed=filing.is_confirmed,
        )
    )
    agreed = as_date(find(answers, TERMS.get(signed.instrument, "")))
    found += check_term(filing.days, agreed)
    found += contract_gates(case, signed.instrument, filing.days, answers, at)
    found += _check_payments(signed, answers)
    if found:
        raise RuleViolations(found)


def _check_payments(signed: SignedPaper, answers: Answers) -> list[RuleViolation]:
    """Refuse a replacement that would change payments which already run (PS-07)."""
    if signed.replaces is None or signed.instrument not in PRICED:
        return []
    before = rows_of_paper(signed.instrument, effective_answers(signed.replaces))
    if before == rows_of_paper(signed.instrument, answers):
        return []
    return [RuleViolation("E-SG-18", field="new_values")]


def _plan(
    signed: SignedPaper, case: Any, answers: Answers, *, by: Actor, at: datetime
) -> None:
    """Make the payments of a priced paper; a replacement finds them made."""
    if signed.instrument not in PRICED:
        return
    rows = rows_of_paper(signed.instrument, answers)
    if rows:
        payer = payer_of(case, signed.instrument)
        plan_payments(case, signed.owner, payer, rows, by=by, at=at)


def _store(
    signed: SignedPaper,
    filing: Filing,
    values: Mapping[str, Any],
    answers: Answers,
    salt: str,
    by: Actor,
    at: datetime,
) -> None:
    signed.conclusion = filing.conclusion.value
    signed.is_confirmed = filing.is_confirmed
    signed.changes = _text(
        [
            {"clause": c.clause, "before": c.before, "after": c.after, "note": c.note}
            for c in filing.changes
        ]
    )
    signed.new_values, signed.answers = _text(values), _text(answers)
    signed.signed_on = filing.days.signed_on
    signed.effective_on = filing.days.effective_on
    signed.ends_on = filing.days.ends_on
    signed.salt, signed.filed_by_id, signed.filed_at = salt, by.person_id, at
    signed.save()
    for position, row in enumerate(filing.signatories, 1):
        Signatory.objects.create(
            signed=signed,
            position=position,
            party=row.party.strip()[:120],
            name=row.name.strip(),
            capacity=row.capacity.strip()[:80],
        )


def _proof(signed: SignedPaper) -> dict[str, object]:
    """Return what the log keeps: hashes and days, the private parts as commitment."""
    people = [[row.party, row.name, row.capacity] for row in signed.signatories.all()]
    private = _text([people, signed.listed_changes, signed.changed_values])
    return {
        "paper": signed.paper.sha256,
        "template": signed.paper.template.sha256,
        "conclusion": signed.conclusion,
        "changes": len(signed.listed_changes),
        "new_values": len(signed.changed_values),
        "signed_on": signed.signed_on,
        "effective_on": signed.effective_on,
        "ends_on": signed.ends_on,
        "commitment": commitment(private, signed.salt),
    }


def _text(value: object) -> str:
    return dump(plain(value)).decode()
