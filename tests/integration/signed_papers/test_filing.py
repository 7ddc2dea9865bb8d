"""Filing: case, payments, papers and evidence in one transaction (AS-09, PS-07)."""

from datetime import date
from decimal import Decimal

from cms.case_documents.models.papers import PaperState
from cms.core.evidence.verification import verify
from cms.core.models import EvidenceEntry
from cms.payments.models import Payment
from cms.rules.signed_papers import Conclusion, SignedPaperState
from cms.signed_papers.effective import effective_answers
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.signals import paper_filed
from tests.factories.notices import at
from tests.factories.signed_papers import (
    CLOSED,
    OPENED,
    SIGNED_ON,
    assembled,
    file,
    make_signable_agreement,
    make_signable_case,
    upload,
)

MADE, WHEN = at("2026-11-18 09:00"), at("2026-11-19 10:00")


def test_signing_paper_signs_its_case(templates, actors):
    case = make_signable_case(actors, opened=at(OPENED), closed=at(CLOSED))
    paper = assembled(actors, case, "D-11", when=MADE)
    told = []

    def listen(sender, signed, by, at, **_):
        told.append((signed.pk, signed.case, by.user_id, at))

    paper_filed.connect(listen)
    signed = upload(actors, paper, when=WHEN)
    assert (signed.status, signed.found_changes) == ("to_compare", [])
    signed = file(actors, signed, when=WHEN)
    paper_filed.disconnect(listen)

    case.refresh_from_db()
    paper.refresh_from_db()
    assert signed.status == SignedPaperState.FILED
    assert paper.status == PaperState.FILED
    assert (case.status, case.signed_on, case.effective_on, case.ends_on) == (
        "signed",
        SIGNED_ON,
        SIGNED_ON,
        date(2036, 11, 1),
    )
    office = actors.people["tto"].pk
    assert told == [(signed.pk, f"empowerment.EmpowermentCase:{case.pk}", office, WHEN)]
    entries = EvidenceEntry.objects.exclude(kind__startswith="recordal.")
    kinds = list(entries.values_list("kind", flat=True))[-4:]
    assert kinds == [
        "signed_paper.read",
        "empowerment.sign",
        "paper.filed",
        "signed_paper.file",
    ]
    assert verify().findings == []


def test_changed_value_stands_beside_the_old_and_rules_the_payments(templates, actors):
    case = make_signable_case(actors, opened=at(OPENED), closed=at(CLOSED))
    grant = assembled(actors, case, "D-11", when=MADE)
    file(actors, upload(actors, grant, when=WHEN), when=WHEN)
    paper = assembled(actors, case, "D-22", when=MADE)
    exchanged = {"300,000.00": "230,000.00", "叁拾万元整": "贰拾叁万元整"}

    signed = upload(actors, paper, when=WHEN, changes=exchanged)
    signed = file(
        actors,
        signed,
        when=WHEN,
        conclusion=Conclusion.CHANGED,
        new_values={"license.fee": "230,000.00"},
    )

    assert [one["words"] for one in signed.found_changes] == [
        "第八条 使用费及支付方式：“300,000.00”改为“230,000.00”",
        "第八条 使用费及支付方式：“叁拾万元整”改为“贰拾叁万元整”",
    ]
    assert {one["page"] for one in signed.found_changes} == {3}
    assert signed.changed_values == {
        "license.fee": {
            "label": "许可·许可费（元）",
            "old": "300000.00",
            "new": "230000.00",
        }
    }
    assert effective_answers(signed)["license"]["fee"] == "230000.00"
    payment = Payment.objects.get()
    assert (payment.amount, payment.due_on, payment.payer) == (
        Decimal("230000.00"),
        date(2026, 12, 5),
        None,
    )


def test_agreement_is_signed_and_its_payments_are_the_enterprises(templates, actors):
    agreement = make_signable_agreement(actors, opened=at(OPENED), closed=at(CLOSED))
    paper = assembled(actors, agreement, "D-31", when=MADE)

    file(actors, upload(actors, paper, when=WHEN), when=WHEN)

    agreement.refresh_from_db()
    assert (agreement.status, agreement.signed_on) == ("signed", SIGNED_ON)
    payment = Payment.objects.get()
    assert (payment.amount, payment.due_on, payment.payer) == (
        Decimal("300000.00"),
        date(2029, 1, 5),
        actors.enterprise,
    )
    assert SignedPaper.objects.get().mode == "USE_THEN_PAY"
