"""The register of messages holds every code, with its text and its articles."""

import pkgutil
import re
import string
from importlib import import_module
from itertools import chain

import pytest

from cms.rules import messages
from cms.rules.messages import MESSAGES
from cms.rules.messages.parameters import PARAMETERS
from cms.rules.violations import RuleViolation

CODES = {
    "E-AN": "01",
    "E-AS": "01 02",
    "E-AU": "01 02 03 04 05",
    "E-CC": "02 03 04",
    "E-CH": "01 02",
    "E-CL": "01 02 03 04 05",
    "E-DL": "01 02 03",
    "E-EM": "01 02 03 04 05 06 07 08 09 11 12 13 14 15",
    "E-EX": "01 02 03",
    "E-FP": "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23",
    "E-HR": "01 02 03 04",
    "E-ID": "01 02 03",
    "E-LG": "01 02 03 04 05 06 07 08 09",
    "E-LS": "01 02 03 04 05 06 07",
    "E-NG": "01",
    "E-NT": "01 02 03 04 05 06",
    "E-OB": "01 02 03 04 05 06 07 08 09 10",
    "E-OT": "01 02 03 07",
    "E-PS": "01 02 03 04",
    "E-RW": "01 02 03 04",
    "E-SE": "01 02",
    "E-SR": "01",
    "E-ST": "01 02 03 04",
    "E-TM": "01 02 03 04 05 06 07 08",
    "E-TR": "01 02 03 04",
    "E-UT": "01 02 03 04 06",
    "E-XT": "01 02 03 04 05 06",
    "W-EM": "10",
    "W-FP": "02",
    "W-OT": "03",
    "W-RW": "02",
}
FAMILIES = [
    import_module(f"{messages.__name__}.{name}")
    for _, name, _ in pkgutil.iter_modules(messages.__path__)
    if name not in {"message", "parameters"}
]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_register_has_every_code() -> None:
    expected = {
        f"{family}-{number}"
        for family, numbers in CODES.items()
        for number in numbers.split()
    }

    assert expected <= set(MESSAGES)
    assert len(expected) == 147


def test_register_has_no_code_twice() -> None:
    codes = [m.code for m in chain.from_iterable(f.MESSAGES for f in FAMILIES)]

    assert sorted(codes) == sorted(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_message_is_a_chinese_sentence(code: str) -> None:
    message = MESSAGES[code]

    assert message.code == code
    assert re.fullmatch(r"[EW]-[A-Z]{2}-\d\d", code)
    assert re.search(r"[一-鿿]", message.text)
    assert message.text.endswith("。")
    assert "field" not in placeholders(message.text)


def test_parameters_are_listed() -> None:
    used = set().union(*(placeholders(m.text) for m in MESSAGES.values()))

    assert used == set(PARAMETERS)


@pytest.mark.parametrize(
    ("code", "parameters", "text"),
    [
        (
            "E-NT-01",
            {"earliest": "2026-10-10 24:00"},
            "计划截止时间早于最短期限：本公示最早于2026-10-10 24:00届满。",
        ),
        (
            "E-NT-03",
            {"year": 2027},
            "工作日历未包含2027年节假日安排，无法确定届满日，请先维护工作日历。",
        ),
        (
            "E-NT-06",
            {"venue": "单位内部"},
            "单位内部公示尚未届满，单位内部公示与平台公示须分别满足期限。",
        ),
        ("E-CL-01", {"rule": "X"}, "没有名为X的期限规则。"),
        ("E-ID-03", {"x": "5"}, "专利号/申请号校验位不符（应为5）。"),
        ("E-FP-06", {"fields": "付费方式、成熟度"}, "申请表缺少：付费方式、成熟度。"),
        (
            "E-FP-09",
            {"cap": "200000.00"},
            "定金不得超过主合同标的额的20%（上限200000.00元）。",
        ),
        ("E-FP-10", {}, '应使用"定金"，不得写作"订金"。'),
        ("E-EM-02", {"sum": "99.99"}, "团队内部分配比例合计须为100%，当前99.99%。"),
        (
            "E-AS-02",
            {"item": "日期", "doc_a": "D-13", "a": 1, "doc_b": "D-09", "b": 2},
            "文书间不一致：日期（D-13=1，D-09=2）。",
        ),
        ("E-DL-03", {"items": "合同发票"}, "存证材料不齐：缺合同发票。"),
        (
            "E-ST-01",
            {"state": "草稿", "event": "发布"},
            "当前状态为“草稿”，不能进行“发布”。",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value[1] == "-" else "",
)
def test_violation_fills_the_text(code: str, parameters: dict, text: str) -> None:
    violation = RuleViolation(code, field="name", **parameters)

    assert violation.message == text
    assert str(violation) == f"{code} {text}"
    assert violation.field == "name"
    assert violation.register_entry is MESSAGES[code]


@pytest.mark.parametrize(
    ("code", "articles"),
    [
        ("E-XT-02", ("附件4八(四)",)),
        ("E-FP-17", ("主方案二(一)1", "主方案二(一)3", "附件6六(一)")),
        ("E-EM-05", ("附件1十四(二)", "附件3七后(五)", "附件5四(五)")),
        ("E-CC-03", ("附件1附件二4",)),
        ("E-ST-04", ()),
    ],
)
def test_message_rests_on_articles(code: str, articles: tuple[str, ...]) -> None:
    assert MESSAGES[code].articles == articles


def test_warning_stops_nobody() -> None:
    warnings = [code for code, m in MESSAGES.items() if m.is_warning]

    assert sorted(warnings) == [
        "W-EM-10",
        "W-EQ-01",
        "W-EQ-02",
        "W-FP-02",
        "W-OT-03",
        "W-RW-02",
    ]


def test_missing_parameter_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        RuleViolation("E-NT-01")
