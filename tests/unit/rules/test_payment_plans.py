"""Payment plans: the three forms, the computed label, warnings (FP-01…FP-03)."""

from datetime import date
from decimal import Decimal

import pytest

from cms.rules.achievements import PaymentForm
from cms.rules.payment_plans import (
    ClauseSet,
    PaymentEvent,
    PaymentKind,
    PaymentPlan,
    PaymentRow,
    PaymentTrigger,
    Royalty,
    RoyaltyBase,
    check_plan,
    clause_set,
    is_use_then_pay,
    months_after,
    warn_plan,
)

EFFECT = date(2026, 11, 10)
ROYALTY = Royalty(RoyaltyBase.NET_SALES, Decimal("3"), "5年", "按季查账")
STAGE = PaymentRow(
    PaymentKind.STAGE,
    PaymentTrigger.EVENT,
    event=PaymentEvent.PRODUCTION,
    amount=Decimal("100000"),
)
SHARE = PaymentRow(PaymentKind.ROYALTY, PaymentTrigger.INCOME, formula="净销售额×3%")


def deferred(**row: object) -> PaymentPlan:
    return PaymentPlan(
        PaymentForm.DEFERRED,
        (
            PaymentRow(
                PaymentKind.DEFERRED,
                **{"trigger": PaymentTrigger.DATE, "amount": Decimal(1), **row},
            ),
        ),
        effective_on=EFFECT,
    )


def staged(*rows: PaymentRow, royalty: Royalty | None = ROYALTY) -> PaymentPlan:
    return PaymentPlan(PaymentForm.STAGED_ROYALTY, rows, royalty)


def codes(plan: PaymentPlan) -> list[str]:
    return [violation.code for violation in check_plan(plan)]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        pytest.param(staged(STAGE, SHARE), [], id="a_complete"),
        pytest.param(
            staged(
                PaymentRow(
                    PaymentKind.ENTRY_FEE, PaymentTrigger.INCOME, amount=Decimal(0)
                ),
                STAGE,
                SHARE,
            ),
            [],
            id="a_entry_fee_zero",
        ),
        pytest.param(
            staged(
                PaymentRow(
                    PaymentKind.ENTRY_FEE,
                    PaymentTrigger.INCOME,
                    amount=Decimal(10000),
                ),
                STAGE,
                SHARE,
            ),
            ["E-FP-03"],
            id="h04_entry_fee",
        ),
        pytest.param(staged(STAGE, royalty=None), ["E-FP-04"], id="h05_no_royalty"),
        pytest.param(staged(SHARE), ["E-FP-04"], id="a_no_stage"),
        pytest.param(
            staged(STAGE, SHARE, royalty=None), ["E-FP-05"], id="a_royalty_not_said"
        ),
        pytest.param(
            staged(STAGE, royalty=Royalty(RoyaltyBase.SALES, Decimal(3), "5年")),
            ["E-FP-05"],
            id="a_no_inspection",
        ),
        pytest.param(deferred(due_on=date(2026, 11, 10)), ["E-FP-02"], id="h07_same"),
        pytest.param(deferred(due_on=date(2026, 11, 11)), [], id="h07_next_day"),
        pytest.param(deferred(), ["E-FP-02"], id="date_missing"),
        pytest.param(
            deferred(trigger=PaymentTrigger.INCOME, days_after=30), [], id="h08_income"
        ),
        pytest.param(
            deferred(trigger=PaymentTrigger.EVENT, event=PaymentEvent.SIGNING),
            ["E-FP-02"],
            id="on_signing",
        ),
        pytest.param(
            deferred(trigger=PaymentTrigger.EVENT, event=None),
            ["E-FP-02"],
            id="no_event",
        ),
        pytest.param(
            deferred(trigger=PaymentTrigger.EVENT, event=PaymentEvent.EFFECT),
            ["E-FP-02"],
            id="on_effect",
        ),
        pytest.param(
            deferred(
                trigger=PaymentTrigger.EVENT, event=PaymentEvent.EFFECT, days_after=1
            ),
            [],
            id="day_after_effect",
        ),
        pytest.param(
            PaymentPlan(PaymentForm.OTHER_DEFERRED), ["E-FP-02"], id="c_nothing_said"
        ),
        pytest.param(
            PaymentPlan(PaymentForm.OTHER_DEFERRED, royalty=ROYALTY), [], id="c_royalty"
        ),
        pytest.param(
            PaymentPlan(PaymentForm.ONE_OFF, (STAGE,)), ["E-FP-02"], id="one_off"
        ),
        pytest.param(
            PaymentPlan(PaymentForm.DEFERRED, (STAGE,), is_for_enterprise=False),
            ["E-FP-23"],
            id="g25_team",
        ),
        pytest.param(
            PaymentPlan(PaymentForm.DEFERRED, (STAGE,), total=Decimal("100000.01")),
            ["E-FP-13"],
            id="sum_differs",
        ),
        pytest.param(
            PaymentPlan(PaymentForm.DEFERRED, (STAGE, SHARE), total=Decimal(100000)),
            [],
            id="sum_without_royalty",
        ),
        pytest.param(
            PaymentPlan(
                PaymentForm.DEFERRED,
                (
                    PaymentRow(
                        PaymentKind.DEFERRED, PaymentTrigger.INCOME, formula="按公式"
                    ),
                ),
                total=Decimal(5),
            ),
            [],
            id="formula_has_no_sum",
        ),
    ],
)
def test_plan_is_checked(plan: PaymentPlan, expected: list[str]) -> None:
    assert codes(plan) == expected
    assert is_use_then_pay(plan) is (not expected)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        pytest.param(
            deferred(due_on=date(2026, 11, 11)), ["W-FP-02"], id="h07_next_day"
        ),
        pytest.param(
            deferred(due_on=date(2027, 11, 9)), ["W-FP-02"], id="one_day_less"
        ),
        pytest.param(deferred(due_on=date(2027, 11, 10)), [], id="h07_one_year"),
        pytest.param(deferred(trigger=PaymentTrigger.INCOME), [], id="income"),
        pytest.param(
            deferred(
                trigger=PaymentTrigger.EVENT,
                event=PaymentEvent.EFFECT,
                days_after=364,
            ),
            ["W-FP-02"],
            id="days_after_effect",
        ),
        pytest.param(
            PaymentPlan(
                PaymentForm.DEFERRED,
                (
                    PaymentRow(
                        PaymentKind.DEFERRED,
                        PaymentTrigger.EVENT,
                        event=PaymentEvent.EFFECT,
                        days_after=180,
                        amount=Decimal(1),
                    ),
                ),
            ),
            ["W-FP-02"],
            id="effect_day_unknown",
        ),
        pytest.param(staged(STAGE, SHARE), [], id="events_only"),
    ],
)
def test_plan_is_warned_of(plan: PaymentPlan, expected: list[str]) -> None:
    assert [warning.code for warning in warn_plan(plan)] == expected


def test_message_of_an_early_payment() -> None:
    assert str(check_plan(deferred(due_on=EFFECT))[0]) == (
        "E-FP-02 首笔许可费支付时间须晚于合同生效，或以形成收入为条件。"
    )


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (PaymentForm.STAGED_ROYALTY, ClauseSet.PAY_A),
        (PaymentForm.DEFERRED, ClauseSet.PAY_B),
        (PaymentForm.OTHER_DEFERRED, ClauseSet.PAY_C),
        (PaymentForm.ONE_OFF, None),
    ],
)
def test_clause_set(form: PaymentForm, expected: ClauseSet | None) -> None:
    assert clause_set(form) is expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 10), 12, date(2027, 11, 10)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_after(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected
