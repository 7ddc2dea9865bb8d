"""From the application to the outcome: every refusal, evidence, timers (§12)."""

from datetime import date
from decimal import Decimal

import pytest

from cms.core import due
from cms.core.models import DueEvent, EvidenceEntry
from cms.core.subjects import subject_of
from cms.recordal import actions
from cms.recordal.data_sheets import missing_of, sheet_of, value_of
from cms.recordal.models import RecordalTask
from cms.recordal.queries import line_of, list_contracts, numbers_of
from cms.rules.recordal import AccountItem, Blocker
from cms.rules.violations import RuleViolation, RuleViolations
from tests.conftest import Cast
from tests.factories.notices import at
from tests.factories.recordal import (
    ADDED,
    AGREEMENT,
    SIGNED,
    complete,
    make_tasks,
    proof,
    submit,
)

WHEN = at("2026-11-20 10:00")
TODAY = date(2026, 11, 20)
REGISTRATION, RECORDAL = "contract_registration", "license_recordal"
TAXES, FILING = "tax_and_accounts", "filing"


def refused(act, *arguments, **named) -> list[str]:
    """Return the codes of what refuses an act, in order."""
    with pytest.raises((RuleViolation, RuleViolations)) as refusal:
        act(*arguments, **named)
    found = refusal.value
    several = found.violations if isinstance(found, RuleViolations) else [found]
    return [one.code for one in several]


def added(cast: Cast, task: RecordalTask, **values: str) -> RecordalTask:
    return actions.save_sheet(
        task,
        {**ADDED, **values},
        version=task.version,
        by=cast.actor("tto"),
        at=WHEN,
    )


def apply_for(cast: Cast, task: RecordalTask, when=WHEN, reader="tto", **told):
    given = actions.Application(told.pop("on", when.date()), **told)
    return actions.submit_task(
        task, given, version=task.version, by=cast.actor(reader), at=when
    )


def open_timers(task: RecordalTask) -> int:
    return DueEvent.objects.filter(
        subject=subject_of(task), fired_at=None, cancelled_at=None
    ).count()


def test_registration_from_the_data_to_the_number(actors: Cast):
    task = make_tasks(actors, when=WHEN)[REGISTRATION]

    task = submit(actors, task, when=WHEN)
    task = complete(actors, task, when=at("2026-12-08 09:00"))

    assert (task.status, task.number, task.verified_amount) == (
        "done",
        "2026450000001",
        Decimal("300000.00"),
    )
    entries = EvidenceEntry.objects.filter(subject=subject_of(task))
    assert list(entries.order_by("sequence").values_list("kind", flat=True)) == [
        "recordal.sheet",
        "recordal_task.submit",
        "recordal_task.complete",
    ]
    assert numbers_of(task.contract) == {
        "registration_number": "2026450000001",
        "recordal_number": "",
    }


def test_missing_data_are_named_before_anything_is_sent(actors: Cast):
    task = make_tasks(actors, when=WHEN)[REGISTRATION]

    assert missing_of(sheet_of(task, {})) == ["卖方地区码", "买方地区码"]
    assert refused(apply_for, actors, task) == ["E-PS-07"]


def test_j04_open_price_is_refused_at_the_application(actors: Cast):
    answers = {"payment": {"form": "deferred", "other_form": "另行协商"}}
    task = make_tasks(actors, answers=answers, when=WHEN)[REGISTRATION]
    task = added(actors, task, technology_amount="300000.00")

    assert refused(apply_for, actors, task) == ["E-PS-03"]


def test_j05_testing_service_is_refused_at_the_application(actors: Cast):
    answers = {"achievement": {**AGREEMENT["achievement"], "name": "设备检验检测服务"}}
    task = make_tasks(actors, answers=answers, when=WHEN)[REGISTRATION]
    task = added(actors, task)

    assert refused(apply_for, actors, task) == ["E-PS-04"]


def test_g26_end_on_record_is_capped_at_the_patent_and_cannot_be_pushed_past(
    actors: Cast,
):
    task = make_tasks(actors, when=WHEN)[RECORDAL]

    assert value_of(sheet_of(task, {}), "ends_on") == "2030-04-30"
    assert refused(added, actors, task, ends_on="2031-11-04") == ["E-PS-01"]
    task.refresh_from_db()
    assert (task.sheet, task.version) == ({}, 1)
    assert apply_for(actors, task).status == "submitted"


def test_h23_fee_of_nothing_is_free_of_charge(actors: Cast):
    task = make_tasks(actors, "D-23", mode="M5", when=WHEN)[RECORDAL]

    sheet = sheet_of(task, {})

    assert value_of(sheet, "fee") == "0.00元"
    assert value_of(sheet, "payment") == "无偿"
    assert missing_of(sheet) == []


@pytest.mark.parametrize("fee", ["0", "0.00元"])
def test_h23_fee_corrected_to_nothing_is_free_of_charge(actors: Cast, fee):
    task = make_tasks(actors, when=WHEN)[RECORDAL]
    assert value_of(sheet_of(task, {}), "payment") == "延期支付许可费"

    task = added(actors, task, fee=fee)

    assert value_of(sheet_of(task, {}), "payment") == "无偿"


def test_blockers_that_are_left_ticked_refuse_the_recordal(actors: Cast):
    task = make_tasks(actors, when=WHEN)[RECORDAL]

    told = refused(apply_for, actors, task, blockers=[Blocker.PLEDGED])

    assert told == ["E-PS-02"]


def test_recorded_exclusive_license_and_the_same_case_block_another(actors: Cast):
    exclusive = {**AGREEMENT["license"], "kind": "exclusive"}
    first = make_tasks(
        actors, case="demo.Case:1", answers={"license": exclusive}, when=WHEN
    )[RECORDAL]
    apply_for(actors, first)
    same = make_tasks(actors, "D-32", case="demo.Case:1", place=2, when=WHEN)
    other = make_tasks(actors, case="demo.Case:2", place=3, when=WHEN)

    with pytest.raises(RuleViolations) as refusal:
        apply_for(actors, same[RECORDAL])
    assert [one.message for one in refusal.value.violations] == [
        "存在不予备案的情形：重复备案。"
    ]
    with pytest.raises(RuleViolations) as refusal:
        apply_for(actors, other[RECORDAL])
    assert [one.message for one in refusal.value.violations] == [
        "存在不予备案的情形：已有独占许可备案。"
    ]


def test_late_recordal_asks_why_and_goes_through_while_the_contract_runs(
    actors: Cast,
):
    day = date(2026, 7, 1)
    task = make_tasks(actors, signed_on=day, effective_on=day, when=WHEN)[RECORDAL]
    due.sweep(until=WHEN)
    task.refresh_from_db()
    assert (task.is_overdue(WHEN), task.overdue_at) == (True, at("2026-10-09 00:00"))

    assert refused(apply_for, actors, task) == ["E-PS-06"]
    task = apply_for(actors, task, note="许可方更名，证明补办")

    assert (task.status, task.is_overdue(WHEN)) == ("submitted", False)
    entry = EvidenceEntry.objects.get(kind="recordal_task.submit")
    assert (entry.payload["is_late"], entry.payload["submitted_on"]) == (
        True,
        "2026-11-20",
    )


def test_application_in_time_is_not_late_though_it_is_entered_later(actors: Cast):
    day = date(2026, 7, 1)
    task = make_tasks(actors, signed_on=day, effective_on=day, when=WHEN)[RECORDAL]

    task = apply_for(actors, task, on=date(2026, 10, 8))

    assert task.status == "submitted"


@pytest.mark.parametrize("kind", [REGISTRATION, RECORDAL])
def test_ended_contract_is_neither_registered_nor_recorded(actors: Cast, kind):
    task = make_tasks(actors, ends_on=date(2026, 11, 19), when=WHEN)[kind]
    task = added(actors, task)

    assert refused(apply_for, actors, task) == ["E-PS-05"]


@pytest.mark.parametrize("day", [date(2026, 11, 4), date(2026, 11, 21)])
def test_application_lies_between_signing_and_today(actors: Cast, day):
    task = make_tasks(actors, when=WHEN)[RECORDAL]

    assert refused(apply_for, actors, task, on=day) == ["E-PS-10"]


def test_application_ends_the_timers_and_refusal_with_reopening_sets_them(
    actors: Cast,
):
    task = make_tasks(actors, when=WHEN)[RECORDAL]
    assert open_timers(task) == 3  # the end is provisional: three reminders
    task = apply_for(actors, task)
    assert open_timers(task) == 0
    by = actors.actor("tto")

    told = refused(actions.refuse_task, task, " ", version=task.version, by=by, at=WHEN)
    assert told == ["E-PS-09"]
    task = actions.refuse_task(task, "材料不全", version=task.version, by=by, at=WHEN)
    assert (task.status, task.reason, open_timers(task)) == ("refused", "材料不全", 3)
    task = actions.reopen_task(task, "已补齐", version=task.version, by=by, at=WHEN)

    assert (task.status, open_timers(task)) == ("todo", 3)
    assert apply_for(actors, task).status == "submitted"


def test_only_the_approver_says_that_nothing_is_needed(actors: Cast):
    task = make_tasks(actors, when=WHEN)[RECORDAL]
    given = {"version": task.version, "at": WHEN}

    for reader in ("tto", "fin", "ent", "tto2"):
        told = refused(
            actions.waive_task, task, "专利已放弃", by=actors.actor(reader), **given
        )
        assert told == ["E-ST-02"]
    task = actions.waive_task(task, "专利已放弃", by=actors.actor("apv"), **given)

    assert (task.status, open_timers(task)) == ("not_needed", 0)
    entry = EvidenceEntry.objects.get(kind="recordal_task.waive")
    assert entry.payload["reason"] == "专利已放弃"


@pytest.mark.parametrize("reader", ["apv", "ent", "tto2", "stb"])
def test_only_the_office_of_the_unit_applies(actors: Cast, reader):
    task = make_tasks(actors, when=WHEN)[RECORDAL]

    assert refused(apply_for, actors, task, reader=reader) == ["E-ST-02"]
    told = refused(
        actions.save_sheet,
        task,
        {},
        version=task.version,
        by=actors.actor(reader),
        at=WHEN,
    )
    assert told == ["E-ST-02"]


def test_stale_copy_changes_nothing(actors: Cast):
    task = make_tasks(actors, when=WHEN)[RECORDAL]
    stale = RecordalTask.objects.get(pk=task.pk)
    apply_for(actors, task)

    assert refused(apply_for, actors, stale) == ["E-ST-04"]


def settle(cast: Cast, task: RecordalTask, reader="tto", **told):
    outcome = actions.Outcome(told.pop("on", TODAY), **told)
    return actions.complete_task(
        task, outcome, version=task.version, by=cast.actor(reader), at=WHEN
    )


def test_registration_is_settled_with_number_sum_and_proof(actors: Cast):
    task = submit(actors, make_tasks(actors, when=WHEN)[REGISTRATION], when=WHEN)

    assert refused(settle, actors, task) == ["E-PS-11"] * 3
    assert refused(settle, actors, task, number="1", file=proof(actors, when=WHEN)) == [
        "E-PS-11"
    ]
    assert refused(settle, actors, task, on=date(2026, 11, 19))[0] == "E-PS-10"


def test_registration_is_not_settled_before_it_is_applied_for(actors: Cast):
    task = make_tasks(actors, when=WHEN)[REGISTRATION]

    assert refused(complete, actors, task, when=WHEN) == ["E-ST-01"]


def test_taxes_are_settled_item_by_item_also_by_finance(actors: Cast):
    task = make_tasks(actors, when=WHEN)[TAXES]
    every = [item.value for item in AccountItem]

    assert refused(settle, actors, task, checklist=every[1:]) == ["E-PS-12"]
    task = settle(actors, task, "fin", checklist=every[1:], note="未申请减免")

    assert (task.status, task.note, task.checklist) == ("done", "未申请减免", every[1:])


def test_report_is_settled_without_a_number_and_shows_the_contract_to_the_desk(
    actors: Cast,
):
    tasks = make_tasks(actors, when=WHEN)
    bureau = actors.actor("stb")
    complete(actors, submit(actors, tasks[REGISTRATION], when=WHEN), when=WHEN)
    assert list(list_contracts(bureau)) == []

    settle(actors, tasks[FILING])

    (contract,) = list_contracts(bureau)
    line = line_of(contract)
    assert (line.registration_number, line.recordal_number) == ("2026450000001", "")
    assert list(list_contracts(actors.actor("amr"))) == [contract]
    assert list(list_contracts(actors.actor("tto2"))) == []
    assert list(list_contracts(actors.actor("tto"))) == [contract]


def test_own_data_are_kept_apart_and_only_before_the_application(actors: Cast):
    task = make_tasks(actors, when=WHEN)[REGISTRATION]

    task = added(actors, task, project_name="示例焊接变形控制方法", giver_name="  ")

    assert task.sheet == {"giver_district": "450202", "taker_district": "450203"}
    task = apply_for(actors, task)
    assert refused(added, actors, task) == ["E-ST-01"]


def test_days_of_the_contract_are_its_own(actors: Cast):
    task = make_tasks(actors, when=WHEN)[FILING]

    assert task.contract.signed_on == SIGNED
    assert value_of(sheet_of(task, {}), "signed_on") == "2026-11-05"
