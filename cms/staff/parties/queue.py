"""The desk's queue of real-name checks."""

from django.http import HttpRequest
from django.urls import reverse

from cms.parties.queries import list_units, list_verification_cases
from cms.rules.parties import VerificationState
from cms.rules.roles import Role
from cms.staff.desk.queues import Queue, queue


@queue(order=60)
def pending_verifications(request: HttpRequest) -> Queue | None:
    """Count the organizations that wait for their real-name check."""
    if not request.actor.has(Role.PLATFORM):  # type: ignore[attr-defined]
        return None
    waiting = list_verification_cases(VerificationState.PENDING.value).count()
    return Queue("实名认证待核验", reverse("verifications"), waiting)


@queue(order=70)
def units(request: HttpRequest) -> Queue | None:
    """Lead the bureau to the register of pilot units."""
    if not request.actor.has(Role.BUREAU):  # type: ignore[attr-defined]
        return None
    return Queue(
        "试点单位名单",
        reverse("unit_register"),
        list_units().count(),
        action_label="登记单位",
        action_url=reverse("new_unit"),
    )
