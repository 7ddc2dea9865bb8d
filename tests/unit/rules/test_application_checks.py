"""What an application must say, what it stands for, what the public reads."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cms.rules.achievements import PaymentForm, TransferMode
from cms.rules.application_form import get_form
from cms.rules.forms import FormDefinition
from cms.rules.payment_plans import PaymentEvent, Royalty, RoyaltyBase
from cms.rules.supply_demand.application_checks import (
    check_application,
    check_payment,
    warn_application,
)
from cms.rules.supply_demand.application_facts import (
    achievement_facts,
    has_excluding_license,
    payment_plan,
    price_text,
)
from cms.rules.supply_demand.public_entry import (
    attachments_of,
    public_groups,
    public_texts,
)

FORM = get_form("2026-1")
ROW = {"kind": "deferred", "trigger": "date", "due_on": "2027-11-10", "amount": "5.00"}
ITEM = {
    "kind": "invention",
    "name": "方法",
    "number": "ZL201810123456.5",
    "holder": "单位",
    "filed_on": "2018-02-08",
    "granted_on": "2020-06-05",
    "legal_status": "in_force",
    "fee_paid_until": "2027-02-08",
    "encumbrance": "none",
}
ANSWERS: dict[str, Any] = {
    "title": "成果",
    "ledger_number": "TZ-1",
    "achievement_form": "patent",
    "attribute": "granted",
    "district": "450203",
    "industry": "361",
    "technology_field": "03",
    "trl": "6",
    "stage": "pilot",
    "abstract": "简介",
    "scenario": "场景",
    "representative": "张示例",
    "secrecy": "none",
    "payment_form": "deferred",
    "payment_rows": [ROW],
    "effective_on": "2026-11-10",
    "payment_total": "5.00",
    "license_kind": "ordinary",
    "price_kind": "fixed",
    "reference_price": "1234567.89",
    "pricing_method": "negotiated",
    "accepted_parties": ["legal_person"],
    "ip_items": [ITEM],
    "contact_phone": "0772-1",
}


def test_missing_answers_are_one_refusal() -> None:
    found = check_application(FORM, {})

    assert [violation.code for violation in found] == ["E-FP-06", "E-FP-08"]
    assert found[0].message.startswith("申请表缺少：单位名称、统一社会信用代码、")
    assert "是否影响" not in found[0].message


def test_payment_and_object_are_checked_with_the_rest() -> None:
    answers = {
        **ANSWERS,
        "secrecy": "confidential_patent",
        "payment_rows": [{**ROW, "due_on": "2026-11-10"}],
        "team_consent": "no",
    }

    found = [violation.code for violation in check_application(FORM, answers)]

    assert found == ["E-FP-06", "E-FM-14", "E-FP-08", "E-FP-01", "E-FP-02"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="fine"),
        pytest.param({"payment_rows": [{"kind": "deferred"}]}, [], id="unfinished_row"),
        pytest.param({"license_kind": ""}, [], id="no_license_kind_yet"),
        pytest.param(
            {
                "also_use_then_transfer": "yes",
                "ip_items": [{**ITEM, "encumbrance": "sole"}],
            },
            ["E-UT-06"],
            id="both_labels",
        ),
    ],
)
def test_payment_is_checked(changes: dict[str, Any], expected: list[str]) -> None:
    found = check_payment({**ANSWERS, **changes})

    assert [violation.code for violation in found] == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="h07_one_year"),
        pytest.param(
            {"payment_rows": [{**ROW, "due_on": "2026-11-11"}]}, ["W-FP-02"], id="h07"
        ),
        pytest.param({"payment_form": ""}, [], id="no_form_yet"),
    ],
)
def test_warnings(changes: dict[str, Any], expected: list[str]) -> None:
    found = warn_application({**ANSWERS, **changes})

    assert [violation.code for violation in found] == expected


def test_payment_plan_of_answers() -> None:
    plan = payment_plan(
        {
            "payment_form": "staged_royalty",
            "payment_rows": [
                {
                    "kind": "stage",
                    "trigger": "event",
                    "event": "production",
                    "days_after": "30",
                }
            ],
            "royalty_base": "net_sales",
            "royalty_rate": "3",
            "royalty_period": "5年",
            "royalty_inspection": "查账",
        }
    )

    assert plan.form is PaymentForm.STAGED_ROYALTY
    assert (plan.rows[0].event, plan.rows[0].days_after) == (
        PaymentEvent.PRODUCTION,
        30,
    )
    assert plan.royalty == Royalty(RoyaltyBase.NET_SALES, Decimal(3), "5年", "查账")
    assert plan.total is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "1,234,567.89 元"),
        ({"price_kind": "negotiable", "price_note": "按提成"}, "面议（按提成）"),
        ({"price_kind": "formula", "price_note": "销量×2"}, "销量×2"),
    ],
)
def test_price_text(changes: dict[str, str], expected: str) -> None:
    assert price_text({**ANSWERS, **changes}) == expected


def test_achievement_of_answers() -> None:
    facts = achievement_facts({**ANSWERS, "also_use_then_transfer": "yes"})

    assert facts.transfer_modes == (
        TransferMode.LICENSE,
        TransferMode.USE_THEN_PAY,
        TransferMode.USE_THEN_TRANSFER,
    )
    assert facts.reference_price == Decimal("1234567.89")
    assert facts.ip_items[0].filed_on == date(2018, 2, 8)
    assert facts.ip_items[0].is_encumbered is False


def test_label_is_computed_not_typed() -> None:
    early = {**ANSWERS, "payment_rows": [{**ROW, "due_on": "2026-11-10"}]}
    negotiable = {"price_kind": "negotiable", "price_note": "议"}

    facts = achievement_facts({**early, **negotiable, "use_then_pay": "yes"})

    assert facts.transfer_modes == (TransferMode.LICENSE,)
    assert (facts.reference_price, facts.price_note) == (None, "议")


def test_excluding_license() -> None:
    assert has_excluding_license({"ip_items": [{"encumbrance": "exclusive"}]})
    assert not has_excluding_license(ANSWERS)


def test_public_groups_leave_out_what_is_not_public() -> None:
    groups = public_groups(FORM, {**ANSWERS, "credit_code": "X", "office": "处"})
    codes = [field["code"] for group in groups for field in group["fields"]]
    rows = next(
        field["rows"]
        for group in groups
        for field in group["fields"]
        if field["code"] == "ip_items"
    )

    assert "credit_code" not in codes
    assert "contact_phone" not in codes
    assert [cell["label"] for cell in rows[0]] == [
        "类型",
        "名称",
        "号码",
        "权利人",
        "申请日",
        "授权日",
        "法律状态",
        "质押、独占等负担",
    ]


def test_public_texts_reach_into_rows() -> None:
    texts = public_texts(FORM, {"achievement_form": "patent", "ip_items": [ITEM]})

    assert ("ip_items", "ZL201810123456.5") in texts
    assert ("achievement_form", "专利权") in texts


def test_attachments_are_public_by_field_or_by_mark() -> None:
    answers = {
        "pictures": [{"id": 1, "name": "图.png"}],
        "reports": [{"id": 2, "name": "a", "public": True}, {"id": 3, "name": "b"}],
        "title_proof": [{"id": 4, "name": "c", "public": True}],
    }

    found = [(item.file_id, item.is_public) for item in attachments_of(FORM, answers)]

    assert found == [(1, True), (4, False), (2, True), (3, False)]


def test_negative_list_is_asked_for_by_its_own_refusal() -> None:
    found = check_application(FormDefinition("x", "空表", ()), {})

    assert [str(violation) for violation in found] == ["E-FP-08 未完成负面清单核查。"]
