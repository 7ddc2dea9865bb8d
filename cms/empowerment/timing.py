"""Timers of signed cases: end of the use right, yearly service (EM-10, EM-16)."""

from datetime import date

from cms.core import due
from cms.empowerment.models import EmpowermentCase
from cms.rules.counting import add_months
from cms.rules.shanghai_time import end_of, start_of

END = "empowerment.end"
SERVICE = "empowerment.service"


def schedule_end(case: EmpowermentCase) -> None:
    """Set the timer of the last day's end; a grant of title has none."""
    if case.ends_on is not None:
        due.schedule(END, case, end_of(case.ends_on), cycle=due.next_cycle(END, case))


def schedule_service(case: EmpowermentCase, since: date) -> None:
    """Remind of the follow-up a year later."""
    due.schedule(
        SERVICE,
        case,
        start_of(add_months(since, 12)),
        cycle=due.next_cycle(SERVICE, case),
    )
