"""Timers of the catalogue."""

from datetime import datetime

from cms.achievements.actions.entries import expire_entry
from cms.achievements.actions.publication import EXPIRE, close_achievement
from cms.achievements.models import Achievement, AchievementPage
from cms.core import due
from cms.core.actors import SYSTEM
from cms.rules.achievements import PublicStatus


@due.register(EXPIRE)
def expire_achievement(page: AchievementPage, at: datetime) -> None:
    """Take an entry whose validity ended off the list."""
    if page.public_status == PublicStatus.PUBLISHED.value and page.valid_until <= at:
        close_achievement(page, PublicStatus.EXPIRED, by=SYSTEM, at=at)
        entry = Achievement.objects.filter(page=page).first()
        if entry is not None:
            expire_entry(entry, at=at)
