"""The case follows its notice: opened, closed; objections hold it (EM-06)."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cms.core.actors import SYSTEM, Actor
from cms.empowerment.actions.cases import lock_case, step
from cms.empowerment.actions.performance import apply_extension
from cms.empowerment.models import EmpowermentCase, Extension
from cms.empowerment.queries import open_objections
from cms.notices.gates import counts_open_objections
from cms.notices.models import Notice
from cms.notices.signals import notice_closed, notice_published
from cms.rules.empowerment import EmpowermentEvent, EmpowermentState
from cms.rules.roles import Role


@counts_open_objections
def count_unit_objections(notice: Notice) -> int:
    """Return the open objections of the case behind a notice."""
    case = EmpowermentCase.objects.filter(notice=notice).first()
    return open_objections(case) if case else 0


@receiver(notice_published)
def follow_publication(
    sender: object, notice: Notice, by: Actor, at: datetime, **extra: Any
) -> None:
    """Move on when the unit opens the notice; the platform alone is not enough."""
    case = EmpowermentCase.objects.filter(notice=notice).first()
    if case is None or case.status != EmpowermentState.AWAITING_NOTICE:
        return
    if Role.TRANSFER_OFFICE in by.roles_in(case.owner_id):
        step(lock_case(case, SYSTEM), EmpowermentEvent.PUBLISH, by=by, at=at)


@receiver(notice_closed)
def follow_close(sender: object, notice: Notice, at: datetime, **extra: Any) -> None:
    """Move the case on when its notice closes without open objections."""
    case = EmpowermentCase.objects.filter(notice=notice).first()
    if case and case.status == EmpowermentState.NOTICE_OPEN:
        step(lock_case(case, SYSTEM), EmpowermentEvent.CLOSE_NOTICE, by=SYSTEM, at=at)
    extension = Extension.objects.filter(notice=notice).first()
    if extension:
        apply_extension(extension, at=at)
