"""企业需求表: completeness, validity, code lists, anonymity, texts (§20.2)."""

from dataclasses import replace
from datetime import date

import pytest

from cms.rules.supply_demand.demand_form import (
    REQUIRED,
    DemandFacts,
    check_form,
    check_terms,
    from_answers,
    missing_fields,
    name_leaks,
    public_name,
    to_answers,
)
from cms.rules.supply_demand.demand_states import DemandState, shown_state
from cms.rules.supply_demand.demand_texts import (
    field_text,
    form_rows,
    is_private,
    mode_names,
)
from cms.rules.violations import RuleViolations

ON, LATEST = date(2026, 11, 20), date(2027, 11, 20)
FACTS = DemandFacts(
    enterprise_name="柳州示例精工科技有限公司",
    credit_code="91450200MA5EXAMPLE",
    is_anonymous=True,
    size="small",
    district="450203",
    industry="34",
    title="薄板点焊质量在线检测",
    problem="问" * 30,
    modes=("use_then_pay", "license"),
    budget="from_10",
    needed_by=date(2027, 3, 1),
    valid_until=LATEST,
    accepts_push=True,
    contact_name="李示例",
    contact_phone="0772-0000000",
    consents_to_publication=True,
    states_truth=True,
    states_secrecy=True,
)
EMPTY = DemandFacts(enterprise_name="", credit_code="")


def found(function, *arguments, **named) -> list[tuple[str, str, str]]:
    try:
        function(*arguments, **named)
    except RuleViolations as refusal:
        return [(v.code, v.field, v.message) for v in refusal.violations]
    return []


def test_answers_keep_the_whole_form():
    answers = to_answers(FACTS)

    assert (answers["needed_by"], answers["modes"]) == (
        "2027-03-01",
        ["use_then_pay", "license"],
    )
    assert from_answers(answers) == FACTS


def test_answers_of_an_empty_form():
    answers = to_answers(EMPTY)

    assert (answers["needed_by"], answers["valid_until"]) == ("", "")
    assert from_answers(answers | {"dropped_field": "旧"}) == EMPTY
    assert from_answers({"enterprise_name": "", "credit_code": ""}) == EMPTY


def test_missing_fields_come_in_form_order():
    assert missing_fields(EMPTY) == list(REQUIRED)
    assert missing_fields(FACTS) == []


def test_complete_form_may_be_handed_in():
    assert found(check_form, FACTS, on=ON, latest=LATEST) == []


def test_each_empty_field_is_told():
    facts = replace(FACTS, title="", states_truth=False, valid_until=None, problem="")

    assert found(check_form, facts, on=ON, latest=LATEST) == [
        ("E-DM-01", "title", "需求表缺少：需求名称。"),
        ("E-DM-01", "problem", "需求表缺少：问题描述。"),
        ("E-DM-01", "valid_until", "需求表缺少：有效期至。"),
        ("E-DM-01", "states_truth", "需求表缺少：真实性承诺。"),
    ]


@pytest.mark.parametrize(
    ("valid_until", "is_refused"),
    [
        (date(2026, 11, 19), True),
        (date(2026, 11, 20), False),
        (date(2027, 11, 20), False),
        (date(2027, 11, 21), True),
    ],
    ids=str,
)
def test_validity_has_bounds(valid_until, is_refused):
    facts = replace(FACTS, valid_until=valid_until)
    refusal = ("E-DM-02", "valid_until", "有效期须在2026-11-20至2027-11-20之间。")

    assert found(check_form, facts, on=ON, latest=LATEST) == (
        [refusal] if is_refused else []
    )


@pytest.mark.parametrize(
    ("length", "is_refused"), [(29, True), (30, False), (2000, False), (2001, True)]
)
def test_problem_has_a_length(length, is_refused):
    facts = replace(FACTS, problem="问" * length)
    refusal = ("E-DM-03", "problem", "问题描述须为30至2000字。")

    assert found(check_form, facts, on=ON, latest=LATEST) == (
        [refusal] if is_refused else []
    )


def test_known_terms_pass():
    assert found(check_terms, FACTS) == []
    assert found(check_terms, EMPTY) == []


def test_unknown_terms_are_told_one_by_one():
    facts = replace(
        FACTS,
        size="huge",
        district="999999",
        industry="ZZ",
        budget="free",
        modes=("license", "gift"),
    )

    assert found(check_terms, facts) == [
        ("E-DM-07", "size", "企业规模不在可选范围内：huge。"),
        ("E-DM-07", "district", "所属地区不在可选范围内：999999。"),
        ("E-DM-07", "industry", "所属行业不在可选范围内：ZZ。"),
        ("E-DM-07", "budget", "预算区间不在可选范围内：free。"),
        ("E-DM-07", "modes", "期望合作方式不在可选范围内：gift。"),
    ]


@pytest.mark.parametrize(
    ("text", "short_name", "leaks"),
    [
        pytest.param("柳州示例精工科技有限公司的焊装线", "", True, id="full name"),
        pytest.param("柳州示例 精工科技的焊装线", "", True, id="spaced, no legal form"),
        pytest.param("示例精工牌焊机", "示例精工", True, id="short name"),
        pytest.param(
            "编号９１４５０２００ｍａ５example", "", True, id="full-width code"
        ),
        pytest.param("示例牌焊机", "示例", False, id="short name is a common word"),
        pytest.param("某企业的焊装线", "", False, id="nothing"),
    ],
)
def test_anonymous_text_may_not_name_the_enterprise(text, short_name, leaks):
    facts = replace(FACTS, indicators=text)

    refusals = name_leaks(facts, short_name)

    assert [(v.code, v.field, v.message) for v in refusals] == (
        [
            (
                "E-DM-04",
                "indicators",
                "选择匿名展示的，期望指标中不得写出企业名称或统一社会信用代码。",
            )
        ]
        if leaks
        else []
    )


def test_named_demand_may_name_itself():
    facts = replace(FACTS, is_anonymous=False, title=FACTS.enterprise_name)

    assert name_leaks(facts) == []


@pytest.mark.parametrize(
    ("name", "leaked"),
    [
        ("柳州示例机床厂", "柳州示例机床"),
        ("柳州示例合伙企业", "柳州示例"),
        ("柳州示例重工股份有限公司", "柳州示例重工"),
        ("柳州示例研究所", "柳州示例研究所"),
    ],
)
def test_name_without_its_legal_form_leaks(name, leaked):
    facts = replace(FACTS, enterprise_name=name, title=f"{leaked}的需求")

    assert [violation.field for violation in name_leaks(facts)] == ["title"]


def test_public_name():
    assert public_name("柳州示例厂", "small", is_anonymous=False) == "柳州示例厂"
    assert public_name("柳州示例厂", "small", is_anonymous=True) == (
        "某小型企业（匿名展示）"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("enterprise_name", "柳州示例精工科技有限公司"),
        ("is_anonymous", "是"),
        ("size", "小型"),
        ("district", "鱼峰区"),
        ("industry", "制造业 › 通用设备制造业"),
        ("indicators", "未填写"),
        ("modes", "先使用后付费、许可"),
        ("budget", "10万—50万元"),
        ("needed_by", "2027-03-01"),
    ],
)
def test_text_of_a_field(name, text):
    assert field_text(FACTS, name) == text


def test_text_of_a_refusal_to_be_told():
    assert field_text(replace(FACTS, accepts_push=False), "accepts_push") == "否"
    assert mode_names(()) == ""


def test_rows_tell_who_reads_what():
    rows = {row["name"]: (row["label"], row["visibility"]) for row in form_rows(FACTS)}

    assert len(rows) == 20
    assert [rows[name] for name in ("enterprise_name", "title", "contact_phone")] == [
        ("企业名称", "不公开"),
        ("需求名称", "公开"),
        ("联系电话", "不公开"),
    ]
    assert is_private("enterprise_name", replace(FACTS, is_anonymous=False)) is False


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("published", DemandState.PUBLISHED),
        ("revision_submitted", DemandState.PUBLISHED),
        ("matching_revision_submitted", DemandState.MATCHING),
        ("expired", DemandState.EXPIRED),
    ],
)
def test_pending_revision_shows_as_before(state, shown):
    assert shown_state(state) is shown
