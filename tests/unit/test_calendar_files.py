"""Calendar files: shipped years, reading and writing of tables."""

from datetime import date, datetime

import chinese_calendar
import pytest

from cms.core.calendar_files import read_year, shipped_years, write_year
from cms.rules.violations import RuleViolations

HEAD = ["日期", "上班或休息", "名称"]


def faults(rows: list[list[object]]) -> list[str]:
    with pytest.raises(RuleViolations) as caught:
        read_year(rows)
    return [f"{one.code} {one.message}" for one in caught.value.violations]


def test_shipped_files_hold_what_the_package_names() -> None:
    constants = chinese_calendar.constants

    found = {
        day: is_workday
        for days in shipped_years().values()
        for day, (is_workday, _) in days.items()
    }

    expected = dict.fromkeys(constants.holidays, False)
    expected |= dict.fromkeys(constants.workdays, True)
    assert found == expected
    assert sorted(shipped_years()) == list(range(2004, 2027))


def test_table_is_read_with_words_or_figures() -> None:
    year, days = read_year(
        [
            [*HEAD, "备注"],
            ["2027-01-01", "休息", "元旦"],
            [datetime(2027, 1, 3), 1, " 元旦调休 ", "x"],
            [None, None, None],
            ["2027/2/5", "0", "春节"],
            ["2027年2月6日", True, "春节"],
        ]
    )

    assert year == 2027
    assert days == {
        date(2027, 1, 1): (False, "元旦"),
        date(2027, 1, 3): (True, "元旦调休"),
        date(2027, 2, 5): (False, "春节"),
        date(2027, 2, 6): (True, "春节"),
    }


def test_written_table_is_read_back() -> None:
    days = shipped_years()[2026]
    text = write_year(days)

    assert text.startswith("date,is_workday,name\n2026-01-01,0,元旦\n")
    rows = [line.split(",") for line in text.splitlines()]
    assert read_year(rows) == (2026, days)


def test_every_cell_at_fault_is_named() -> None:
    rows: list[list[object]] = [
        HEAD,
        ["2027-02-30", "上班", "春节"],
        ["2027-01-01", "也许", ""],
        ["2027-01-02", "休息", "元旦"],
        ["2027-01-02", "休息", "元旦"],
        ["", "休息", "名" * 41],
    ]

    assert faults(rows) == [
        "E-WC-01 第2行“日期”有误：“2027-02-30”不是日期（如2027-01-01）。",
        "E-WC-01 第3行“上班或休息”有误：“也许”应为“上班”或“休息”。",
        "E-WC-01 第3行“名称”有误：须填写，不超过40字。",
        "E-WC-01 第5行“日期”有误：2027-01-02重复。",
        "E-WC-01 第6行“日期”有误：“”不是日期（如2027-01-01）。",
        "E-WC-01 第6行“名称”有误：须填写，不超过40字。",
    ]


def test_one_file_holds_one_year() -> None:
    rows: list[list[object]] = [
        ["2027-01-01", "休息", "元旦"],
        ["2028-01-01", "休息", "元旦"],
    ]

    assert faults(rows) == ["E-WC-02 一个文件只能包含一个年份，现有：2027、2028。"]


def test_file_without_days_is_refused() -> None:
    assert faults([HEAD]) == ["E-WC-03 文件中没有日期。"]
    assert faults([]) == ["E-WC-03 文件中没有日期。"]
