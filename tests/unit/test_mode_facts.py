"""The checks of each mode, read from the answers of a case (§11.3)."""

import copy
from datetime import date

import pytest

from cms.empowerment.mode_facts import check_mode, patents_of, warn_mode
from cms.rules.empowerment import EmpowermentMode
from cms.rules.periods import PERIODS

EDITION = PERIODS.edition_on(date(2026, 11, 1))

TERM = {"starts_on": "2026-11-01", "ends_on": "2036-10-31"}
STAGE = {
    "event": "中试完成",
    "evidence": "中试报告",
    "amount": "300000.00",
    "due_days": 30,
    "latest_on": "2027-12-31",
}
ANSWERS = {
    "M1": {
        "empowerment": {"share": "70"},
        "revenue": {
            "events": [{"event": "listing"}, {"event": "share_transfer"}],
            "unit_percent": "30",
            "team_percent": "70",
        },
    },
    "M2": {
        "empowerment": {"share": "70"},
        "payment": {"total": "1000000.00", "deposit": "200000.00"},
        "milestones": [STAGE, {**STAGE, "amount": None, "rate": "50"}],
    },
    "M3": {
        "project_company": {"kind": "project_company"},
        "grant": {"trigger": "首轮融资", "conversion_latest_on": "2029-12-31"},
    },
    "M4": {"empowerment": TERM, "payments": [{"amount": "500000.00"}]},
    "M5": {
        "empowerment": TERM,
        "license": {"free_ends_on": "2029-10-31", "charge_method": "percent"},
    },
    "M6": {
        "empowerment": TERM,
        "consent": {"resolution_number": "示例〔2026〕1号"},
        "equity": {"report_number": "示例评报字1号", "use_ends_on": "2036-10-31"},
        "license": {"is_transferable": True, "is_contributable": True},
    },
}


def codes(mode: str, path: str = "", value: object = None) -> list[str]:
    answers = copy.deepcopy(ANSWERS[mode])
    if path:
        holder = answers
        *names, last = path.split(".")
        for name in names:
            holder = holder[int(name)] if name.isdigit() else holder[name]
        holder[last] = value
    return [v.code for v in check_mode(EmpowermentMode(mode), answers, EDITION)]


@pytest.mark.parametrize("mode", ANSWERS)
def test_complete_answers_pass(mode):
    assert codes(mode) == []


@pytest.mark.parametrize(
    ("mode", "path", "value", "expected"),
    [
        ("M1", "revenue.events", [{"event": "listing"}], ["E-FP-19"]),
        ("M1", "empowerment.share", "100", ["E-EM-09"]),
        ("M1", "revenue.team_percent", "60", ["E-EM-09"]),
        ("M2", "payment.deposit", "200000.01", ["E-FP-09", "E-FP-13"]),
        ("M2", "milestones.0.latest_on", "", ["E-FP-11"]),
        ("M2", "milestones.0.amount", "290000.00", ["E-FP-13"]),
        ("M2", "payment.total", None, []),
        ("M3", "project_company.kind", "other", ["E-FP-16"]),
        ("M3", "grant.conversion_latest_on", None, ["E-FP-20"]),
        ("M4", "payments", [{}, {}], ["E-FP-13"]),
        ("M4", "payments", None, []),
        ("M5", "license.free_ends_on", "2037-01-01", ["E-FP-14"]),
        ("M5", "license.charge_method", "", ["E-FP-21"]),
        ("M5", "empowerment.ends_on", "2031-10-31", ["E-EM-03"]),
        ("M6", "consent.resolution_number", "", ["E-FP-15"]),
        ("M6", "license.is_contributable", False, ["E-FP-15"]),
        ("M6", "equity.use_ends_on", "2040-01-01", ["E-FP-22"]),
    ],
    ids=[
        "g13",
        "whole share",
        "split",
        "g17",
        "g20",
        "g19",
        "no total yet",
        "g22",
        "g23",
        "two fees",
        "no fee rows",
        "g28",
        "g21",
        "g29",
        "g31",
        "not contributable",
        "g32",
    ],
)
def test_breach_is_told(mode, path, value, expected):
    assert codes(mode, path, value) == expected


def test_patents_are_read_with_their_last_days():
    answers = {
        "ip_items": [
            {"kind": "utility_model", "number": "ZL1", "filed_on": "2020-05-01"},
            {
                "kind": "invention",
                "number": "ZL2",
                "filed_on": "2020-05-01",
                "expires_on": "2038-01-01",
            },
            {"kind": "software", "number": "登字1", "filed_on": "2020-05-01"},
            {"kind": "invention", "number": "ZL3", "filed_on": "x"},
            {"kind": "unknown", "filed_on": "2020-05-01"},
        ]
    }

    assert [(row.number, row.last_day.isoformat()) for row in patents_of(answers)] == [
        ("ZL1", "2030-04-30"),
        ("ZL2", "2038-01-01"),
    ]


@pytest.mark.parametrize("mode", ["M1", "M2", "M3", "M6"])
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["70", "30", "0"], ["60.8696", "26.087", "13.0434"], []),
        (["0", "0", "0"], ["60", "30", "10"], []),
        (["70", "30", "0"], ["60", "30", None], []),
        (["70", "30", "0"], ["60", "30", "9.5"], [("变更后", "99.5%")]),
        (
            ["70", "31", "0"],
            ["60", "30", "20"],
            [("变更前", "101%"), ("变更后", "110%")],
        ),
    ],
)
def test_as05_shareholders_own_the_whole_company(mode, before, after, expected):
    rows = [
        {"name": "示例股东", "before": old, "after": new}
        for old, new in zip(before, after, strict=True)
    ]
    answers = {**copy.deepcopy(ANSWERS[mode]), "shareholders": rows}

    found = check_mode(EmpowermentMode(mode), answers, EDITION)

    assert [(one.code, one.field, one.message) for one in found] == [
        (
            "E-AS-02",
            "shareholders",
            f"文书间不一致：股东的{column}持股比例合计"
            f"（股权结构表={total}，应当=100%）。",
        )
        for column, total in expected
    ]


MODEL = {
    "kind": "utility_model",
    "name": "一种示例夹具",
    "number": "ZL1",
    "filed_on": "2020-05-01",
}
LATE = {
    "company_form": "limited",
    "registration_due_on": "2027-03-31",
    "contribution_due_on": "2032-04-01",
}


@pytest.mark.parametrize(
    ("mode", "more", "expected"),
    [
        pytest.param("M4", {"ip_items": [MODEL]}, [("W-EM-10", "ZL1")], id="patent"),
        pytest.param(
            "M5",
            {"ip_items": [{**MODEL, "number": ""}]},
            [("W-EM-10", "一种示例夹具")],
            id="patent-without-number",
        ),
        pytest.param("M1", {"ip_items": [MODEL]}, [], id="title-has-no-term"),
        pytest.param("M4", {"ip_items": [{"kind": "software"}]}, [], id="software"),
        pytest.param("M6", {"equity": LATE}, [("W-EQ-01", "")], id="limited"),
        pytest.param(
            "M2",
            {"equity": {**LATE, "company_form": "joint_stock"}},
            [("W-EQ-02", "")],
            id="joint-stock",
        ),
        pytest.param("M4", {"equity": LATE}, [], id="no-contribution"),
        pytest.param(
            "M1", {"equity": {**LATE, "registration_due_on": ""}}, [], id="no-day-yet"
        ),
    ],
)
def test_mode_is_warned_of_what_stops_nobody(mode, more, expected):
    answers = {**copy.deepcopy(ANSWERS[mode]), **more}

    found = warn_mode(EmpowermentMode(mode), answers, EDITION)

    told = [(one.code, one.parameters.get("patent", "")) for one in found]
    assert told == expected
