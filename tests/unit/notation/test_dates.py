from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation.dates import chinese_date, chinese_month, plain_date, years_later
from notation.numerals import parse_numeral


@pytest.mark.parametrize(
    ("day", "plain", "full", "month"),
    [
        (date(2026, 3, 5), "2026年3月5日", "二〇二六年三月五日", "二〇二六年三月"),
        (date(2030, 10, 10), "2030年10月10日", "二〇三〇年十月十日", "二〇三〇年十月"),
        (
            date(1999, 12, 31),
            "1999年12月31日",
            "一九九九年十二月三十一日",
            "一九九九年十二月",
        ),
        (
            date(2100, 11, 20),
            "2100年11月20日",
            "二一〇〇年十一月二十日",
            "二一〇〇年十一月",
        ),
    ],
)
def test_date_is_written(day, plain, full, month):
    assert (plain_date(day), chinese_date(day), chinese_month(day)) == (
        plain,
        full,
        month,
    )


@given(st.dates())
def test_chinese_date_reads_back(day):
    text = chinese_date(day)
    year, _, rest = text.partition("年")
    month, _, rest = rest.partition("月")
    digits = "".join(str("〇一二三四五六七八九".index(character)) for character in year)

    assert date(int(digits), parse_numeral(month), parse_numeral(rest[:-1])) == day


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2026, 3, 5), 10, date(2036, 3, 5)),
        pytest.param(date(2024, 2, 29), 1, date(2025, 2, 28), id="a29-leap-day"),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 1, 1), -1, date(2025, 1, 1)),
    ],
)
def test_years_later_is_the_corresponding_day(day, years, later):
    assert years_later(day, years) == later


@pytest.mark.parametrize("years", [-2026, 7974])
def test_years_later_outside_the_calendar_raises(years):
    with pytest.raises(ValueError, match="year"):
        years_later(date(2026, 1, 1), years)
