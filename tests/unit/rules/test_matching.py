"""Two-way matching: sides, contacts, intents, and the explained fit (FP-08)."""

from dataclasses import replace
from datetime import date

import pytest

from cms.rules.supply_demand.matching import (
    ContactFacts,
    IntentFacts,
    MatchEvent,
    MatchSide,
    MatchState,
    check_contact,
    check_intent,
    check_interest,
    check_side,
    contacts_released,
)
from cms.rules.supply_demand.suggestions import Fit, Traits, fit, shared_words
from cms.rules.violations import RuleViolation, RuleViolations

TODAY = date(2026, 11, 20)
INTENT = IntentFacts(
    subject="点焊检测",
    way="先使用后付费",
    secrecy="双方保密三年",
    valid_until=TODAY,
    is_exclusive=False,
    binding="保密约定",
    non_binding="价格",
    costs="各自承担",
    depends_on="现场试用合格",
)
OFFER = Traits(
    industry="342",
    district="450203",
    modes=frozenset({"use_then_pay", "license"}),
    text="薄板点焊质量在线检测",
    field_words=("先进制造", "焊接"),
)
MODES = {"license": "许可", "use_then_pay": "先使用后付费"}


def refusals(function, *arguments, **named) -> list[tuple[str, str, str]]:
    try:
        function(*arguments, **named)
    except RuleViolation as refusal:
        return [(refusal.code, refusal.field, refusal.message)]
    except RuleViolations as refusal:
        return [(v.code, v.field, v.message) for v in refusal.violations]
    return []


@pytest.mark.parametrize("event", MatchEvent, ids=str)
@pytest.mark.parametrize("side", MatchSide, ids=str)
def test_side_of_an_act(event, side):
    owners = {
        "accept": MatchSide.RESPONDER,
        "decline": MatchSide.RESPONDER,
        "withdraw": MatchSide.INITIATOR,
    }
    owner = owners.get(event.value, side)

    expected = (
        []
        if owner is side
        else [("E-MA-02", "", f"“{event.label}”须由{owner.label}办理。")]
    )

    assert refusals(check_side, event, side) == expected


def test_contacts_are_released_once_both_accept():
    released = {state.value for state in MatchState if contacts_released(state.value)}

    assert released == {"matching", "intent_recorded", "closed"}


@pytest.mark.parametrize(
    ("is_signed_in", "is_verified", "is_refused"),
    [
        (False, False, True),
        (False, True, True),
        (True, False, True),
        (True, True, False),
    ],
)
def test_interest_wants_a_verified_user(is_signed_in, is_verified, is_refused):
    found = refusals(check_interest, is_signed_in=is_signed_in, is_verified=is_verified)

    assert found == (
        [("E-FP-18", "", "请先登录并完成实名认证。")] if is_refused else []
    )


def test_contact_has_name_and_phone():
    assert refusals(check_contact, ContactFacts("李示例", "0772-0000000")) == []
    assert refusals(check_contact, ContactFacts(" ", "", "office@example.cn")) == [
        ("E-MA-03", "contact_name", "请填写联系人。"),
        ("E-MA-03", "contact_phone", "请填写联系电话。"),
    ]


def test_complete_intent_holds_through_its_last_day():
    assert refusals(check_intent, INTENT, on=TODAY) == []
    assert refusals(check_intent, INTENT, on=date(2026, 11, 21)) == [
        ("E-MA-05", "valid_until", "意向有效期不得早于今天。")
    ]


def test_empty_intent_names_every_gap_but_exclusivity():
    empty = IntentFacts("", "", "", None, False, "", "", "", "")

    assert [field for _, field, _ in refusals(check_intent, empty, on=TODAY)] == [
        "subject",
        "way",
        "secrecy",
        "valid_until",
        "binding",
        "non_binding",
        "costs",
        "depends_on",
    ]
    assert refusals(check_intent, replace(INTENT, costs=""), on=TODAY) == [
        ("E-MA-04", "costs", "合作意向书缺少：费用承担。")
    ]


def test_best_fit_gives_every_reason():
    demand = Traits(
        industry="342",
        district="450203",
        modes=frozenset({"license", "use_then_pay", "transfer"}),
        text="焊接车间需要点焊质量检测",
    )

    assert fit(OFFER, demand, MODES) == Fit(
        90,
        (
            "行业相同",
            "涉及技术领域“焊接”",
            "同一地区",
            "合作方式一致：许可、先使用后付费",
            "共同用词：“点焊质量”、“检测”",
        ),
    )


def test_stranger_fits_nothing():
    demand = Traits(industry="011", district="450222", modes=frozenset(), text="砂糖橘")

    assert fit(OFFER, demand, MODES) == Fit(0, ())


@pytest.mark.parametrize(
    ("industry", "points"), [("342", 40), ("343", 24), ("34", 24), ("351", 0), ("", 0)]
)
def test_points_of_industry(industry, points):
    demand = Traits(industry, "", frozenset(), "")

    assert fit(OFFER, demand, MODES).points == points
    assert fit(demand, OFFER, MODES).points == points


def test_shared_words_give_twenty_points_at_most():
    text = "焊枪、铆钉、夹具、电极、飞溅、虚焊"
    offer = Traits("", "", frozenset(), text)

    assert fit(offer, offer, {}) == Fit(
        20, ("共同用词：“焊枪”、“铆钉”、“夹具”、“电极”、“飞溅”",)
    )


@pytest.mark.parametrize(("points", "is_shown"), [(24, False), (25, True)])
def test_fit_by_chance_is_not_shown(points, is_shown):
    assert Fit(points, ()).is_worth_showing is is_shown


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        pytest.param("", "焊接", [], id="nothing known"),
        pytest.param(
            "焊接机器人视觉引导",
            "需要焊接机器人引导设备",
            ["焊接机器人", "引导"],
            id="stretches",
        ),
        pytest.param("技术研究系统", "技术研究系统", [], id="common words"),
        pytest.param(
            "焊接技术路线", "焊接技术路线", ["焊接", "路线"], id="common word between"
        ),
        pytest.param(
            "焊接机器人",
            "焊接，焊接机器人，焊接机器人",
            ["焊接机器人"],
            id="part of another",
        ),
        pytest.param(
            "PLC 控制与 AGV", "plc、AGV 和 mes，PLC", ["plc", "agv"], id="latin words"
        ),
    ],
)
def test_shared_words(left, right, words):
    assert shared_words(left, right) == words
