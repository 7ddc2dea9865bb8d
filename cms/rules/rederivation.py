"""Re-derivation (T-07): what a changed calendar does to a period that still runs."""

from dataclasses import dataclass
from datetime import date, datetime

from cms.rules.deadlines import Deadline, is_late, recompute
from cms.rules.labels import LabeledEnum
from cms.rules.parameters import ParameterRegister
from cms.rules.periods import PERIODS
from cms.rules.suspensions import Suspension
from cms.rules.violations import RuleViolation
from cms.rules.working_days import Calendar


class Outcome(LabeledEnum):
    """What happens to the stored close of an open period."""

    UNCHANGED = "unchanged", "不变"
    MOVED = "moved", "届满时间改变"
    CONFIRMED = "confirmed", "由暂定转为确定"
    UNSETTLED = "unsettled", "转为暂定"
    KEPT = "kept", "保留原届满时间"


@dataclass(frozen=True, slots=True)
class StoredPeriod:
    """The inputs that a case keeps, and the close that was computed from them."""

    rule: str
    rule_version: str
    opened_at: datetime
    close_at: datetime
    provisional: bool
    suspensions: tuple[Suspension, ...] = ()
    extensions: tuple[int, ...] = ()
    planned_last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Rederivation:
    """The outcome for one period; `deadline` is None where the old close is kept."""

    outcome: Outcome
    deadline: Deadline | None
    why: str

    @property
    def is_change(self) -> bool:
        """Whether the stored row must be written."""
        return self.outcome not in {Outcome.UNCHANGED, Outcome.KEPT}


def rederive(
    period: StoredPeriod,
    calendar: Calendar,
    *,
    at: datetime,
    register: ParameterRegister = PERIODS,
) -> Rederivation:
    """Compute an open period anew under another calendar.

    A firm close that was told to the public is never moved to a time already
    past; a provisional one is, since its true end was never known.
    """
    try:
        deadline = recompute(
            period.rule,
            period.opened_at,
            calendar,
            period.suspensions,
            period.extensions,
            period.rule_version,
            planned_last_day=period.planned_last_day,
            register=register,
        )
    except RuleViolation as refusal:
        return Rederivation(Outcome.KEPT, None, refusal.message)
    if deadline.close_at == period.close_at:
        return _compare_firmness(period, deadline)
    if not period.provisional and is_late(deadline.close_at, at):
        why = "重新推算的届满时间已过，已公布的届满时间不回溯"
        return Rederivation(Outcome.KEPT, None, why)
    return Rederivation(Outcome.MOVED, deadline, "工作日历改变，届满日随之改变")


def told_last_day(period: StoredPeriod, calendar: Calendar) -> date:
    """Return the last day before stops and extensions, as a calendar gives it.

    Where the close that was told is kept, it is the least from which later stops
    and extensions count (T-05, T-08: the close as it then stands).
    """
    return recompute(
        period.rule,
        period.opened_at,
        calendar,
        rule_version=period.rule_version,
        planned_last_day=period.planned_last_day,
    ).last_day


def _compare_firmness(period: StoredPeriod, deadline: Deadline) -> Rederivation:
    if deadline.provisional == period.provisional:
        return Rederivation(Outcome.UNCHANGED, deadline, "")
    if deadline.provisional:
        why = "所依据的年份不再有正式安排"
        return Rederivation(Outcome.UNSETTLED, deadline, why)
    why = "所依据年份的安排已公布"
    return Rederivation(Outcome.CONFIRMED, deadline, why)
