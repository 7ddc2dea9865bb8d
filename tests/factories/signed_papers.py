"""Signed copies for tests: the assembled text as a PDF, unchanged or changed."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cms.case_documents.actions import assemble_paper
from cms.case_documents.models import Paper, TemplateVersion
from cms.case_documents.signed_text import lines_of
from cms.core import due
from cms.core.encryption import new_salt
from cms.empowerment.facts import as_date, find
from cms.empowerment.models import EmpowermentCase
from cms.rules.empowerment import EmpowermentMode
from cms.rules.signed_papers import TERMS, Conclusion, SignedBy, SignedDays
from cms.signed_papers import actions
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.parties import parties_of
from cms.signed_papers.text_pdf import text_pdf
from cms.supply_demand.models import Agreement, AgreementKind
from tests.conftest import Cast
from tests.factories.agreements import make_agreement, open_notice_of_agreement
from tests.factories.case_documents import full_answers
from tests.factories.empowerment import (
    MEMBERS,
    clear_for_signing,
    make_approved_case,
    open_notice_of,
    set_answers,
)
from tests.factories.evidence import AT

OPENED, CLOSED = "2026-11-02 09:00", "2026-11-18 00:00"
SIGNED_ON = date(2026, 11, 19)


def signed_pdf(paper: Paper, changes: Mapping[str, str] | None = None) -> bytes:
    """Return what comes back from signing: the paper's text, words exchanged."""
    text = lines_of(paper)
    for before, after in (changes or {}).items():
        assert before in text
        text = text.replace(before, after)
    return text_pdf(text)


def upload(
    cast: Cast,
    paper: Paper,
    body: bytes | None = None,
    *,
    when: datetime,
    changes: Mapping[str, str] | None = None,
    reason: str = "",
) -> SignedPaper:
    """Upload a signed copy as the unit's office."""
    content = signed_pdf(paper, changes) if body is None else body
    return actions.upload_signed_paper(
        paper,
        [actions.UploadedPage("签署件.pdf", content)],
        replacement_reason=reason,
        by=cast.actor("tto"),
        at=when,
    )


def filing_of(signed: SignedPaper, **changes: object) -> actions.Filing:
    """Return a filing that lacks nothing; the days are the usual ones."""
    values: dict[str, object] = {
        "conclusion": Conclusion.AS_ASSEMBLED,
        "days": days_of(signed),
        "signatories": [
            SignedBy(party.name, party.signatory or "签署人示例", party.capacity)
            for party in parties_of(signed.paper)
        ],
        "is_confirmed": True,
    }
    return actions.Filing(**{**values, **changes})  # type: ignore[arg-type]


def days_of(signed: SignedPaper) -> SignedDays:
    """Return the usual days of a copy."""
    path = TERMS.get(signed.instrument, "")
    ends_on = as_date(find(json.loads(signed.paper.answers), path))
    return SignedDays(SIGNED_ON, SIGNED_ON, ends_on)


def file(
    cast: Cast, signed: SignedPaper, *, when: datetime, **changes: object
) -> SignedPaper:
    """File a copy as the unit's office."""
    return actions.file_signed_paper(
        signed,
        filing_of(signed, **changes),
        version=signed.version,
        salt=new_salt(),
        by=cast.actor("tto"),
        at=when,
    )


def complete_answers(mode: EmpowermentMode) -> dict[str, Any]:
    """Return the demo answers of a mode, its first two members named as in tests."""
    answers = full_answers(mode.value)
    rows = answers["team"]["members"]
    members = [{**row, **own} for row, own in zip(rows, MEMBERS, strict=False)]
    team = {**answers["team"], "representative": "张示例", "members": members}
    return {**answers, "team": team}


def agreement_answers(cast: Cast) -> dict[str, Any]:
    """Return complete answers of D-31: a license, paid two years after its start."""
    answers = {**full_answers("M1"), **full_answers("M4")}
    answers |= {
        "unit": {**answers["unit"], "name": cast.unit.name},
        "company": {**answers["company"], "name": cast.enterprise.name},
        "payment": {
            **answers["payment"],
            "form": "deferred",
            "total": "300000.00",
            "first_due_on": "2029-01-05",
            "latest_on": "2029-06-30",
        },
        "payments": [
            {
                **answers["payments"][0],
                "kind": "deferred",
                "trigger_kind": "date",
                "trigger": "约定日期",
                "due_on": "2029-01-05",
                "amount": "300000.00",
                "latest_on": "2029-06-30",
                "payer": cast.enterprise.name,
                "payee": cast.unit.name,
            }
        ],
    }
    return answers


def make_signable_case(
    cast: Cast,
    mode: EmpowermentMode = EmpowermentMode.M4,
    *,
    opened: datetime,
    closed: datetime,
) -> EmpowermentCase:
    """Carry a case to the close of its notice with every gate of signing open."""
    case = make_approved_case(cast, mode, when=opened)
    set_answers(cast, case, **complete_answers(mode))
    case = open_notice_of(cast, case, when=opened)
    due.sweep(until=closed)
    clear_for_signing(cast, case, when=closed)
    case.refresh_from_db()
    return case


def make_signable_agreement(
    cast: Cast, *, opened: datetime, closed: datetime
) -> Agreement:
    """Carry an agreement to the close of its notice; its answers are complete."""
    agreement = make_agreement(
        cast, AgreementKind.LICENSE, when=opened, answers=agreement_answers(cast)
    )
    open_notice_of_agreement(cast, agreement, when=opened)
    agreement.refresh_from_db()
    due.sweep(until=closed)
    agreement.refresh_from_db()
    return agreement


def assembled(
    cast: Cast, case: EmpowermentCase | Agreement, instrument: str, *, when: datetime
) -> Paper:
    """Assemble one paper of a case as the unit's office."""
    return assemble_paper(
        case, instrument, salt=new_salt(), by=cast.actor("tto"), at=when
    )


def bare_template() -> TemplateVersion:
    """A template in use that nothing is filled with."""
    return TemplateVersion.objects.create(
        instrument="D-22",
        name="one_time_license",
        title="一次性许可合同",
        version="2026.1",
        sha256="0" * 64,
        source="0" * 64,
        content=b"",
        manifest="",
        valid_from=AT.date(),
        proposed_at=AT,
        approved_at=AT,
    )


def bare_copy(
    cast: Cast, template: TemplateVersion, *, case: str, status: str
) -> SignedPaper:
    """A signed copy of a paper of some case, both without their files."""
    by = cast.user("tto")
    paper = Paper.objects.create(
        case=case,
        owner=cast.unit,
        template=template,
        instrument="D-22",
        title=template.title,
        number=1,
        answers="{}",
        answers_version=1,
        salt="",
        data_hash="",
        sha256="",
        size=0,
        document="",
        status="filed",
        made_by=by,
        made_at=AT,
    )
    return SignedPaper.objects.create(
        paper=paper,
        case=case,
        case_title="示例成果",
        mode="M4",
        owner=cast.unit,
        instrument="D-22",
        title=template.title,
        status=status,
        sha256="",
        size=0,
        conclusion="as_assembled",
        signed_on=AT.date(),
        uploaded_by=by,
        uploaded_at=AT,
        created_at=AT,
        filed_by=by,
        filed_at=AT,
    )
