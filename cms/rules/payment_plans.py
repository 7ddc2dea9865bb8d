"""Payment plans (付费安排, FP-01…FP-03): rows, checks, and the computed label.

The label 先使用后付费 is never typed: `is_use_then_pay` computes it (附件6二).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cms.rules.achievements import PaymentForm
from cms.rules.labels import LabeledEnum
from cms.rules.violations import RuleViolation

DEFER_ADVISED_MONTHS = 12  # DEFER_ADVISED; domain.md §1: 一年(含) in other pilots
_DAYS_OF_YEAR = 365
DEFERRING_FORMS = (
    PaymentForm.STAGED_ROYALTY,
    PaymentForm.DEFERRED,
    PaymentForm.OTHER_DEFERRED,
)
"""The payment forms ⓐ ⓑ ⓒ of 附件6二."""


class PaymentKind(LabeledEnum):
    """What a row pays for (clause sets PAY-A, PAY-B, PAY-C)."""

    ENTRY_FEE = "entry_fee", "入门费"
    STAGE = "stage", "阶段性支付"
    ROYALTY = "royalty", "收入提成"
    DEFERRED = "deferred", "延期支付"
    OTHER = "other", "其他"


class PaymentTrigger(LabeledEnum):
    """What makes a row fall due."""

    DATE = "date", "约定日期"
    EVENT = "event", "约定事件"
    INCOME = "income", "形成收入"


class PaymentEvent(LabeledEnum):
    """Events that a row may wait for."""

    SIGNING = "signing", "合同签订"
    EFFECT = "effect", "合同生效"
    DELIVERY = "delivery", "技术交付"
    ACCEPTANCE = "acceptance", "验收合格"
    PILOT_RUN = "pilot_run", "中试完成"
    PRODUCTION = "production", "投产"
    OTHER = "other", "其他事件"


class RoyaltyBase(LabeledEnum):
    """What a royalty is a percentage of (民法典846)."""

    NET_SALES = "net_sales", "净销售额"
    SALES = "sales", "销售额"
    PROFIT = "profit", "利润"
    OUTPUT = "output", "产量"
    ADDED_VALUE = "added_value", "新增产值"


class ClauseSet(LabeledEnum):
    """Clause set that a contract takes for a payment form (FP-02, FP-03)."""

    PAY_A = "PAY-A", "零门槛费+阶段性支付+收入提成条款"
    PAY_B = "PAY-B", "延期支付条款"
    PAY_C = "PAY-C", "其他付费条款"


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment; `amount` in yuan, or `formula` where no sum is fixed.

    `due_on` belongs to the trigger DATE; `event`, with `days_after`, to EVENT;
    `days_after` alone to INCOME (形成销售收入后30日). `evidence` is the paper
    that shows the trigger, `latest_on` the long-stop date (最迟付款日).
    """

    kind: PaymentKind
    trigger: PaymentTrigger
    due_on: date | None = None
    event: PaymentEvent | None = None
    days_after: int = 0
    evidence: str = ""
    amount: Decimal | None = None
    formula: str = ""
    latest_on: date | None = None

    @property
    def is_free(self) -> bool:
        """Whether nothing is to be paid."""
        return self.amount == 0 and not self.formula


@dataclass(frozen=True, slots=True)
class Royalty:
    """A share of income: base, rate in percent, period and book inspection."""

    base: RoyaltyBase | None = None
    rate: Decimal | None = None
    period: str = ""
    inspection: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether base, a rate above 0, and the way of inspection are agreed."""
        return bool(self.base and self.rate and self.period and self.inspection)


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """What a license costs and when; `total` in yuan, None where none is fixed.

    `effective_on` is the (expected) day on which the contract takes effect.
    """

    form: PaymentForm
    rows: tuple[PaymentRow, ...] = ()
    royalty: Royalty | None = None
    total: Decimal | None = None
    effective_on: date | None = None
    is_for_enterprise: bool = True


def clause_set(form: PaymentForm) -> ClauseSet | None:
    """Return the clause set of a payment form, None where 附件6二 has none."""
    return dict(zip(DEFERRING_FORMS, ClauseSet, strict=True)).get(form)


def is_use_then_pay(plan: PaymentPlan) -> bool:
    """Whether a plan bears the label 先使用后付费 (FP-01, AMB-02)."""
    return not check_plan(plan)


def check_plan(plan: PaymentPlan) -> list[RuleViolation]:
    """Return every reason why a plan is not 先使用后付费 (FP-01…FP-03)."""
    found: list[RuleViolation] = []
    if not plan.is_for_enterprise:
        found.append(RuleViolation("E-FP-23", field="payment_form"))
    if plan.form == PaymentForm.STAGED_ROYALTY:
        found += _check_staged_royalty(plan)
    if _first_payment_is_too_early(plan):
        found.append(RuleViolation("E-FP-02", field="payment_rows"))
    if not _adds_up(plan):
        found.append(RuleViolation("E-FP-13", field="payment_total"))
    return found


def warn_plan(plan: PaymentPlan) -> list[RuleViolation]:
    """Return the warnings of a plan: W-FP-02 under 12 months; none is raised."""
    if plan.effective_on is None:
        waits = [_days_after_effect(row) for row in _payable(plan)]
        is_short = any(days is not None and days < _DAYS_OF_YEAR for days in waits)
        return [RuleViolation("W-FP-02", field="payment_rows")] if is_short else []
    advised = months_after(plan.effective_on, DEFER_ADVISED_MONTHS)
    dues = [_due_on(row, plan.effective_on) for row in _payable(plan)]
    if any(due is not None and due < advised for due in dues):
        return [RuleViolation("W-FP-02", field="payment_rows")]
    return []


def months_after(day: date, months: int) -> date:
    """Return the corresponding day, else the month's last (T-06, 民法典202)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _check_staged_royalty(plan: PaymentPlan) -> list[RuleViolation]:
    """Return what form ⓐ lacks: no entry fee, stages, and a royalty (FP-02)."""
    found: list[RuleViolation] = []
    kinds = {row.kind for row in plan.rows}
    entry_fees = [row for row in plan.rows if row.kind == PaymentKind.ENTRY_FEE]
    if any(not row.is_free for row in entry_fees):
        found.append(RuleViolation("E-FP-03", field="payment_rows"))
    has_royalty = PaymentKind.ROYALTY in kinds or plan.royalty is not None
    if PaymentKind.STAGE not in kinds or not has_royalty:
        found.append(RuleViolation("E-FP-04", field="payment_rows"))
    elif plan.royalty is None or not plan.royalty.is_complete:
        found.append(RuleViolation("E-FP-05", field="royalty_base"))
    return found


def _payable(plan: PaymentPlan) -> list[PaymentRow]:
    return [row for row in plan.rows if not row.is_free]


def _first_payment_is_too_early(plan: PaymentPlan) -> bool:
    """Whether a payment is not later than the effect, nor bound to income.

    A plan that fixes neither a row nor a royalty defers nothing.
    """
    if plan.form not in DEFERRING_FORMS:
        return True
    if not plan.rows and plan.royalty is None:
        return True
    return any(_is_too_early(row, plan.effective_on) for row in _payable(plan))


def _is_too_early(row: PaymentRow, effective_on: date | None) -> bool:
    """Whether a row is not surely later than the contract's effect.

    Signing comes before or with the effect, so nothing may wait for it alone.
    """
    if row.trigger == PaymentTrigger.INCOME:
        return False
    if row.trigger == PaymentTrigger.DATE:
        return row.due_on is None or effective_on is None or row.due_on <= effective_on
    if row.event == PaymentEvent.EFFECT:
        return row.days_after <= 0
    return row.event in (None, PaymentEvent.SIGNING)


def _days_after_effect(row: PaymentRow) -> int | None:
    """Return the days after the effect, None where the row counts otherwise."""
    waits = row.trigger == PaymentTrigger.EVENT and row.event == PaymentEvent.EFFECT
    return row.days_after if waits else None


def _due_on(row: PaymentRow, effective_on: date) -> date | None:
    """Return the day a row falls due, None where only an event can tell."""
    if row.trigger == PaymentTrigger.DATE:
        return row.due_on
    days = _days_after_effect(row)
    return None if days is None else effective_on + timedelta(days=days)


def _adds_up(plan: PaymentPlan) -> bool:
    """Whether the fixed sums make the total; a royalty has no total (D-31)."""
    if plan.total is None:
        return True
    fixed = [row for row in plan.rows if row.kind != PaymentKind.ROYALTY]
    if any(row.amount is None for row in fixed):
        return True
    return sum((row.amount or Decimal(0) for row in fixed), Decimal(0)) == plan.total
