"""Acceptance cases of the time engine, by number."""

from datetime import UTC, date, datetime

import pytest

from cms.rules.deadlines import (
    check_planned_close,
    compute,
    effective_close,
    is_late,
    is_open,
    recompute,
    reminder_days,
    require_expired,
    require_firm,
)
from cms.rules.periods import PERIODS
from cms.rules.shanghai_time import end_of, format_close
from tests.factories.calendars import calendar_with, shipped_calendar, year_2027
from tests.factories.deadlines import EDITION, at, deadline, refusal

CASES = {
    "a01": ("NOTICE_LISTING", "2026-09-25 10:00", "2026-10-10 24:00"),
    "a04": ("NOTICE_LISTING", "2026-09-10 10:00", "2026-09-28 24:00"),
    "a05": ("NOTICE_LISTING", "2026-09-16 10:00", "2026-10-08 24:00"),
    "a07": ("NOTICE_LISTING", "2026-01-30 10:00", "2026-02-14 24:00"),
    "a08": ("NOTICE_LISTING", "2026-02-05 10:00", "2026-02-24 24:00"),
    "a10": ("NOTICE_AUCTION", "2026-09-16 10:00", "2026-09-23 24:00"),
    "a11": ("NOTICE_AUCTION", "2026-09-24 10:00", "2026-10-08 24:00"),
    "a13": ("NOTICE_REWARD", "2026-09-28 10:00", "2026-10-23 24:00"),
    "a14": ("NOTICE_REWARD", "2026-09-18 10:00", "2026-10-15 24:00"),
    "a16": ("NOTICE_REWARD", "2026-12-10 10:00", "2026-12-31 24:00"),
    "a19": ("NOTICE_TM", "2026-09-30 10:00", "2026-10-13 24:00"),
    "a20": ("NOTICE_TM", "2026-09-17 10:00", "2026-09-23 24:00"),
    "a23": ("PATENT_RECORD", "2026-07-01 10:00", "2026-10-08 24:00"),
    "a26": ("PATENT_RECORD", "2026-09-30 10:00", "2026-12-30 24:00"),
    "a29": ("LONG_USE_MIN", "2028-02-29 10:00", "2038-02-28 24:00"),
    "c01_platform": ("NOTICE_NEGOTIATED", "2026-09-25 10:00", "2026-10-10 24:00"),
    "c01_unit": ("NOTICE_NEGOTIATED", "2026-09-28 10:00", "2026-10-13 24:00"),
    "d05": ("OBJ_DEFENCE", "2026-10-20 10:00", "2026-10-27 24:00"),
    "d07": ("OBJ_RIGHTS", "2026-09-16 10:00", "2026-10-08 24:00"),
    "d13": ("OBJ_NEG_REPLY", "2026-09-17 10:00", "2026-09-20 24:00"),
    "g05": ("LONG_USE_MIN", "2026-11-01 00:00", "2036-10-31 24:00"),
    "g07": ("LONG_USE_MIN", "2028-02-29 00:00", "2038-02-28 24:00"),
    "g10": ("NOTICE_EMPOWER", "2026-11-02 10:00", "2026-11-17 24:00"),
    "i10": ("NOTICE_ABANDON", "2026-11-03 10:00", "2026-11-18 24:00"),
    "i19": ("SELF_EVAL_DUE", "2026-07-01 10:00", "2027-01-31 24:00"),
}


@pytest.mark.parametrize(("rule", "opened", "close"), CASES.values(), ids=CASES)
def test_close_of_acceptance_case(rule: str, opened: str, close: str) -> None:
    found = deadline(rule, opened)

    assert format_close(found.close_at) == close
    assert found.close_at == end_of(found.last_day)
    assert found.last_day.isoformat() == close[:10]
    assert (found.provisional, found.missing_year) == (False, None)
    assert found.rule_version == EDITION


def test_a01_every_day_is_shown() -> None:
    rows = deadline("NOTICE_LISTING", "2026-09-25 10:00").derivation

    assert (rows[0].date, rows[0].counted) == (date(2026, 9, 25), False)
    assert (rows[1].date, rows[1].reason) == (date(2026, 9, 26), "第1日")
    assert (rows[-1].date, rows[-1].reason) == (date(2026, 10, 10), "第15日")
    assert [row.counted for row in rows] == [False] + [True] * 15


def test_a02_earlier_planned_close_is_refused_with_the_earliest() -> None:
    found = deadline("NOTICE_LISTING", "2026-09-25 10:00")

    said = refusal(check_planned_close, found, at("2026-10-10 00:00"))

    assert said.code == "E-NT-01"
    assert (
        said.message == "计划截止时间早于最短期限：本公示最早于2026-10-10 24:00届满。"
    )
    check_planned_close(found, at("2026-10-11 00:00"))


def test_a02_planned_last_day_may_only_be_later() -> None:
    terms = ("NOTICE_LISTING", at("2026-09-25 10:00"), shipped_calendar())

    said = refusal(compute, *terms, planned_last_day=date(2026, 10, 9))
    same = compute(*terms, planned_last_day=date(2026, 10, 10))
    longer = compute(*terms, planned_last_day=date(2026, 10, 17))

    assert said.parameters == {"earliest": "2026-10-10 24:00"}
    assert same == compute(*terms)
    assert longer.last_day == date(2026, 10, 17)  # a Saturday: a wish never rolls
    assert longer.derivation[-1].reason == "自行延长的公示日"


def test_a_published_notice_outlives_a_planned_day_that_was_overtaken() -> None:
    terms = ("NOTICE_LISTING", at("2026-09-25 10:00"), shipped_calendar())

    overtaken = recompute(*terms, planned_last_day=date(2026, 10, 9))
    longer = recompute(*terms, planned_last_day=date(2026, 10, 17))

    assert overtaken == compute(*terms) == recompute(*terms)
    assert longer == compute(*terms, planned_last_day=date(2026, 10, 17))


def test_a04_a_holiday_and_the_weekend_after_are_passed_over() -> None:
    rows = deadline("NOTICE_LISTING", "2026-09-10 10:00").derivation

    assert [(row.date.day, row.counted, row.reason) for row in rows[-4:]] == [
        (25, False, "第15日，逢中秋节，顺延"),
        (26, False, "中秋节，顺延"),
        (27, False, "中秋节，顺延"),
        (28, True, "第15日，顺延至此（周一）"),
    ]


def test_a10_a11_auction_may_start_at_the_close() -> None:
    early = deadline("NOTICE_AUCTION", "2026-09-16 10:00")
    late = deadline("NOTICE_AUCTION", "2026-09-24 10:00")

    assert is_late(early.close_at, at("2026-09-24 00:00"))
    assert not is_late(late.close_at, at("2026-10-02 09:00"))
    assert late.close_at == at("2026-10-09 00:00")


def test_a13_working_days_are_numbered_and_rest_days_named() -> None:
    rows = deadline("NOTICE_REWARD", "2026-09-28 10:00").derivation

    counted = [row.date.isoformat()[5:] for row in rows if row.counted]
    assert counted == [
        "09-29",
        "09-30",
        "10-08",
        "10-09",
        "10-10",
        "10-12",
        "10-13",
        "10-14",
        "10-15",
        "10-16",
        "10-19",
        "10-20",
        "10-21",
        "10-22",
        "10-23",
    ]
    assert rows[3].reason == "国庆节，不计入"
    assert rows[12].reason == "第5个工作日（周六，调休上班）"
    assert rows[13].reason == "周日，不计入"


def test_a17_missing_year_refuses_working_days_until_it_is_loaded() -> None:
    opened = at("2026-12-11 10:00")

    said = refusal(compute, "NOTICE_REWARD", opened, shipped_calendar())
    loaded = compute("NOTICE_REWARD", opened, calendar_with(year_2027()))

    assert said.code == "E-NT-03"
    assert "2027年" in said.message
    assert format_close(loaded.close_at) == "2027-01-04 24:00"


def test_a17_an_unpublished_year_is_as_good_as_missing() -> None:
    calendar = calendar_with(year_2027(is_published=False))

    said = refusal(compute, "NOTICE_REWARD", at("2026-12-11 10:00"), calendar)
    rolled = compute("PATENT_RECORD", at("2026-11-12 10:00"), calendar)

    assert said.parameters == {"year": 2027}
    # The entered days are used, but the date stays provisional.
    assert (rolled.last_day, rolled.provisional) == (date(2027, 2, 15), True)


def test_a22_server_time_decides_whether_a_notice_has_ended() -> None:
    close_at = deadline("NOTICE_LISTING", "2026-09-25 10:00").close_at

    said = refusal(require_expired, close_at, at("2026-10-09 12:00"))

    assert said.code == "E-NT-04"
    assert said.parameters == {"close": "2026-10-10 24:00"}
    require_expired(close_at, at("2026-10-11 00:00"))


def test_a23_reminders_count_from_the_nominal_date() -> None:
    found = deadline("PATENT_RECORD", "2026-07-01 10:00")

    assert found.nominal_day == date(2026, 10, 1)
    assert reminder_days(found) == (
        date(2026, 8, 2),
        date(2026, 9, 1),
        date(2026, 9, 24),
    )


def test_a25_month_end_rolls_provisionally_until_the_year_is_known() -> None:
    found = deadline("PATENT_RECORD", "2026-11-30 10:00")
    firm = compute("PATENT_RECORD", at("2026-11-30 10:00"), calendar_with(year_2027()))

    assert found.nominal_day == date(2027, 2, 28)
    assert found.last_day == date(2027, 3, 1)
    assert (found.provisional, found.missing_year) == (True, 2027)
    assert refusal(require_firm, found).message.startswith("工作日历未包含2027年")
    # With the invented 2027 the Sunday 02-28 is worked, so nothing moves.
    assert (firm.last_day, firm.provisional) == (date(2027, 2, 28), False)
    require_firm(firm)


def test_a27_a_time_in_utc_is_taken_to_shanghai_first() -> None:
    opened = datetime(2026, 9, 24, 16, 30, tzinfo=UTC)

    found = compute("NOTICE_LISTING", opened, shipped_calendar())

    assert found.opened_at.isoformat() == "2026-09-25T00:30:00+08:00"
    assert format_close(found.close_at) == "2026-10-10 24:00"


def test_c01_effective_close_of_two_venues_is_the_later() -> None:
    platform = deadline("NOTICE_NEGOTIATED", "2026-09-25 10:00").close_at
    unit = deadline("NOTICE_NEGOTIATED", "2026-09-28 10:00").close_at

    effective = effective_close([platform, unit])

    assert effective == at("2026-10-14 00:00")
    assert refusal(require_expired, effective, at("2026-10-12 09:00")).code == "E-NT-04"


def test_c04_two_extensions_add_exactly_and_never_roll() -> None:
    opened = "2026-09-25 10:00"

    once = deadline("NOTICE_NEGOTIATED", opened, extensions=(7,))
    twice = deadline("NOTICE_NEGOTIATED", opened, extensions=(7, 7))

    assert format_close(once.close_at) == "2026-10-17 24:00"  # a Saturday
    assert format_close(twice.close_at) == "2026-10-24 24:00"  # a Saturday
    assert twice.derivation[-1].reason == "第2次延长第7日"


def test_c05_third_extension_is_refused() -> None:
    said = refusal(
        deadline, "NOTICE_NEGOTIATED", "2026-09-25 10:00", extensions=(1, 1, 1)
    )

    assert said.code == "E-XT-02"


def test_d01_d02_the_last_second_is_in_time_and_the_next_is_late() -> None:
    found = deadline("NOTICE_LISTING", "2026-09-25 10:00")

    assert is_open(found.opened_at, found.close_at, at("2026-10-10 23:59:59"))
    assert not is_late(found.close_at, at("2026-10-10 23:59:59"))
    assert is_late(found.close_at, at("2026-10-11 00:00:00"))
    assert not is_open(found.opened_at, found.close_at, at("2026-10-11 00:00:00"))
    assert is_open(found.opened_at, found.close_at, found.opened_at)
    assert not is_open(found.opened_at, found.close_at, at("2026-09-25 09:59"))


def test_g10_signing_on_the_last_day_is_too_early() -> None:
    close_at = deadline("NOTICE_EMPOWER", "2026-11-02 10:00").close_at

    assert not is_late(close_at, at("2026-11-17 18:00"))
    assert is_late(close_at, at("2026-11-18 00:00"))


def test_a_time_of_day_is_written_with_its_minutes() -> None:
    assert format_close(at("2026-10-09 00:00")) == "2026-10-08 24:00"
    assert format_close(at("2026-10-09 09:30")) == "2026-10-09 09:30"


def test_h22_an_entry_at_the_close_of_a_batch_is_late() -> None:
    close_at = end_of(date(2026, 11, 20))

    assert is_late(close_at, at("2026-11-21 00:00"))
    assert not is_late(close_at, at("2026-11-20 23:59:59.999999"))


def test_i19_fixed_dates_include_the_day_and_never_roll() -> None:
    found = deadline("SELF_EVAL_DUE", "2026-12-31 23:59")

    assert found.last_day == date(2027, 1, 31)  # a Sunday
    assert not is_late(found.close_at, at("2027-01-31 23:00"))
    assert is_late(found.close_at, at("2027-02-01 00:00"))
    assert reminder_days(found) == (
        date(2026, 12, 15),
        date(2027, 1, 15),
        date(2027, 1, 25),
    )


def test_report_due_on_its_own_last_day_has_one_row() -> None:
    rows = deadline("TM_REPORT_DUE", "2026-12-31 10:00").derivation

    assert [(row.date, row.counted) for row in rows] == [(date(2026, 12, 31), True)]
    assert rows[0].reason == "当年12月31日（固定日期，当日计入）"


def test_months_and_years_show_each_corresponding_day() -> None:
    months = deadline("PATENT_RECORD", "2026-11-30 10:00").derivation
    years = deadline("TM_TERM", "2028-02-29 10:00").derivation
    right = deadline("LONG_USE_MIN", "2028-02-29 10:00").derivation

    assert [row.reason for row in months] == [
        "开始当日不计入",
        "满1个月（对应日）",
        "满2个月（对应日）",
        "满3个月（无对应日，为月末日），逢周日（2027年安排未公布，推定），顺延",
        "满3个月（无对应日，为月末日），顺延至此（周一（2027年安排未公布，推定））",
    ]
    assert [row.date.isoformat() for row in years[1:]] == [
        "2029-02-28",
        "2030-02-28",
        "2031-02-28",
    ]
    assert right[0].reason == "权利首日，计入"
    assert right[4].reason == "满4年（对应日的前一日）"
    assert right[4].date == date(2032, 2, 28)
    assert right[-1].reason == "满10年（无对应日，为月末日）"


def test_fixed_holidays_are_presumed_in_a_missing_year() -> None:
    found = deadline("NOTICE_AUCTION", "2027-09-24 10:00")

    assert found.last_day == date(2027, 10, 4)  # Friday 10-01 to Sunday 10-03 rest
    assert found.provisional
    assert "国庆节（2027年安排未公布，推定）" in found.derivation[-4].reason


def test_a_period_that_ends_before_the_missing_year_is_firm() -> None:
    assert not deadline("NOTICE_LISTING", "2026-12-16 10:00").provisional
    assert deadline("NOTICE_LISTING", "2026-12-17 10:00").provisional


def test_a_provisional_base_makes_the_extended_end_provisional() -> None:
    assert deadline(
        "NOTICE_NEGOTIATED", "2026-12-20 10:00", extensions=(7,)
    ).provisional


def test_a_naive_time_is_read_as_shanghai() -> None:
    naive = compute("NOTICE_LISTING", datetime(2026, 9, 25, 10), shipped_calendar())

    assert naive == deadline("NOTICE_LISTING", "2026-09-25 10:00")


def test_every_period_of_the_register_computes() -> None:
    names = [period.name for period in PERIODS.periods(EDITION)]

    assert names == [
        "NOTICE_EMPOWER",
        "NOTICE_LISTING",
        "NOTICE_NEGOTIATED",
        "NOTICE_AUCTION",
        "NOTICE_REWARD",
        "NOTICE_TM",
        "NOTICE_ABANDON",
        "NOTICE_PRE_TALKS",
        "OBJ_NEG_REPLY",
        "OBJ_RIGHTS",
        "OBJ_FORMAL",
        "OBJ_DEFENCE",
        "BIDDER_CONSENT",
        "FORMAL_REVIEW",
        "FILE_REMIND",
        "PATENT_RECORD",
        "LONG_USE_MIN",
        "DEFER_ADVISED",
        "STATUS_ASK",
        "SELF_EVAL_DUE",
        "TM_REPORT_DUE",
        "TM_CERT",
        "TM_TERM",
        "UNIT_RULES_DUE",
        "PILOT_TERM",
        "ENTRY_VALID",
    ]
    for name in names:
        assert deadline(name, "2026-09-25 10:00").rule == name
