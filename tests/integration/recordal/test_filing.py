"""Filing a signed paper makes its tasks, in the same transaction (AS-09, §12)."""

from datetime import date
from decimal import Decimal

import pytest

from assembly.plain_text import plain_text
from cms.case_documents.actions.papers import document_of
from cms.case_documents.models import Paper
from cms.core import answers as sheets
from cms.core.subjects import subject_of
from cms.recordal import receivers
from cms.recordal.models import ContractRecord, RecordalTask
from cms.rules.signed_papers import Conclusion
from cms.signed_papers.models import SignedPaper
from tests.conftest import Cast
from tests.factories.notices import at
from tests.factories.recordal import complete, submit
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


def kinds_of(paper: SignedPaper) -> list[str]:
    tasks = RecordalTask.objects.filter(contract__paper=subject_of(paper))
    return list(tasks.order_by("position").values_list("kind", flat=True))


def test_m4_records_the_license_and_only_reports_the_grant(templates, actors: Cast):
    case = make_signable_case(actors, opened=at(OPENED), closed=at(CLOSED))
    grant = upload(actors, assembled(actors, case, "D-11", when=MADE), when=WHEN)
    grant = file(actors, grant, when=WHEN)
    paper = assembled(actors, case, "D-22", when=MADE)
    exchanged = {"300,000.00": "230,000.00", "叁拾万元整": "贰拾叁万元整"}

    license_ = file(
        actors,
        upload(actors, paper, when=WHEN, changes=exchanged),
        when=WHEN,
        conclusion=Conclusion.CHANGED,
        new_values={"license.fee": "230,000.00"},
    )

    assert kinds_of(grant) == ["filing"]
    assert kinds_of(license_) == [
        "contract_registration",
        "license_recordal",
        "tax_and_accounts",
        "filing",
    ]
    record = ContractRecord.objects.get(instrument="D-22")
    assert (record.case, record.mode, record.enterprise_id) == (
        subject_of(case),
        "M4",
        None,
    )
    assert (record.amount, record.kind) == (Decimal("230000.00"), "patent_license")
    assert record.number.endswith("—D-22")
    assert record.title.startswith("一次性许可合同（")
    assert (record.signed_on, record.effective_on) == (SIGNED_ON, SIGNED_ON)
    assert record.rule_edition == case.rule_edition
    task = record.tasks.get(kind="license_recordal")
    # 19 February 2027 is a Friday, but no year 2027 is known to the calendar.
    assert (task.due_on, task.is_provisional) == (date(2027, 2, 19), True)


def test_agreement_is_seen_by_its_enterprise(templates, actors: Cast):
    agreement = make_signable_agreement(actors, opened=at(OPENED), closed=at(CLOSED))
    paper = assembled(actors, agreement, "D-31", when=MADE)

    signed = file(actors, upload(actors, paper, when=WHEN), when=WHEN)

    record = ContractRecord.objects.get()
    assert (record.paper, record.mode) == (subject_of(signed), "")
    assert record.enterprise == actors.enterprise
    assert record.rule_edition == agreement.rule_edition
    assert kinds_of(signed)[1] == "license_recordal"


def test_paper_is_not_filed_without_its_tasks(templates, actors: Cast, monkeypatch):
    agreement = make_signable_agreement(actors, opened=at(OPENED), closed=at(CLOSED))
    signed = upload(actors, assembled(actors, agreement, "D-31", when=MADE), when=WHEN)

    def fail(*arguments, **named):
        raise RuntimeError("no tasks")

    monkeypatch.setattr(receivers, "plan_tasks", fail)
    with pytest.raises(RuntimeError, match="no tasks"):
        file(actors, signed, when=WHEN)

    signed.refresh_from_db()
    agreement.refresh_from_db()
    assert (signed.status, agreement.signed_on) == ("to_compare", None)
    assert not ContractRecord.objects.exists()


def test_report_lists_the_filed_contracts_with_their_numbers(
    templates, actors: Cast, client_as
):
    case = make_signable_case(actors, opened=at(OPENED), closed=at(CLOSED))
    for instrument in ("D-11", "D-22"):
        paper = assembled(actors, case, instrument, when=MADE)
        file(actors, upload(actors, paper, when=WHEN), when=WHEN)
    sheet = sheets.get_sheet(case)
    known = sheets.read(sheet)
    by_hand = {
        "name": "技术服务合同",
        "kind": "other",
        "parties": "甲、乙",
        "signed_on": "2026-11-01",
    }
    stale = {"name": "一次性许可合同", "kind": "patent_license", "parties": "抄错"}
    filing = {**known["filing"], "contracts": [stale, by_hand]}
    by = actors.actor("tto")
    answers = {**known, "filing": filing}
    sheets.write(case, answers, version=sheet.version, by=by, at=WHEN)
    task = RecordalTask.objects.get(kind="contract_registration")
    complete(actors, submit(actors, task, when=WHEN), when=WHEN)
    url = f"/my/papers/grant/{case.pk}/"
    office = client_as(actors.user("tto"))

    office.post(f"{url}refresh/", {"version": sheets.get_sheet(case).version})

    grant, license_, last = sheets.answers_of(case)["filing"]["contracts"]
    assert (grant["kind"], license_["kind"]) == ("empowerment", "patent_license")
    assert last == by_hand
    assert license_["name"].startswith("一次性许可合同（")
    assert license_["parties"] != "抄错"
    assert (license_["amount"], license_["registration_number"]) == (
        "300000.00",
        "2026450000001",
    )
    assert {license_["signed_on"], grant["signed_on"]} == {SIGNED_ON.isoformat()}
    sheet = sheets.get_sheet(case)  # the papers on file name the demo unit
    answers = {**known, "filing": sheets.read(sheet)["filing"]}
    sheets.write(case, answers, version=sheet.version, by=by, at=WHEN)
    answer = office.post(f"{url}assemble/", {"instrument": "D-63"})
    assert answer.status_code == 302
    text = plain_text(document_of(Paper.objects.get(instrument="D-63")))
    assert "2026450000001" in text
