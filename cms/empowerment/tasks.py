"""Timers of empowerment cases."""

from datetime import datetime
from typing import cast

from django.db import models

from cms.core import due, evidence
from cms.core.actors import SYSTEM
from cms.empowerment.actions.performance import expire_case
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.timing import END, SERVICE, schedule_service
from cms.rules.empowerment import EmpowermentState
from cms.rules.shanghai_time import end_of, to_shanghai


@due.register(END)
def end_use_right(subject: models.Model, at: datetime) -> None:
    """Expire a use right; a term that was prolonged since is left alone."""
    case = cast(EmpowermentCase, subject)
    is_over = case.ends_on is not None and end_of(case.ends_on) <= at
    if is_over and case.status == EmpowermentState.PERFORMED:
        expire_case(case, at=at)


@due.register(SERVICE)
def remind_of_service(subject: models.Model, at: datetime) -> None:
    """Log that the yearly follow-up is due, and set the next one."""
    case = cast(EmpowermentCase, subject)
    evidence.record("empowerment.service_due", case, {}, by=SYSTEM, at=at)
    schedule_service(case, to_shanghai(at).date())
