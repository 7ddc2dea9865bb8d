"""One step of the table with the roles held over a signed paper."""

from collections.abc import Mapping
from datetime import datetime

from cms.core.actors import Actor
from cms.core.locks import take_write_lock
from cms.core.transitions import apply
from cms.rules.roles import Role
from cms.rules.signed_papers import SIGNED_PAPER, SignedPaperEvent
from cms.rules.violations import RuleViolation
from cms.signed_papers.models import SignedPaper


def step(
    signed: SignedPaper,
    event: SignedPaperEvent,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    payload: Mapping[str, object] | None = None,
) -> None:
    """Take one step; the log holds instrument and hash, never what is printed."""
    named = {"instrument": signed.instrument, "file": signed.sha256}
    apply(
        SIGNED_PAPER,
        signed,
        event,
        by=by,
        roles=by.roles_in(signed.owner_id) | (by.roles & {Role.SYSTEM}),
        at=at,
        reason=reason,
        payload={**named, **(payload or {})},
    )


def require_office(owner_id: int, by: Actor, event: str) -> None:
    """Refuse who is not of the transfer office of the unit.

    Raises:
        RuleViolation: E-ST-02.
    """
    if Role.TRANSFER_OFFICE not in by.roles_in(owner_id):
        raise RuleViolation("E-ST-02", event=event)


def lock(signed: SignedPaper, version: int | None = None) -> SignedPaper:
    """Return the row locked, after the write lock.

    Raises:
        RuleViolation: E-ST-04, somebody else changed it meanwhile.
    """
    take_write_lock()
    fresh = SignedPaper.objects.select_for_update().get(pk=signed.pk)
    if version is not None and fresh.version != version:
        raise RuleViolation("E-ST-04")
    return fresh
