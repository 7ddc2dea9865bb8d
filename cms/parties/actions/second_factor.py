"""Second factor: a one-time code from an app, and codes for the day it is lost."""

import base64
from datetime import datetime

from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.parties.models import CodeDevice, User, recovery_code_in_store
from cms.rules.parties import STAFF_ROLES
from cms.rules.violations import RuleViolation

RECOVERY_CODES = 10


@writing()
def begin_enrollment(user: User) -> CodeDevice:
    """Return the device that waits for its first code, a new one where none does."""
    device, _ = CodeDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "动态口令"}
    )
    return device


def secret_of(device: CodeDevice) -> str:
    """Return the device's secret as apps take it when typed in (base 32)."""
    return base64.b32encode(device.bin_key).decode().rstrip("=")


@writing()
def confirm_enrollment(
    user: User, code: str, *, by: Actor, at: datetime
) -> tuple[CodeDevice, list[str]]:
    """Switch the second factor on; return the device and the recovery codes.

    Raises:
        RuleViolation: E-PA-14, the code does not fit.
    """
    device = begin_enrollment(user)
    if not device.verify_token(code):
        raise RuleViolation("E-PA-14", field="code")
    CodeDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    user.second_factor_at = at
    user.save(update_fields=["second_factor_at"])
    evidence.record("user.second_factor_enrolled", user, {}, by=by, at=at)
    return device, _new_recovery_codes(user)


def _new_recovery_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="恢复码")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=recovery_code_in_store(code)) for code in codes
    )
    return codes


@writing()
def renew_recovery_codes(user: User, *, by: Actor, at: datetime) -> list[str]:
    """Replace the recovery codes; the old ones are void at once."""
    evidence.record("user.recovery_codes_renewed", user, {}, by=by, at=at)
    return _new_recovery_codes(user)


def verify_code(user: User, code: str) -> Device | None:
    """Return the device that takes the code, or None; wrong codes slow it down.

    A used code, from the app or from the list, is never taken again.
    """
    typed = code.replace(" ", "").lower()
    is_from_app = typed.isdecimal()
    model = CodeDevice if is_from_app else StaticDevice
    token = typed if is_from_app else recovery_code_in_store(typed)
    with writing():
        for device in model.objects.select_for_update().filter(
            user=user, confirmed=True
        ):
            if device.verify_token(token):
                return device
    return None


@writing()
def remove_second_factor(user: User, *, by: Actor, at: datetime) -> None:
    """Switch the second factor off, for oneself or for one whose device is lost."""
    CodeDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    user.second_factor_at = None
    user.save(update_fields=["second_factor_at"])
    evidence.record("user.second_factor_removed", user, {}, by=by, at=at)


def needs_second_factor(user: User, actor: Actor, *, is_required: bool) -> bool:
    """Whether staff rooms ask this person for a code.

    `is_required` is the setting STAFF_SECOND_FACTOR=required.
    """
    if user.second_factor_at is not None:
        return True
    return is_required and bool(actor.roles & STAFF_ROLES)
