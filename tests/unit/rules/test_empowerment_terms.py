"""Use rights of ten years, and patents that end before (EM-01, EM-14, PS-03)."""

from datetime import date

import pytest

from cms.rules.achievements import IpType
from cms.rules.empowerment import (
    PatentTerm,
    check_recordal_end,
    check_use_right,
    earliest_end,
    last_valid_day,
    recordal_end,
    warn_expiries,
)
from cms.rules.periods import PERIODS
from cms.rules.violations import RuleViolation

EDITION = PERIODS.edition_on(date(2026, 11, 1))


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2026, 11, 1), date(2036, 10, 31)),
        (date(2028, 2, 29), date(2038, 2, 28)),
        (date(2026, 11, 1), date(2046, 10, 31)),
    ],
    ids=["g05 exactly ten years", "g07 from 29 February", "longer"],
)
def test_use_right_of_ten_years_is_accepted(starts_on, ends_on):
    check_use_right(starts_on, ends_on, EDITION)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "earliest"),
    [
        (date(2026, 11, 1), date(2036, 10, 30), "2036-10-31"),
        (date(2026, 11, 1), date(2031, 10, 31), "2036-10-31"),
    ],
    ids=["one day short", "g29 five years"],
)
def test_g29_shorter_use_right_is_refused_with_the_earliest_end(
    starts_on, ends_on, earliest
):
    with pytest.raises(RuleViolation) as refusal:
        check_use_right(starts_on, ends_on, EDITION)

    assert refusal.value.code == "E-EM-03"
    assert refusal.value.message == (
        f"长期使用权期限不得低于10年（最早届满日{earliest}）。"
    )


def test_a29_earliest_end_from_29_february():
    assert earliest_end(date(2028, 2, 29), EDITION) == date(2038, 2, 28)


@pytest.mark.parametrize(
    ("kind", "filed_on", "last_day"),
    [
        (IpType.UTILITY_MODEL, date(2020, 5, 1), date(2030, 4, 30)),
        (IpType.INVENTION, date(2018, 3, 9), date(2038, 3, 8)),
        (IpType.DESIGN, date(2022, 1, 1), date(2036, 12, 31)),
        (IpType.SOFTWARE, date(2020, 5, 1), None),
    ],
    ids=["g26 utility model", "invention", "design", "no patent"],
)
def test_last_valid_day_is_the_day_before_the_anniversary(kind, filed_on, last_day):
    assert last_valid_day(kind, filed_on) == last_day


MODEL = PatentTerm("ZL202020123456.8", date(2030, 4, 30))


def test_g26_patent_that_ends_earlier_warns_and_caps_the_recordal():
    (warning,) = warn_expiries(date(2036, 10, 31), [MODEL])

    assert warning.code == "W-EM-10"
    assert warning.message == (
        "ZL202020123456.8将于2030-04-30期满，早于使用权期限，已加入期满处理条款。"
    )
    assert recordal_end(date(2036, 10, 31), [MODEL]) == date(2030, 4, 30)


def test_g26_recordal_past_the_patent_is_refused():
    with pytest.raises(RuleViolation) as refusal:
        check_recordal_end(date(2036, 10, 31), [MODEL])

    assert refusal.value.code == "E-PS-01"
    assert refusal.value.message == "许可期限不得超过专利权有效期（2030-04-30）。"


def test_patent_that_lasts_longer_needs_no_warning():
    assert warn_expiries(date(2030, 4, 30), [MODEL]) == []
    check_recordal_end(date(2030, 4, 30), [MODEL])
    assert recordal_end(date(2029, 1, 1), []) == date(2029, 1, 1)
