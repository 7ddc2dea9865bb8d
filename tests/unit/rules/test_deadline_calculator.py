"""The calculator's contract: text in, plain data out, refusals in order."""

import pytest

from cms.rules.deadline_calculator import Question, answer, as_data, question_from
from cms.rules.violations import RuleViolation
from tests.factories.calendars import shipped_calendar

OPENED = "2026-09-25T10:00:00+08:00"
STOP = "2026-09-28T09:00:00+08:00..2026-09-29T09:00:00+08:00"


def ask(rule: str, opened_at: str, suspend=(), extend=()) -> dict:
    return as_data(
        answer(Question(rule, opened_at, suspend, extend), shipped_calendar())
    )


def refused(
    rule: str, opened_at: str = OPENED, suspend=(), extend=()
) -> tuple[str, str]:
    with pytest.raises(RuleViolation) as caught:
        ask(rule, opened_at, suspend, extend)
    return caught.value.code, caught.value.message


def test_answer_has_the_keys_of_the_contract_in_order() -> None:
    found = ask("NOTICE_AUCTION", "2026-09-16T10:00:00+08:00")

    assert found == {
        "rule": "NOTICE_AUCTION",
        "rule_version": "2026-01-01",
        "opened_at": "2026-09-16T10:00:00+08:00",
        "close_at": "2026-09-24T00:00:00+08:00",
        "last_day": "2026-09-23",
        "provisional": False,
        "derivation": [
            {"date": "2026-09-16", "counted": False, "reason": "开始当日不计入"}
        ]
        + [
            {"date": f"2026-09-{day}", "counted": True, "reason": f"第{day - 16}日"}
            for day in range(17, 24)
        ],
    }
    assert list(found) == [
        "rule",
        "rule_version",
        "opened_at",
        "close_at",
        "last_day",
        "provisional",
        "derivation",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-25T10:00:00+08:00",
        "2026-09-25T10:00:00 08:00",
        "2026-09-25T10:00:00",
        "2026-09-25 10:00",
        "2026-09-25 10:00:00.000 08:00",
        "2026-09-25T10:00+0800",
        "2026-09-25T10:00+08",
        "2026-09-25T02:00:00Z",
        "2026-09-24T21:00:00-05:00",
        " 2026-09-25T10:00:00+08:00 ",
    ],
)
def test_one_instant_may_be_written_in_many_ways(text: str) -> None:
    found = ask("NOTICE_LISTING", text)

    assert found["opened_at"] == "2026-09-25T10:00:00+08:00"
    assert found["close_at"] == "2026-10-11T00:00:00+08:00"


def test_a27_utc_is_converted_before_the_day_is_read() -> None:
    found = ask("NOTICE_LISTING", "2026-09-24T16:30:00Z")

    assert found["opened_at"] == "2026-09-25T00:30:00+08:00"
    assert found["last_day"] == "2026-10-10"


def test_midnight_may_be_written_as_24_and_a_day_alone_is_its_start() -> None:
    assert ask("NOTICE_TM", "2026-09-29T24:00")["opened_at"] == (
        "2026-09-30T00:00:00+08:00"
    )
    assert ask("NOTICE_TM", "2026-09-30")["opened_at"] == "2026-09-30T00:00:00+08:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "明天",
        "2026-02-30T10:00:00+08:00",
        "2026-09-25T24:30",
        "2026-09-25T10",
        "2026-09-25T10:00:00+99:00",
        "2026/09/25 10:00",
        "20260925T100000",
        "2026-09-25T10:00:00+08:00x",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59",
        "２０２６-09-25T10:00",
    ],
)
def test_what_is_no_instant_is_refused_as_typed(text: str) -> None:
    assert refused("NOTICE_LISTING", text) == ("E-CL-02", f"时间格式有误：{text}。")


def test_a28_stops_are_read_in_order() -> None:
    found = ask(
        "NOTICE_LISTING",
        "2026-10-12T08:00:00+08:00",
        (
            "2026-10-14T09:00:00 08:00..2026-10-16T10:00:00 08:00",
            "2026-10-20T09:00:00+08:00..2026-10-22T10:00:00+08:00",
        ),
    )

    assert found["close_at"] == "2026-11-03T00:00:00+08:00"


def test_c04_extensions_are_read_in_order() -> None:
    found = ask("NOTICE_NEGOTIATED", OPENED, (), ("7", " 7"))

    assert found["close_at"] == "2026-10-25T00:00:00+08:00"


BAD_STOP = "2026-09-29T09:00 08:00..2026-09-28T09:00 08:00"
REFUSALS = {
    "rule_before_time": (
        ("NO", "x", ("y",), ("z",)),
        "E-CL-01",
        "没有名为NO的期限规则。",
    ),
    "case_matters": (
        ("notice_listing", OPENED),
        "E-CL-01",
        "没有名为notice_listing的期限规则。",
    ),
    "empty_rule": (("", ""), "E-CL-01", "没有名为的期限规则。"),
    "time_before_stop": (
        ("NOTICE_TM", "x", (STOP,)),
        "E-CL-02",
        "时间格式有误：x。",
    ),
    "time_of_stop_before_kind": (
        ("NOTICE_TM", OPENED, ("昨天..今天",)),
        "E-CL-02",
        "时间格式有误：昨天。",
    ),
    "end_of_stop": (
        ("NOTICE_LISTING", OPENED, ("2026-09-28..x",)),
        "E-CL-02",
        "时间格式有误：x。",
    ),
    "stop_without_dots": (
        ("NOTICE_LISTING", OPENED, ("2026-09-28",)),
        "E-CL-02",
        "时间格式有误：2026-09-28。",
    ),
    "kind_before_order": (
        ("NOTICE_TM", OPENED, (BAD_STOP,)),
        "E-CL-03",
        "NOTICE_TM的期限不因异议中止。",
    ),
    "order_before_extension": (
        ("NOTICE_LISTING", OPENED, (BAD_STOP,), ("x",)),
        "E-CL-04",
        "中止时段须起早于止，且不早于开始时间："
        "2026-09-29T09:00+08:00..2026-09-28T09:00+08:00。",
    ),
    "b16_extension_of_another_kind": (
        ("NOTICE_LISTING", OPENED, (STOP,), ("x",)),
        "E-XT-06",
        "仅协议定价公示可以延长。",
    ),
    "extension_no_number": (
        ("NOTICE_NEGOTIATED", OPENED, (), ("9", "x")),
        "E-CL-05",
        "延长天数须为不小于1的整数：x。",
    ),
    "extension_zero": (
        ("NOTICE_NEGOTIATED", OPENED, (), ("0",)),
        "E-CL-05",
        "延长天数须为不小于1的整数：0。",
    ),
    "extension_negative": (
        ("NOTICE_NEGOTIATED", OPENED, (), ("-1",)),
        "E-CL-05",
        "延长天数须为不小于1的整数：-1。",
    ),
    "extension_fraction": (
        ("NOTICE_NEGOTIATED", OPENED, (), ("1.5",)),
        "E-CL-05",
        "延长天数须为不小于1的整数：1.5。",
    ),
    "extension_too_long": (
        ("NOTICE_NEGOTIATED", OPENED, (), ("1", "1", "8")),
        "E-XT-01",
        "每次延长不得超过7日。",
    ),
    "c05_extension_too_many": (
        ("NOTICE_NEGOTIATED", OPENED, (), ("7", "7", "1")),
        "E-XT-02",
        "单个交易延长公示不得超过2次。",
    ),
    "stop_at_the_close": (
        ("NOTICE_LISTING", OPENED, ("2026-10-10T24:00..2026-10-12",)),
        "E-OB-01",
        "异议期限已届满（2026-10-10 24:00），不予受理。",
    ),
    "missing_year": (
        ("NOTICE_REWARD", "2026-12-11"),
        "E-NT-03",
        "工作日历未包含2027年节假日安排，无法确定届满日，请先维护工作日历。",
    ),
}


@pytest.mark.parametrize(("asked", "code", "message"), REFUSALS.values(), ids=REFUSALS)
def test_first_refusal_that_applies(asked: tuple, code: str, message: str) -> None:
    assert refused(*asked) == (code, message)


def test_refusal_is_plain_data() -> None:
    with pytest.raises(RuleViolation) as caught:
        ask("NO", OPENED)

    assert caught.value.as_data() == {
        "error": {
            "type": "RuleViolation",
            "code": "E-CL-01",
            "message": "没有名为NO的期限规则。",
        }
    }


def test_question_is_read_from_the_parameters_of_an_address() -> None:
    found = question_from(
        [("rule", ["NOTICE_TM"]), ("extend", ["1", "2"]), ("opened_at", ["x"])]
    )

    assert found == Question("NOTICE_TM", "x", (), ("1", "2"))
    assert question_from([]) == Question("", "")


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        (
            [("rule", ["NO"]), ("foo", ["1"]), ("bar", ["2"])],
            "E-CQ-01",
            "不支持的参数：foo、bar。",
        ),
        ([("rule", ["A", "B"])], "E-CQ-02", "参数rule只能给出一次。"),
        ([("opened_at", ["A", "A"])], "E-CQ-02", "参数opened_at只能给出一次。"),
    ],
    ids=["unknown", "rule_twice", "time_twice"],
)
def test_parameters_that_are_not_understood_are_refused(
    given: list, code: str, message: str
) -> None:
    with pytest.raises(RuleViolation) as caught:
        question_from(given)

    assert (caught.value.code, caught.value.message) == (code, message)
