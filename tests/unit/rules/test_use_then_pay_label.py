"""The label 先使用后付费 is computed from the payment plan (FP-01…FP-04, FP-14)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cms.rules.achievements import AchievementForm, PaymentForm
from cms.rules.parties import OrganizationKind, PilotStatus
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
from cms.rules.supply_demand.eligibility import (
    ObjectFacts,
    SecrecyStatus,
    check_filer,
    check_object,
)
from cms.rules.supply_demand.license_kinds import LicenseKind, check_labels
from cms.rules.violations import RuleViolation

EFFECT = date(2026, 11, 10)
ROYALTY = Royalty(RoyaltyBase.NET_SALES, Decimal(3), "五年", "每年查阅一次账目")
STAGE = PaymentRow(
    PaymentKind.STAGE, PaymentTrigger.EVENT, event=PaymentEvent.PRODUCTION
)
FREE_ENTRY = PaymentRow(PaymentKind.ENTRY_FEE, PaymentTrigger.DATE, amount=Decimal(0))
STAGED = PaymentPlan(
    PaymentForm.STAGED_ROYALTY, (FREE_ENTRY, STAGE), ROYALTY, effective_on=EFFECT
)


def deferred(trigger: PaymentTrigger, **row: object) -> PaymentPlan:
    rows = (PaymentRow(PaymentKind.DEFERRED, trigger, **row),)
    return PaymentPlan(PaymentForm.DEFERRED, rows, effective_on=EFFECT)


def codes(found: list[RuleViolation]) -> list[str]:
    return [violation.code for violation in found]


@pytest.mark.parametrize(
    ("plan", "refused", "warned"),
    [
        pytest.param(STAGED, [], [], id="staged_royalty"),
        pytest.param(
            replace(STAGED, rows=(replace(FREE_ENTRY, amount=Decimal(10000)), STAGE)),
            ["E-FP-03", "E-FP-02"],
            [],
            id="h04_entry_fee",
        ),
        pytest.param(
            replace(STAGED, royalty=None), ["E-FP-04"], [], id="h05_no_royalty"
        ),
        pytest.param(
            replace(STAGED, royalty=replace(ROYALTY, inspection="")),
            ["E-FP-05"],
            [],
            id="no_inspection",
        ),
        pytest.param(
            deferred(PaymentTrigger.DATE, due_on=date(2026, 11, 10)),
            ["E-FP-02"],
            ["W-FP-02"],
            id="h07_due_on_the_effect",
        ),
        pytest.param(
            deferred(PaymentTrigger.DATE, due_on=date(2026, 11, 11)),
            [],
            ["W-FP-02"],
            id="h07_due_a_day_later",
        ),
        pytest.param(
            deferred(PaymentTrigger.DATE, due_on=date(2027, 11, 10)),
            [],
            [],
            id="h07_due_a_year_later",
        ),
        pytest.param(
            deferred(PaymentTrigger.INCOME, days_after=30), [], [], id="h08_income"
        ),
        pytest.param(
            deferred(PaymentTrigger.EVENT, event=PaymentEvent.SIGNING),
            ["E-FP-02"],
            [],
            id="due_on_signing",
        ),
        pytest.param(
            deferred(PaymentTrigger.EVENT, event=PaymentEvent.EFFECT, days_after=90),
            [],
            ["W-FP-02"],
            id="ninety_days_after_the_effect",
        ),
        pytest.param(
            replace(
                deferred(
                    PaymentTrigger.EVENT, event=PaymentEvent.EFFECT, days_after=90
                ),
                effective_on=None,
            ),
            [],
            ["W-FP-02"],
            id="effect_not_yet_known",
        ),
        pytest.param(
            PaymentPlan(PaymentForm.DEFERRED), ["E-FP-02"], [], id="nothing_agreed"
        ),
        pytest.param(PaymentPlan(PaymentForm.ONE_OFF), ["E-FP-02"], [], id="one_off"),
        pytest.param(
            replace(STAGED, is_for_enterprise=False),
            ["E-FP-23"],
            [],
            id="g25_licensee_is_a_team",
        ),
    ],
)
def test_label_follows_from_the_plan(
    plan: PaymentPlan, refused: list[str], warned: list[str]
) -> None:
    assert codes(check_plan(plan)) == refused
    assert codes(warn_plan(plan)) == warned
    assert is_use_then_pay(plan) is not bool(refused)


@pytest.mark.parametrize(
    ("total", "amounts", "refused"),
    [
        ("500000.00", ("200000.00", "300000.00"), []),
        ("500000.00", ("200000.00", "290000.00"), ["E-FP-13"]),
        ("500000.00", ("200000.00", None), []),
        (None, ("1.00",), []),
    ],
    ids=["equal", "different", "formula", "no_total"],
)
def test_fixed_sums_make_the_total(
    total: str | None, amounts: tuple[str | None, ...], refused: list[str]
) -> None:
    rows = tuple(
        PaymentRow(
            PaymentKind.DEFERRED,
            PaymentTrigger.INCOME,
            amount=Decimal(amount) if amount else None,
        )
        for amount in amounts
    )
    plan = PaymentPlan(
        PaymentForm.DEFERRED, rows, total=Decimal(total) if total else None
    )

    assert codes(check_plan(plan)) == refused


def test_payment_form_gives_its_clause_set() -> None:
    assert [clause_set(form) for form in PaymentForm] == [
        ClauseSet.PAY_A,
        ClauseSet.PAY_B,
        ClauseSet.PAY_C,
        None,
        None,
    ]


def test_months_after_ends_at_the_months_end() -> None:
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_after(date(2026, 11, 10), 12) == date(2027, 11, 10)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (ObjectFacts(AchievementForm.PATENT, SecrecyStatus.NONE), ""),
        (
            ObjectFacts(AchievementForm.PATENT, SecrecyStatus.CONFIDENTIAL_PATENT),
            "E-FP-01 成果类型不可发布：保密专利不得发布。",
        ),
        (
            ObjectFacts(AchievementForm.PATENT, SecrecyStatus.STATE_SECRET),
            "E-SE-01 本系统为非涉密系统，不得录入涉密信息。",
        ),
        (
            ObjectFacts(AchievementForm.PATENT, SecrecyStatus.DECLASSIFIED),
            "E-FP-01 成果类型不可发布：已解密国防专利须附解密证明。",
        ),
        (
            ObjectFacts(
                AchievementForm.PATENT,
                SecrecyStatus.DECLASSIFIED,
                has_declassification_proof=True,
            ),
            "",
        ),
        (
            ObjectFacts(AchievementForm.SOFTWARE, SecrecyStatus.DECLASSIFIED),
            "E-FP-01 成果类型不可发布：已解密国防专利的成果形式须为专利权或专利申请权。",
        ),
        (
            ObjectFacts(AchievementForm.OTHER, SecrecyStatus.NONE),
            "E-FP-01 成果类型不可发布：其他技术成果须附本单位认定文件。",
        ),
        (
            ObjectFacts(
                AchievementForm.OTHER, SecrecyStatus.NONE, has_unit_decision=True
            ),
            "",
        ),
    ],
    ids=[
        "patent",
        "confidential_patent",
        "state_secret",
        "declassified_without_proof",
        "declassified",
        "declassified_software",
        "other_without_decision",
        "other",
    ],
)
def test_object_that_may_be_published(facts: ObjectFacts, refusal: str) -> None:
    assert "".join(str(found) for found in check_object(facts)) == refusal


@pytest.mark.parametrize(
    ("kind", "pilot", "allowed"),
    [
        (OrganizationKind.UNIVERSITY, PilotStatus.PILOT, True),
        (OrganizationKind.INSTITUTE, PilotStatus.REFERENCE, True),
        (OrganizationKind.RESIDENT_INSTITUTE, PilotStatus.NONE, True),
        (OrganizationKind.UNIVERSITY, PilotStatus.NONE, False),
        (OrganizationKind.ENTERPRISE, PilotStatus.NONE, False),
        (OrganizationKind.ENTERPRISE, PilotStatus.PILOT, False),
    ],
)
def test_h01_only_pilot_and_resident_units_may_file(
    kind: OrganizationKind, pilot: PilotStatus, allowed: bool
) -> None:
    if allowed:
        check_filer(kind, pilot)
        return
    with pytest.raises(RuleViolation) as refused:
        check_filer(kind, pilot)
    assert str(refused.value) == "E-FP-17 仅试点单位及驻柳科研单位可申请发布。"


@pytest.mark.parametrize(
    ("labels", "offered", "exclusive", "allowed"),
    [
        ((True, True), LicenseKind.ORDINARY, False, True),
        ((True, False), LicenseKind.EXCLUSIVE, True, True),
        ((False, True), LicenseKind.ORDINARY, True, True),
        ((True, True), LicenseKind.SOLE, False, False),
        ((True, True), LicenseKind.EXCLUSIVE, False, False),
        ((True, True), LicenseKind.ORDINARY, True, False),
    ],
)
def test_both_labels_need_that_no_license_excludes(
    labels: tuple[bool, bool], offered: LicenseKind, exclusive: bool, allowed: bool
) -> None:
    facts = {
        "use_then_pay": labels[0],
        "use_then_transfer": labels[1],
        "offered": offered,
        "has_exclusive_license": exclusive,
    }

    if allowed:
        check_labels(**facts)
        return
    with pytest.raises(RuleViolation) as refused:
        check_labels(**facts)
    assert refused.value.code == "E-UT-06"
