"""The papers of a payment, made from the contract as it was signed (D-33)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.case_documents.assembler import open_assembler
from cms.case_documents.bundle import overlaid
from cms.case_documents.faults import AssemblyError
from cms.case_documents.templates_in_use import version_in_use
from cms.core import evidence, private_files
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.working_calendar import get_calendar
from cms.empowerment.facts import as_text, find
from cms.payments.file_rights import PURPOSE
from cms.payments.models import Payment, PaymentPaper
from cms.rules.payment_dues import due_day
from cms.rules.payment_papers import PaymentPaperKind, check_paper
from cms.rules.payment_plans import PaymentTrigger
from cms.rules.roles import Role
from cms.rules.signed_papers import PRICED, SignedPaperState
from cms.rules.violations import RuleViolation
from cms.signed_papers.effective import effective_answers
from cms.signed_papers.models import SignedPaper

MAKERS = (Role.TRANSFER_OFFICE, Role.FINANCE)
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class PaperDetails:
    """What the office enters: number of the letter, its day, days given in a demand."""

    number: str
    issued_on: date
    grace_days: int | None = None


def make_payment_paper(
    payment: Payment,
    kind: PaymentPaperKind,
    details: PaperDetails,
    *,
    salt: str,
    by: Actor,
    at: datetime,
) -> PaymentPaper:
    """Make a confirmation, a notice or a demand and keep it for both sides.

    Parties and accounts are those of the signed contract, the rest is the row's.

    Raises:
        RuleViolation: E-ST-02 (not the unit's office), E-PM-11 (the state), E-PM-12
            (no signed contract, or a value that it lacks), E-CD-01, E-CD-11 to 13.
    """
    if not by.roles_in(payment.owner_id) & set(MAKERS):
        raise RuleViolation("E-ST-02", event=f"生成{kind.label}")
    is_by_date = payment.trigger == PaymentTrigger.DATE
    check_paper(kind, payment.status, payment.status_label, is_by_date=is_by_date)
    content = _filled(payment, kind, details, salt)
    name = f"{kind.label}（{details.number}）.docx"
    upload = SimpleUploadedFile(name, content, _MEDIA_TYPE)
    with writing():
        file = private_files.store(
            upload, by=by, owner_id=payment.owner_id, purpose=PURPOSE, at=at
        )
        made = PaymentPaper.objects.create(
            payment=payment,
            kind=kind.value,
            number=details.number,
            issued_on=details.issued_on,
            file=file,
            made_by_id=by.person_id,
            made_at=at,
        )
        told: dict[str, object] = {
            "instrument": kind.value,
            "number": details.number,
            "sha256": file.sha256,
        }
        evidence.record("payment.paper", payment, told, by=by, at=at)
        return made


def _filled(
    payment: Payment, kind: PaymentPaperKind, details: PaperDetails, salt: str
) -> bytes:
    """Return the Word file.

    Raises:
        RuleViolation: E-PM-12.
    """
    signed = SignedPaper.objects.filter(
        case=payment.contract,
        instrument__in=PRICED,
        status=SignedPaperState.FILED.value,
    ).first()
    if signed is None:
        raise RuleViolation("E-PM-12", doc=kind.label, items="已归档的签署件")
    answers = effective_answers(signed)
    own = (answers.get("papers") or {}).get(signed.instrument) or {}
    answers = overlaid(answers, own)
    data = {name: answers.get(name) or {} for name in ("unit", "company")}
    data["collection"] = _collection(payment, signed, answers, details)
    version = version_in_use(kind.value)
    assembler = open_assembler(settings.ASSEMBLY_URL)
    try:
        return bytes(assembler.assemble(version, data, salt=salt).content)
    except AssemblyError as error:
        items = "；".join(one.message for one in error.faults)
        raise RuleViolation("E-PM-12", doc=kind.label, items=items) from error


def _collection(
    payment: Payment,
    signed: SignedPaper,
    answers: Mapping[str, Any],
    details: PaperDetails,
) -> dict[str, object]:
    """Return what the papers say of the row, as answers."""
    file = payment.trigger_file
    due_on = _due_on(payment)
    known: dict[str, object] = {
        "number": details.number,
        "contract_title": signed.title,
        "contract_number": as_text(find(answers, "document.number"))
        or signed.case_number,
        "signed_on": _iso(signed.signed_on),
        "item": str(payment),
        "condition": payment.condition,
        "happened_on": _iso(payment.happened_on),
        "fact": payment.trigger_note,
        "evidence": file.name if file else payment.evidence,
        "formula": payment.formula,
        "amount": _money(payment.amount),
        "paid": _money(payment.paid),
        "owed": _money(payment.owed),
        "due_on": _iso(due_on),
        "latest_on": _iso(payment.latest_on),
        "issued_on": _iso(details.issued_on),
        "grace_days": details.grace_days,
    }
    return {name: value for name, value in known.items() if value not in (None, "")}


def _due_on(payment: Payment) -> date | None:
    """Return the day to pay by; before the confirmation, what it will be."""
    if payment.due_on is None and payment.happened_on and payment.due_days:
        found = due_day(
            payment.happened_on, payment.due_days, payment.latest_on, get_calendar()
        )
        return found.day
    return payment.due_on or payment.latest_on


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _money(value: object) -> str | None:
    return None if value is None else f"{value:.2f}"
