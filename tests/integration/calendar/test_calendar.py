"""The calendar table: seed, versions, evidence, re-derivation, warning."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command

from cms.core import calendar_watch, due
from cms.core.calendar_actions import (
    WARN_KIND,
    YearDraft,
    list_rederivations,
    load_shipped_years,
    preview_year,
    save_year,
    schedule_warning,
)
from cms.core.calendar_files import SHIPPED_SOURCE, shipped_years
from cms.core.doctor import Severity
from cms.core.models import CalendarDay, CalendarYear, DueEvent, EvidenceEntry
from cms.core.subjects import subject_of
from cms.core.working_calendar import get_calendar, missing_year_warning
from cms.rules.deadlines import compute
from cms.rules.rederivation import Outcome
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.calendars import DAYS_2027, shipped_calendar
from tests.factories.deadlines import at
from tests.factories.periods import PeriodKeeper, period_keeper

pytestmark = pytest.mark.django_db
NOW = at("2026-11-22 09:00")
DRAFT = YearDraft(2027, DAYS_2027, "国办发明电〔2026〕0号（测试）", True, "公布", 0)


@pytest.fixture
def keeper(db: None) -> Iterator[PeriodKeeper]:
    with period_keeper() as found:
        yield found


def test_migration_seeds_the_shipped_years() -> None:
    rows = CalendarYear.objects.filter(is_current=True)

    assert sorted(rows.values_list("year", flat=True)) == list(range(2004, 2027))
    assert set(rows.values_list("version", "source", "is_published")) == {
        (1, SHIPPED_SOURCE, True)
    }
    assert CalendarDay.objects.count() == 771
    assert not EvidenceEntry.objects.filter(kind__startswith="calendar.").exists()


def test_calendar_in_force_equals_the_shipped_one() -> None:
    found, shipped = get_calendar(), shipped_calendar()

    days = [date(2004, 1, 1) + timedelta(days=n) for n in range(8401)]
    assert [found.is_working_day(day) for day in days] == [
        shipped.is_working_day(day) for day in days
    ]
    assert [found.describe(day) for day in days] == [
        shipped.describe(day) for day in days
    ]
    assert len(found.version) == 12


def test_calendar_is_read_again_only_when_a_version_is_new(
    actors: Cast, django_assert_num_queries
) -> None:
    first = get_calendar()
    with django_assert_num_queries(1):
        assert get_calendar() is first

    save_year(DRAFT, by=actors.actor("stb"), at=NOW)
    changed = get_calendar()

    assert changed.version != first.version
    assert changed.is_firm(2027)


def test_loading_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert load_shipped_years(at=NOW) == []

    call_command("load_calendar")

    assert CalendarYear.objects.count() == 23
    assert "工作日历：无新增年份" in capsys.readouterr().out


def test_loading_restores_a_missing_year_only(capsys) -> None:
    CalendarYear.objects.filter(year__lte=2005).delete()

    call_command("load_calendar")

    assert "工作日历：2004至2005年" in capsys.readouterr().out
    assert CalendarYear.objects.count() == 23


def test_seed_waits_for_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    CalendarYear.objects.all().delete()
    with monkeypatch.context() as patch:
        patch.setattr(CalendarYear._meta, "db_table", "not_there_yet")

        calendar_watch.seed_calendar(sender=None, using="default")

    assert CalendarYear.objects.count() == 0
    calendar_watch.seed_calendar(sender=None, using="default")
    assert CalendarYear.objects.count() == 23


def test_a17_same_question_is_answered_once_the_year_is_there(actors: Cast) -> None:
    question = ("NOTICE_REWARD", at("2026-12-11 10:00"))
    with pytest.raises(RuleViolation, match="E-NT-03"):
        compute(*question, get_calendar())

    save_year(DRAFT, by=actors.actor("stb"), at=NOW)

    assert compute(*question, get_calendar()).last_day == date(2027, 1, 4)


def test_saving_a_year_leaves_evidence_of_every_day(actors: Cast) -> None:
    by = actors.actor("stb")
    row = save_year(DRAFT, by=by, at=NOW)
    days = {**DAYS_2027, date(2027, 1, 4): (False, "元旦")}
    del days[date(2027, 10, 1)]

    second = save_year(
        replace(DRAFT, days=days, reason="更正", base_version=1), by=by, at=NOW
    )

    row.refresh_from_db()
    assert (row.is_current, second.is_current, second.version) == (False, True, 2)
    assert row.days.count() == len(DAYS_2027)
    entry = EvidenceEntry.objects.get(
        kind="calendar.year_saved", subject=subject_of(second)
    )
    assert (entry.actor_id, entry.legal_at) == (by.user_id, NOW)
    assert entry.payload == {
        "year": 2027,
        "version": 2,
        "source": DRAFT.source,
        "is_published": True,
        "reason": "更正",
        "digest": second.digest,
        "changes": [
            {"date": "2027-01-04", "from": None, "to": [False, "元旦"]},
            {"date": "2027-10-01", "from": [False, "国庆节"], "to": None},
        ],
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source": " "}, "E-WC-04"),
        ({"reason": ""}, "E-WC-04"),
        ({}, "E-WC-05"),
        ({"is_published": False}, "E-WC-06"),
        ({"base_version": 0}, "E-ST-04"),
        ({"base_version": 2}, "E-ST-04"),
    ],
)
def test_saving_is_refused(change: dict, code: str, actors: Cast) -> None:
    by = actors.actor("stb")
    save_year(DRAFT, by=by, at=NOW)

    with pytest.raises(RuleViolation) as caught:
        save_year(replace(DRAFT, **{"base_version": 1, **change}), by=by, at=NOW)

    assert caught.value.code == code
    assert CalendarYear.objects.filter(year=2027).count() == 1


@pytest.mark.parametrize("name", ["tto", "apv", "ent", "pla", "amr", "auditor"])
def test_only_bureau_and_administrator_keep_the_calendar(
    name: str, actors: Cast
) -> None:
    with pytest.raises(RuleViolation, match="E-ST-02"):
        save_year(DRAFT, by=actors.actor(name), at=NOW)


def test_an_official_year_may_follow_a_draft_of_the_same_days(actors: Cast) -> None:
    by = actors.actor("admin")
    save_year(replace(DRAFT, is_published=False), by=by, at=NOW)
    assert not get_calendar().is_firm(2027)

    row = save_year(replace(DRAFT, base_version=1), by=by, at=NOW)

    assert (row.version, get_calendar().is_firm(2027)) == (2, True)


def test_new_year_moves_open_periods_and_keeps_the_old_value(
    actors: Cast, keeper: PeriodKeeper
) -> None:
    firm = keeper.open("甲", "NOTICE_LISTING", at("2026-11-10 10:00"))
    moved = keeper.open("乙", "PATENT_RECORD", at("2026-11-30 10:00"))
    confirmed = keeper.open("丙", "NOTICE_LISTING", at("2026-12-20 10:00"))

    preview = preview_year(DRAFT, at=NOW)
    assert keeper.moved == []
    save_year(DRAFT, by=actors.actor("stb"), at=NOW)

    assert [(effect.period.label, effect.result.outcome) for effect in preview] == [
        ("甲", Outcome.UNCHANGED),
        ("乙", Outcome.MOVED),
        ("丙", Outcome.CONFIRMED),
    ]
    assert [(label, found.last_day) for label, found, _ in keeper.moved] == [
        ("乙", date(2027, 2, 28)),
        ("丙", date(2027, 1, 4)),
    ]
    assert list_rederivations(firm.subject) == []
    [entry] = list_rederivations(moved.subject)
    assert entry.pop("recorded_at") is not None
    assert entry == {
        "rule": "PATENT_RECORD",
        "rule_version": "2026-01-01",
        "calendar": "2027年第1版",
        "old_close_at": "2027-03-02T00:00:00+08:00",
        "old_provisional": True,
        "close_at": "2027-03-01T00:00:00+08:00",
        "provisional": False,
        "why": "工作日历改变，届满日随之改变（2027年第1版：公布）",
    }
    [entry] = list_rederivations(confirmed.subject)
    assert (entry["old_close_at"], entry["close_at"]) == (
        "2027-01-05T00:00:00+08:00",
        "2027-01-05T00:00:00+08:00",
    )


def test_a_told_close_is_not_taken_back_and_that_is_on_record(
    actors: Cast, keeper: PeriodKeeper
) -> None:
    period = keeper.open("甲", "NOTICE_LISTING", at("2026-11-06 10:00"))  # 11-23
    days = {**shipped_years()[2026], date(2026, 11, 21): (True, "更正")}
    draft = YearDraft(2026, days, "更正通知（测试）", True, "更正", 1)

    save_year(draft, by=actors.actor("stb"), at=NOW)

    assert keeper.moved == []
    [entry] = list_rederivations(period.subject)
    assert entry["close_at"] == entry["old_close_at"] == "2026-11-24T00:00:00+08:00"
    assert entry["why"].startswith("重新推算的届满时间已过，已公布的届满时间不回溯")


def test_an_error_in_a_source_undoes_everything(
    actors: Cast, keeper: PeriodKeeper
) -> None:
    keeper.open("甲", "PATENT_RECORD", at("2026-11-30 10:00"))
    keeper.error = OSError("disk")
    entries = EvidenceEntry.objects.count()

    with pytest.raises(OSError, match="disk"):
        save_year(DRAFT, by=actors.actor("stb"), at=NOW)

    assert not CalendarYear.objects.filter(year=2027).exists()
    assert EvidenceEntry.objects.count() == entries
    assert not get_calendar().is_firm(2027)


@pytest.mark.parametrize(
    ("today", "warning"),
    [
        ("2026-11-01 23:59", ""),
        ("2026-11-02 00:00", "工作日历未包含2027年节假日安排，距该年还有60日"),
        ("2026-12-31 09:00", "工作日历未包含2027年节假日安排，距该年还有1日"),
        ("2027-03-01 09:00", "工作日历未包含2027年节假日安排，该年已经开始"),
    ],
)
def test_missing_year_is_warned_of_60_days_ahead(today: str, warning: str) -> None:
    assert missing_year_warning(at(today)).split("：")[0] == warning


def test_warning_is_a_due_row_that_leaves_evidence(actors: Cast) -> None:
    schedule_warning(at=NOW)
    schedule_warning(at=NOW)
    [row] = DueEvent.objects.filter(kind=WARN_KIND)
    assert row.due_at == at("2026-11-02 00:00")

    due.sweep(until=NOW)
    schedule_warning(at=NOW)

    [entry] = EvidenceEntry.objects.filter(kind="calendar.warned")
    assert entry.legal_at == at("2026-11-02 00:00")
    assert "距该年还有60日" in entry.payload["warning"]
    assert DueEvent.objects.filter(kind=WARN_KIND, fired_at=None).count() == 0


def test_warning_moves_on_when_the_year_is_entered(actors: Cast) -> None:
    schedule_warning(at=NOW)
    save_year(DRAFT, by=actors.actor("stb"), at=NOW)

    rows = DueEvent.objects.filter(kind=WARN_KIND, cancelled_at=None)
    assert [row.due_at for row in rows] == [at("2027-11-02 00:00")]
    calendar_watch.warn_of_missing_year(
        CalendarYear.objects.get(year=2026), at("2026-11-02 00:00")
    )
    assert not EvidenceEntry.objects.filter(kind="calendar.warned").exists()


def examined(moment: datetime) -> list[tuple[Severity, str]]:
    return [(found.severity, found.text) for found in calendar_watch.calendar(moment)]


def test_doctor_tells_how_the_calendar_stands() -> None:
    assert examined(at("2026-06-01 09:00")) == [(Severity.GOOD, "2004至2026年")]
    [(severity, text)] = examined(NOW)
    assert (severity, text.split("距")[0]) == (
        Severity.HINT,
        "工作日历未包含2027年节假日安排，",
    )
    CalendarYear.objects.all().delete()
    assert examined(NOW) == [
        (Severity.FAULT, "没有数据，请运行 manage.py load_calendar")
    ]
