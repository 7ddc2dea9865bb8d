"""The end of a case closes the tasks whose ground falls away (PS-01…PS-05)."""

from datetime import date
from decimal import Decimal

import pytest

from cms.core import due
from cms.core.models import DueEvent, EvidenceEntry
from cms.core.subjects import subject_of
from cms.empowerment import actions as empowerment
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.signals import case_extended
from cms.payments.actions import PlannedPayment, plan_payments
from cms.recordal import actions
from cms.recordal.models import ContractRecord, RecordalTask
from cms.rules.empowerment import EmpowermentMode
from cms.rules.payment_plans import PaymentTrigger
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions import agreements
from cms.supply_demand.models import Agreement
from tests.conftest import Cast
from tests.factories import agreements as making
from tests.factories.notices import at
from tests.factories.recordal import AGREEMENT, complete, make_tasks, submit
from tests.integration.empowerment.room import signed_case, text_of

AFTER = at("2027-01-04 09:00")
LATER = at("2027-01-20 09:00")
REGISTRATION, RECORDAL = "contract_registration", "license_recordal"
TAXES, FILING = "tax_and_accounts", "filing"


def open_timers() -> int:
    return DueEvent.objects.filter(
        kind__startswith="recordal", fired_at=None, cancelled_at=None
    ).count()


def performed_grant(cast: Cast) -> tuple[EmpowermentCase, dict[str, RecordalTask]]:
    """An M4 case in performance, with the four tasks of its license."""
    case = signed_case(cast, EmpowermentMode.M4)
    tasks = make_tasks(
        cast,
        "D-22",
        mode="M4",
        case=subject_of(case),
        signed_on=case.signed_on,
        effective_on=case.effective_on,
        when=AFTER,
    )
    case.refresh_from_db()
    case = empowerment.register_title(
        case, version=case.version, by=cast.actor("tto"), at=AFTER
    )
    return case, tasks


def performed_agreement(cast: Cast) -> tuple[Agreement, dict[str, RecordalTask]]:
    """An agreement in performance until 2031-11-30, with its tasks."""
    agreement = making.make_agreement(cast, when=at("2026-11-01 10:00"))
    making.open_notice_of_agreement(cast, agreement, when=at("2026-11-02 10:00"))
    due.sweep(until=at("2026-11-18 00:00"))
    agreement.refresh_from_db()
    agreement = making.sign(cast, agreement, when=at("2026-11-18 09:00"))
    tasks = make_tasks(
        cast,
        case=subject_of(agreement),
        signed_on=agreement.signed_on,
        effective_on=agreement.effective_on,
        ends_on=agreement.ends_on,
        when=at("2026-11-18 09:00"),
    )
    due.sweep(until=at("2026-12-01 00:00"))
    agreement.refresh_from_db()
    return agreement, tasks


def rescind(cast: Cast, case: EmpowermentCase) -> EmpowermentCase:
    return empowerment.rescind_case(
        case, "双方协商解除", version=case.version, by=cast.actor("tto"), at=LATER
    )


def states() -> dict[str, str]:
    return dict(RecordalTask.objects.values_list("kind", "status"))


def test_rescinded_grant_closes_its_open_tasks_and_their_timers(actors: Cast):
    case, tasks = performed_grant(actors)
    submit(actors, tasks[REGISTRATION], when=AFTER)
    assert open_timers() == 2  # 30 and 7 days before the end of the recordal's period

    rescind(actors, case)

    assert states() == dict.fromkeys((REGISTRATION, RECORDAL, TAXES, FILING), "lapsed")
    assert open_timers() == 0
    assert ContractRecord.objects.get().ended_on == date(2027, 1, 20)
    entries = EvidenceEntry.objects.filter(kind="recordal_task.lapse")
    told = {entry.payload["kind"]: entry.payload for entry in entries}
    assert set(told) == {REGISTRATION, RECORDAL, TAXES, FILING}
    assert told[REGISTRATION]["from"] == "submitted"
    assert {one["reason"] for one in told.values()} == {"合同已解除：双方协商解除"}


def test_timers_of_a_rescinded_grant_never_fire(actors: Cast):
    case, _ = performed_grant(actors)
    rescind(actors, case)

    due.sweep(until=at("2028-01-01 00:00"))

    for task in RecordalTask.objects.all():
        assert (task.reminded_on, task.overdue_at) == (None, None)
    assert not EvidenceEntry.objects.filter(
        kind__in=("recordal_task.reminded", "recordal_task.overdue")
    ).exists()
    assert set(states().values()) == {"lapsed"}


def test_settled_tasks_of_a_rescinded_grant_stay_as_they_are(actors: Cast, client_as):
    case, tasks = performed_grant(actors)
    done = complete(actors, submit(actors, tasks[RECORDAL], when=AFTER), when=AFTER)

    rescind(actors, case)

    assert states()[RECORDAL] == "done"
    page = client_as(actors.user("tto")).get(f"/my/recordal/{done.pk}/")
    assert (
        "合同已于2027-01-20结束。已登记、备案的，请另行办理变更登记或者备案注销。"
    ) in text_of(page)


def test_rescission_that_fails_leaves_the_tasks_alone(actors: Cast):
    case, _ = performed_grant(actors)
    before = states()

    with pytest.raises(RuleViolation):
        empowerment.rescind_case(
            case, " ", version=case.version, by=actors.actor("tto"), at=LATER
        )

    assert states() == before
    assert ContractRecord.objects.get().ended_on is None


def test_other_cases_keep_their_tasks(actors: Cast):
    case, _ = performed_grant(actors)
    other = make_tasks(actors, place=2, when=AFTER)

    rescind(actors, case)

    for task in other.values():
        task.refresh_from_db()
        assert task.status == "todo"


def test_rescinded_agreement_closes_its_tasks(actors: Cast):
    agreement, _ = performed_agreement(actors)

    agreements.rescind_agreement(
        agreement,
        "企业停产",
        version=agreement.version,
        by=actors.actor("tto"),
        at=LATER,
    )

    assert set(states().values()) == {"lapsed"}
    assert open_timers() == 0
    reasons = set(RecordalTask.objects.values_list("reason", flat=True))
    assert reasons == {"合同已解除：企业停产"}


def test_expired_agreement_closes_only_what_needs_a_contract_in_force(actors: Cast):
    agreement, _ = performed_agreement(actors)

    due.sweep(until=at("2031-12-01 00:00"))

    agreement.refresh_from_db()
    assert agreement.status == "expired"
    assert states() == {
        REGISTRATION: "lapsed",
        RECORDAL: "lapsed",
        TAXES: "todo",
        FILING: "todo",
    }
    task = RecordalTask.objects.get(kind=RECORDAL)
    assert task.reason == "合同已到期：期限至2031-11-30届满"
    assert task.contract.ended_on == date(2031, 11, 30)


def test_certificate_of_an_earlier_application_is_still_recorded(
    actors: Cast, client_as
):
    case, tasks = performed_grant(actors)
    submit(actors, tasks[REGISTRATION], when=AFTER)
    rescind(actors, case)
    task = RecordalTask.objects.get(kind=REGISTRATION)
    page = client_as(actors.user("tto")).get(f"/my/recordal/{task.pk}/")
    assert [offer["title"] for offer in page.context["offers"]] == ["登记办结"]
    assert "理由：合同已解除：双方协商解除" in text_of(page)
    assert "申请已于2027-01-04提交的，请向登记（备案）机关撤回" in text_of(page)

    task = complete(actors, task, when=LATER)

    assert (task.status, task.number) == ("done", "2026450000001")


def test_registration_never_applied_for_is_neither_settled_nor_taken_up(
    actors: Cast, client_as
):
    case, _ = performed_grant(actors)
    rescind(actors, case)
    task = RecordalTask.objects.get(kind=RECORDAL)

    with pytest.raises(RuleViolation) as refused:
        complete(actors, task, when=LATER)
    assert str(refused.value).startswith("E-ST-01")
    with pytest.raises(RuleViolation) as refused:
        actions.reopen_task(
            task, "再办", version=task.version, by=actors.actor("tto"), at=LATER
        )
    assert str(refused.value).startswith("E-ST-01")
    page = client_as(actors.user("tto")).get(f"/my/recordal/{task.pk}/")
    assert page.context["offers"] == []


def test_taxes_of_a_rescinded_grant_are_taken_up_again_without_timers(actors: Cast):
    case, _ = performed_grant(actors)
    rescind(actors, case)

    for kind in (TAXES, FILING):
        task = RecordalTask.objects.get(kind=kind)
        task = actions.reopen_task(
            task, "退款入账", version=task.version, by=actors.actor("tto"), at=LATER
        )
        assert task.status == "todo"

    assert open_timers() == 0


def test_recorded_exclusive_license_of_an_ended_contract_blocks_no_other(
    actors: Cast,
):
    exclusive = {"license": {**AGREEMENT["license"], "kind": "exclusive"}}
    tasks = make_tasks(
        actors, answers=exclusive, case="supply_demand.Agreement:7", when=AFTER
    )
    complete(actors, submit(actors, tasks[RECORDAL], when=AFTER), when=AFTER)
    second = make_tasks(actors, place=2, when=AFTER)[RECORDAL]
    with pytest.raises(RuleViolations):
        submit(actors, second, when=LATER)

    ContractRecord.objects.filter(case="supply_demand.Agreement:7").update(
        ended_on=date(2027, 1, 19)
    )
    second.refresh_from_db()

    assert submit(actors, second, when=LATER).status == "submitted"


def test_extended_use_right_moves_the_end_of_its_record(actors: Cast):
    case = signed_case(actors, EmpowermentMode.M5)
    more = {"mode": "M5", "case": subject_of(case), "ends_on": date(2037, 11, 30)}
    make_tasks(actors, "D-11", when=AFTER, **more)
    case.ends_on = date(2041, 11, 30)

    case_extended.send(EmpowermentCase, case=case, at=LATER)

    record = ContractRecord.objects.get(instrument="D-11")
    assert record.ends_on == date(2041, 11, 30)
    entry = EvidenceEntry.objects.get(kind="recordal.lengthened")
    assert entry.payload == {"from": "2037-11-30", "to": "2041-11-30"}


def test_rescinded_agreement_ends_payments_that_still_wait(actors: Cast):
    agreement, _ = performed_agreement(actors)
    row = PlannedPayment(
        kind="deferred",
        kind_label="延期支付",
        trigger=PaymentTrigger.DATE,
        condition="满一年",
        amount=Decimal("300000.00"),
        due_on=date(2027, 12, 1),
    )
    office = actors.actor("tto")
    more = {"by": office, "at": AFTER}
    (payment,) = plan_payments(agreement, actors.unit, actors.enterprise, [row], **more)

    agreements.rescind_agreement(
        agreement, "双方协商", version=agreement.version, **more
    )

    payment.refresh_from_db()
    assert (payment.status, payment.closing_reason) == ("lapsed", "合同解除：双方协商")
    assert due.sweep(until=at("2028-01-01 00:00")) == 0
