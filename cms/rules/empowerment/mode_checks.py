"""Checks of the six modes (§11.3): what each mode's contracts must agree."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from cms.rules.counting import add_months
from cms.rules.empowerment.modes import MODE_RULES, EmpowermentMode
from cms.rules.labels import LabeledEnum
from cms.rules.periods import PERIODS
from cms.rules.violations import RuleViolation

FEN = Decimal("0.01")
WHOLE = Decimal(100)


class ExitEvent(LabeledEnum):
    """Events that make the unit's agreed income fall due (M1, D-15)."""

    LISTING = "listing", "企业上市"
    SHARE_TRANSFER = "share_transfer", "股权转让"
    BUYBACK = "buyback", "股权回购"
    LIQUIDATION = "liquidation", "公司清算"
    DIVIDEND = "dividend", "分红"


PROJECT_COMPANY = "project_company"
"""The kind of party (主体类型) that may take title in M3."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone payment: yuan, or a percentage of the contract's total."""

    event: str = ""
    evidence: str = ""
    amount: Decimal | None = None
    percent: Decimal | None = None
    due_days: int | None = None
    latest_on: date | None = None

    @property
    def is_complete(self) -> bool:
        """Whether event, evidence, sum, days to pay and latest day are agreed."""
        has_sum = self.amount is not None or self.percent is not None
        has_dates = self.due_days is not None and self.latest_on is not None
        return bool(self.event.strip() and self.evidence.strip()) and (
            has_sum and has_dates
        )


def check_exit_events(events: Collection[str]) -> None:
    """M1: both listing and transfer of equity must be agreed (附件6四(一)).

    Raises:
        RuleViolation: E-FP-19.
    """
    if not {ExitEvent.LISTING, ExitEvent.SHARE_TRANSFER} <= set(events):
        raise RuleViolation("E-FP-19", field="revenue.events")


def check_partial_share(share: Decimal) -> None:
    """M1, M2: a partial grant is more than nothing and less than all (§11.3).

    Raises:
        RuleViolation: E-EM-09.
    """
    if not 0 < share < WHOLE:
        raise RuleViolation("E-EM-09", field="empowerment.share")


def check_revenue_split(shares: Sequence[Decimal]) -> None:
    """M1, M3, M6: the parts of the agreed base make the whole (§11.3).

    Raises:
        RuleViolation: E-EM-09.
    """
    if sum(shares, Decimal(0)) != WHOLE:
        raise RuleViolation("E-EM-09", field="revenue.unit_percent")


def deposit_cap(total: Decimal, edition: str) -> Decimal:
    """Return the most that a deposit (定金) may be, in whole fen (民法典586).

    A cap is rounded down: rounded up, the sum named would itself be refused.
    """
    cap = total * PERIODS.get("DEPOSIT_CAP", edition).share
    return cap.quantize(FEN, ROUND_DOWN)


def check_deposit(total: Decimal, deposit: Decimal, edition: str) -> None:
    """M2: a deposit is at most a fifth of the total (民法典586).

    Raises:
        RuleViolation: E-FP-09 with the cap.
    """
    cap = total * PERIODS.get("DEPOSIT_CAP", edition).share
    if deposit > cap:
        raise RuleViolation(
            "E-FP-09", field="payment.deposit", cap=f"{deposit_cap(total, edition)}"
        )


def check_milestones(
    total: Decimal, deposit: Decimal, milestones: Sequence[Milestone]
) -> list[RuleViolation]:
    """M2: return incomplete milestones (E-FP-11), and a wrong sum (E-FP-13).

    A percentage is of the contract's total.
    """
    found = [
        RuleViolation("E-FP-11", field=f"milestones[{row}]")
        for row, milestone in enumerate(milestones, 1)
        if not milestone.is_complete
    ]
    if not milestones:
        found.append(RuleViolation("E-FP-11", field="milestones"))
    sums = [_sum_of(milestone, total) for milestone in milestones]
    if not found and deposit + sum(sums, Decimal(0)) != total:
        found.append(RuleViolation("E-FP-13", field="payment.total"))
    return found


def check_grantee(kind: str) -> None:
    """M3: title goes to the project company, to nobody else (附件6四(三)).

    Raises:
        RuleViolation: E-FP-16.
    """
    if kind != PROJECT_COMPANY:
        raise RuleViolation("E-FP-16", field="project_company.kind")


def check_equity_trigger(trigger: str, latest_on: date | None) -> None:
    """M3: the trigger of the equity conversion and its long stop (附件6四(三)).

    Raises:
        RuleViolation: E-FP-20.
    """
    if not trigger.strip() or latest_on is None:
        raise RuleViolation("E-FP-20", field="grant.conversion_latest_on")


def check_single_fee(rows: int) -> None:
    """M4: a one-time license has exactly one fee (附件6四(四)).

    Raises:
        RuleViolation: E-FP-13.
    """
    if rows != 1:
        raise RuleViolation("E-FP-13", field="payments")


def check_free_period(free_ends_on: date, ends_on: date) -> None:
    """M5: the free period ends within the term (附件6四(五)).

    Raises:
        RuleViolation: E-FP-14.
    """
    if free_ends_on > ends_on:
        raise RuleViolation("E-FP-14", field="license.free_ends_on")


def check_fee_formula(formula: str) -> None:
    """M5: what is charged after the free period is agreed (附件6四(五)).

    Raises:
        RuleViolation: E-FP-21.
    """
    if not formula.strip():
        raise RuleViolation("E-FP-21", field="license.charge_method")


def check_use_right_contribution(
    has_consent: bool, has_valuation: bool, is_transferable: bool
) -> None:
    """M6: consent letter, valuation, and a use right that may be contributed.

    Raises:
        RuleViolation: E-FP-15 (附件6四(六)).
    """
    if not (has_consent and has_valuation and is_transferable):
        raise RuleViolation("E-FP-15", field="equity.report_number")


def check_contribution_term(contribution_ends_on: date, ends_on: date) -> None:
    """M6: what is contributed lasts no longer than the use right (附件6四(六)).

    Raises:
        RuleViolation: E-FP-22.
    """
    if contribution_ends_on > ends_on:
        raise RuleViolation("E-FP-22", field="equity.use_ends_on")


def check_manner(mode: EmpowermentMode, manner: str) -> None:
    """Refuse a way of transformation that the grant does not bear (附件1十).

    A grant goes to persons, so it is never 先使用后付费 (§18.1); who holds a use
    right alone transfers no title (EM-11).

    Raises:
        RuleViolation: E-FP-23, E-EM-14 (附件1九).
    """
    if manner == "use_then_pay":
        raise RuleViolation("E-FP-23", field="approval.manner")
    if manner == "transfer" and not MODE_RULES[mode].is_ownership:
        raise RuleViolation("E-EM-14", field="approval.manner")


def warn_contribution(
    is_limited: bool, due_on: date, registered_on: date, edition: str
) -> list[RuleViolation]:
    """M1, M2, M3, M6: return a warning of a contribution that is due too late.

    `registered_on` is the last day agreed for registering the new capital: the
    five years of a limited company end no later than five years after it
    (公司法47, 228: W-EQ-01); a joint-stock company takes payment before it
    (公司法98, 228: W-EQ-02).
    """
    code, latest = "W-EQ-02", registered_on
    if is_limited:
        years = PERIODS.get("CONTRIBUTION_MAX", edition).amount
        code, latest = "W-EQ-01", add_months(registered_on, 12 * years)
    if due_on <= latest:
        return []
    told = {"date": due_on.isoformat(), "latest": latest.isoformat()}
    return [RuleViolation(code, field="equity.contribution_due_on", **told)]


def _sum_of(milestone: Milestone, total: Decimal) -> Decimal:
    if milestone.amount is not None:
        return milestone.amount
    return total * (milestone.percent or Decimal(0)) / WHOLE
