"""Until when a task is done, and when it is reminded of (PS-01…PS-05, EM-12)."""

from dataclasses import dataclass
from datetime import date, datetime

from cms.rules.counting import count_natural_days
from cms.rules.deadlines import Deadline, compute, reminder_days
from cms.rules.periods import PERIODS
from cms.rules.recordal.kinds import SignedContract, TaskKind
from cms.rules.recordal.states import UNSUBMITTED
from cms.rules.shanghai_time import ONE_DAY, start_of
from cms.rules.working_days import Calendar

PERIOD_OF = {
    TaskKind.LICENSE_RECORDAL: "PATENT_RECORD",
    TaskKind.FILING: "FILE_REMIND",
}


@dataclass(frozen=True, slots=True)
class TaskTimes:
    """`deadline` is of the time engine; `latest_on` an agreed last day instead.

    A task without either has no day to be done by; reminders may stand alone.
    """

    deadline: Deadline | None = None
    latest_on: date | None = None
    reminders: tuple[date, ...] = ()


def times_of(kind: TaskKind, contract: SignedContract, calendar: Calendar) -> TaskTimes:
    """Return the times of a task under the edition that the contract's case keeps.

    - A license: three months from the day of effect, rolled; reminders count from
      the nominal day (T-06).
    - A report: reminded of 30 days after signing; it never rolls, gates nothing.
    - A title: no fixed days; reminded of 30 and 60 days after effect (EM-12).
    - A technology contract: while the contract is in force.
    """
    edition = contract.rule_edition
    if kind is TaskKind.CONTRACT_REGISTRATION:
        return TaskTimes(latest_on=contract.ends_on)
    if kind is TaskKind.TITLE_REGISTRATION and contract.effective_on is not None:
        return TaskTimes(reminders=_title_reminders(contract.effective_on, edition))
    opening = _opening(kind, contract)
    if opening is None:
        return TaskTimes()
    deadline = compute(
        PERIOD_OF[kind], start_of(opening), calendar, rule_version=edition
    )
    days = reminder_days(deadline)
    if kind is TaskKind.FILING:
        # The period is the reminder itself: it fires once it has run out.
        days = (deadline.nominal_day + ONE_DAY,)
    return TaskTimes(deadline=deadline, reminders=days)


def is_overdue(
    kind: str, status: str, close_at: datetime | None, provisional: bool, at: datetime
) -> bool:
    """Whether a license's period has run out before it was applied for (PS-03).

    A provisional end is not held against anybody (T-07); a report is never late,
    for it is information only (AMB-15).
    """
    is_bound = kind == TaskKind.LICENSE_RECORDAL and not provisional
    is_missed = close_at is not None and close_at <= at
    return is_bound and is_missed and status in UNSUBMITTED


def _opening(kind: TaskKind, contract: SignedContract) -> date | None:
    if kind is TaskKind.LICENSE_RECORDAL:
        return contract.effective_on
    return contract.signed_on if kind is TaskKind.FILING else None


def _title_reminders(effective_on: date, edition: str) -> tuple[date, ...]:
    period = PERIODS.get("TITLE_REMIND", edition)
    last = count_natural_days(effective_on, period.amount).nominal_day
    return (*(last - days * ONE_DAY for days in period.reminders), last)
