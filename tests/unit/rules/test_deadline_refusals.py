"""Refusals of the time engine, in the order of the register."""

import pytest

from cms.rules.deadlines import (
    check_extensions,
    find_period,
)
from tests.factories.deadlines import EDITION, deadline, refusal, stop

REFUSALS = {
    "e_cl_01_unknown": ("NOTICE_NOTHING", (), (), "E-CL-01"),
    "e_cl_01_number": ("EXT_TIMES", (), (), "E-CL-01"),
    "e_cl_01_cap": ("EXT_MAX", (), (), "E-CL-01"),
    "e_cl_01_share": ("REWARD_FLOOR", (), (), "E-CL-01"),
    "e_cl_03": (
        "NOTICE_NEGOTIATED",
        (stop("2026-09-26 00:00", "2026-09-27 00:00"),),
        (9,),
        "E-CL-03",
    ),
    "e_cl_04_order": (
        "NOTICE_LISTING",
        (stop("2026-09-27 00:00", "2026-09-26 00:00"),),
        (1,),
        "E-CL-04",
    ),
    "e_cl_04_empty": (
        "NOTICE_LISTING",
        (stop("2026-09-27 00:00", "2026-09-27 00:00"),),
        (),
        "E-CL-04",
    ),
    "e_cl_04_before_start": (
        "NOTICE_LISTING",
        (stop("2026-09-25 09:59", "2026-09-27 00:00"),),
        (),
        "E-CL-04",
    ),
    "e_xt_06": ("NOTICE_LISTING", (), (0,), "E-XT-06"),
    "e_cl_05": ("NOTICE_NEGOTIATED", (), (8, 0), "E-CL-05"),
    "e_xt_01": ("NOTICE_NEGOTIATED", (), (1, 1, 8), "E-XT-01"),
    "e_xt_02": ("NOTICE_NEGOTIATED", (), (1, 1, 7), "E-XT-02"),
    "e_ob_01": (
        "NOTICE_LISTING",
        (stop("2026-10-11 00:00", "2026-10-12 00:00"),),
        (),
        "E-OB-01",
    ),
}


@pytest.mark.parametrize(
    ("rule", "stops", "extensions", "code"), REFUSALS.values(), ids=REFUSALS
)
def test_refusal_in_the_order_of_the_register(
    rule: str, stops: tuple, extensions: tuple, code: str
) -> None:
    said = refusal(deadline, rule, "2026-09-25 10:00", *stops, extensions=extensions)

    assert said.code == code


def test_refusal_of_a_stop_shows_what_was_given() -> None:
    said = refusal(
        deadline,
        "NOTICE_LISTING",
        "2026-09-25 10:00",
        stop("2026-09-27 00:00", "2026-09-26 00:00"),
    )

    assert said.message == (
        "中止时段须起早于止，且不早于开始时间："
        "2026-09-27T00:00:00+08:00..2026-09-26T00:00:00+08:00。"
    )


def test_refusal_at_the_close_names_the_close_as_it_then_stands() -> None:
    first = stop("2026-10-01 00:00", "2026-10-11 00:00")
    second = stop("2026-10-21 00:00", "2026-10-22 00:00")

    said = refusal(deadline, "NOTICE_LISTING", "2026-09-25 10:00", first, second)

    # 10 days left at 10-01, so the close stands at 10-20 24:00.
    assert said.message == "异议期限已届满（2026-10-20 24:00），不予受理。"


def test_extensions_may_be_checked_alone() -> None:
    period = find_period("NOTICE_LISTING", EDITION)

    check_extensions(period, (), EDITION)
    assert refusal(check_extensions, period, (1,), EDITION).code == "E-XT-06"
