"""Contacts: shown to verified people with a log, or reached by a message."""

from collections.abc import Sequence
from datetime import datetime

from cms.achievements.models import (
    AchievementContact,
    AchievementPage,
    ContactDisclosure,
    ContactMessage,
)
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.rules.violations import RuleViolation


def disclose_contact(
    page: AchievementPage, *, by: Actor, at: datetime
) -> AchievementContact | None:
    """Return the contact of a page and log who saw it.

    Raises:
        RuleViolation: E-FP-18, the person is not signed in or not verified.
    """
    if by.user_id is None or not by.is_verified:
        raise RuleViolation("E-FP-18")
    with writing():
        ContactDisclosure.objects.create(page=page, user_id=by.user_id, at=at)
        return AchievementContact.objects.filter(page=page).first()


def send_message(
    page: AchievementPage, text: str, reply_to: str, *, by: Actor, at: datetime
) -> ContactMessage:
    """Leave a question with the unit of a page.

    Raises:
        RuleViolation: E-FP-18, nobody is signed in.
    """
    if by.user_id is None:
        raise RuleViolation("E-FP-18")
    owners = sorted(owner for owner, _ in by.memberships)
    with writing():
        return ContactMessage.objects.create(
            page=page,
            sender_id=by.user_id,
            organization_id=owners[0] if owners else None,
            reply_to=reply_to,
            text=text,
            sent_at=at,
        )


def mark_read(messages: Sequence[ContactMessage], *, at: datetime) -> None:
    """Note when the unit first saw these questions."""
    unread = [message.pk for message in messages if message.read_at is None]
    if unread:
        with writing():
            ContactMessage.objects.filter(pk__in=unread).update(read_at=at)
