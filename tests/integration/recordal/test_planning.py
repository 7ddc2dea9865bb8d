"""A filed contract becomes tasks with days and timers, once (PS-01…PS-05)."""

from datetime import date, timedelta

import pytest

from cms.core import due
from cms.core.calendar_actions import YearDraft, save_year
from cms.core.models import DueEvent, EvidenceEntry
from cms.core.subjects import subject_of
from cms.core.working_calendar import get_calendar
from cms.recordal.actions import plan_tasks
from cms.recordal.models import ContractRecord, RecordalTask
from cms.recordal.queries import list_tasks
from tests.conftest import Cast
from tests.factories.calendars import DAYS_2027
from tests.factories.notices import at
from tests.factories.recordal import AGREEMENT, filed, make_tasks

WHEN = at("2026-11-06 10:00")
KINDS = ["contract_registration", "license_recordal", "tax_and_accounts", "filing"]


def timers(task: RecordalTask) -> list[tuple[str, str]]:
    rows = DueEvent.objects.filter(
        subject=subject_of(task), fired_at=None, cancelled_at=None
    ).order_by("due_at")
    local = [(row.kind, row.due_at + timedelta(hours=8)) for row in rows]
    return [(kind, f"{moment:%Y-%m-%d %H:%M}") for kind, moment in local]


def test_filed_license_makes_its_tasks_once(actors: Cast):
    first = make_tasks(actors, when=WHEN)

    again = plan_tasks(
        filed(actors), owner=actors.unit, by=actors.actor("tto"), at=WHEN
    )

    assert [task.kind for task in again] == KINDS
    assert {task.pk for task in again} == {task.pk for task in first.values()}
    record = ContractRecord.objects.get()
    assert (record.kind, record.parties, record.amount) == (
        "patent_license",
        "柳州示例理工大学；柳州示例机械有限公司",
        300000,
    )
    entry = EvidenceEntry.objects.get(kind="recordal.planned")
    assert entry.payload == {
        "instrument": "D-31",
        "tasks": KINDS,
        "due_on": ["2031-11-04", "2027-02-05", "", "2026-12-05"],
    }


def test_paper_without_consequences_leaves_no_record(actors: Cast):
    assert make_tasks(actors, "D-25", mode="M6", when=WHEN) == {}
    assert not ContractRecord.objects.exists()


def test_a23_days_of_a_license_effective_on_the_first_of_july(actors: Cast):
    day = date(2026, 7, 1)

    tasks = make_tasks(
        actors, signed_on=day, effective_on=day, when=at("2026-07-02 09:00")
    )

    task = tasks["license_recordal"]
    assert (task.nominal_on, task.due_on) == (date(2026, 10, 1), date(2026, 10, 8))
    assert timers(task) == [
        ("recordal.remind", "2026-08-02 00:00"),
        ("recordal.remind", "2026-09-01 00:00"),
        ("recordal.remind", "2026-09-24 00:00"),
        ("recordal.overdue", "2026-10-09 00:00"),
    ]


def test_a26_days_count_from_the_day_of_effect(actors: Cast):
    tasks = make_tasks(
        actors,
        signed_on=date(2026, 9, 1),
        effective_on=date(2026, 9, 30),
        when=at("2026-09-02 09:00"),
    )

    assert tasks["license_recordal"].due_on == date(2026, 12, 30)


def test_a25_provisional_end_has_no_timer_until_the_year_is_there(actors: Cast):
    day = date(2026, 11, 30)
    when = at("2026-11-30 09:00")
    task = make_tasks(actors, signed_on=day, effective_on=day, when=when)[
        "license_recordal"
    ]
    assert (task.due_on, task.is_provisional, task.provisional_year) == (
        date(2027, 3, 1),
        True,
        2027,
    )
    assert [kind for kind, _ in timers(task)] == ["recordal.remind"] * 3

    draft = YearDraft(2027, DAYS_2027, "测试", True, "公布", 0)
    save_year(draft, by=actors.actor("stb"), at=when)

    # The official arrangement makes Sunday 02-28 a working day.
    task.refresh_from_db()
    assert (task.due_on, task.is_provisional) == (date(2027, 2, 28), False)
    assert task.calendar_version == get_calendar().version
    assert timers(task)[-1] == ("recordal.overdue", "2027-03-01 00:00")
    kinds = EvidenceEntry.objects.filter(subject=subject_of(task))
    assert list(kinds.values_list("kind", flat=True)) == ["period.moved"]


def test_late_filing_is_not_reminded_of_what_has_passed(actors: Cast):
    day = date(2026, 7, 1)

    tasks = make_tasks(
        actors, signed_on=day, effective_on=day, when=at("2026-10-20 09:00")
    )

    assert timers(tasks["license_recordal"]) == [
        ("recordal.overdue", "2026-10-09 00:00")
    ]
    assert timers(tasks["filing"]) == []


def test_reminders_fire_once_in_order_also_after_a_standstill(actors: Cast):
    day = date(2026, 7, 1)
    task = make_tasks(
        actors, signed_on=day, effective_on=day, when=at("2026-07-02 09:00")
    )["license_recordal"]

    due.sweep(until=at("2026-08-02 00:00"))
    task.refresh_from_db()
    assert task.reminded_on == date(2026, 8, 2)
    due.sweep(until=at("2026-12-01 00:00"))
    due.sweep(until=at("2026-12-02 00:00"))

    task.refresh_from_db()
    assert (task.reminded_on, task.overdue_at) == (
        date(2026, 9, 24),
        at("2026-10-09 00:00"),
    )
    told = EvidenceEntry.objects.filter(
        subject=subject_of(task), kind__startswith="recordal_task."
    ).order_by("sequence")
    local = [
        (one.kind, f"{one.legal_at + timedelta(hours=8):%Y-%m-%d %H:%M}")
        for one in told
    ]
    assert local == [
        ("recordal_task.reminded", "2026-08-02 00:00"),
        ("recordal_task.reminded", "2026-09-01 00:00"),
        ("recordal_task.reminded", "2026-09-24 00:00"),
        ("recordal_task.overdue", "2026-10-09 00:00"),
    ]


def test_titles_of_a_transfer_are_made_right_by_right(actors: Cast):
    tasks = plan_tasks(
        filed(actors, "D-13", mode="M1"),
        owner=actors.unit,
        by=actors.actor("tto"),
        at=WHEN,
    )

    titles = [task for task in tasks if task.kind == "title_registration"]
    assert [title.right for title in titles] == [
        "发明专利“一种商用车高强钢轻量化车轮旋压成形技术”（ZL201810223401.1）",
        "实用新型专利“一种商用车高强钢轻量化车轮旋压成形技术”（ZL201920334502.6）",
    ]
    assert titles[0].authority == "国务院专利行政部门（著录项目变更）"
    assert titles[0].reminders == ["2026-12-05", "2027-01-04"]
    assert tasks[0].contract.formula == (
        "企业上市时按税后净所得的30%；股权转让时按税后净所得的30%；"
        "股权回购时按税后净所得的30%；清算时按税后净所得的30%；分红时按税后净所得的30%"
    )


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        ("tto", 4),
        ("fin", 4),
        ("apv", 4),
        ("ent", 4),
        ("res", 0),
        ("tto2", 0),
        ("ent3", 0),
        ("stb", 0),
    ],
)
def test_tasks_are_seen_by_the_unit_and_the_enterprise(actors: Cast, reader, sees):
    make_tasks(actors, when=WHEN)

    assert list_tasks(actors.actor(reader)).count() == sees


def test_enterprise_sees_nothing_of_a_contract_it_is_no_party_to(actors: Cast):
    make_tasks(actors, "D-22", mode="M4", when=WHEN)

    assert not list_tasks(actors.actor("ent")).exists()


def test_contract_without_a_day_of_effect_waits_for_it(actors: Cast):
    answers = {**AGREEMENT, "dates": {}}

    task = make_tasks(actors, effective_on=None, answers=answers, when=WHEN)[
        "license_recordal"
    ]

    assert (task.due_on, task.close_at, task.reminders) == (None, None, [])
    assert timers(task) == []


def test_replaced_paper_renews_the_facts_and_the_days(actors: Cast):
    before = make_tasks(actors, when=WHEN)
    answers = {
        **AGREEMENT,
        "payment": {"form": "deferred", "total": "230000.00"},
        "ip_items": [*AGREEMENT["ip_items"], {"kind": "software", "name": "软件"}],
    }

    after = make_tasks(
        actors, place=2, answers=answers, effective_on=date(2026, 11, 20), when=WHEN
    )

    record = ContractRecord.objects.get()
    assert (record.paper, record.amount) == ("signed_papers.SignedPaper:2", 230000)
    task = after["license_recordal"]
    assert task.pk == before["license_recordal"].pk
    # 20 February 2027 is a Saturday; the year's arrangement is not known.
    assert (task.due_on, task.is_provisional) == (date(2027, 2, 22), True)
    assert EvidenceEntry.objects.filter(kind="recordal.renewed").count() == 1


def test_replaced_transfer_adds_the_titles_of_new_rights(actors: Cast):
    make_tasks(actors, "D-16", mode="M2", when=WHEN)
    layout = {"kind": "layout_design", "name": "示例布图", "number": "BS.265000001"}

    make_tasks(
        actors, "D-16", mode="M2", place=2, answers={"ip_items": [layout]}, when=WHEN
    )

    titles = RecordalTask.objects.filter(kind="title_registration")
    assert [title.right for title in titles.order_by("position")] == [
        "发明专利“一种装载机电液混合动力能量回收装置”（ZL201910667805.4）",
        "实用新型专利“一种装载机电液混合动力能量回收装置”（ZL202020778906.7）",
        "集成电路布图设计“示例布图”（BS.265000001）",
    ]
