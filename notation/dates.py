"""Dates as Chinese papers write them."""

from datetime import date

from notation.numerals import format_numeral, write_digits


def plain_date(day: date) -> str:
    """Return `2026年3月5日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_date(day: date) -> str:
    """Return `二〇二六年三月五日`."""
    return f"{chinese_month(day)}{format_numeral(day.day)}日"


def chinese_month(day: date) -> str:
    """Return `二〇二六年三月`."""
    return f"{write_digits(day.year)}年{format_numeral(day.month)}月"


def years_later(day: date, years: int) -> date:
    """Return the corresponding day, or the end of its month (民法典202).

    Raises:
        ValueError: the year lies outside 1 … 9999.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        if not 1 <= day.year + years <= 9999:
            raise
        return day.replace(year=day.year + years, day=28)
