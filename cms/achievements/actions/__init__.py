"""Every write of the catalogue: entries, publication, contacts, imports."""

from cms.achievements.actions.contacts import disclose_contact, send_message
from cms.achievements.actions.publication import (
    close_achievement,
    publish_achievement,
    set_label,
)

__all__ = [
    "close_achievement",
    "disclose_contact",
    "publish_achievement",
    "send_message",
    "set_label",
]
