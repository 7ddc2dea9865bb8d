"""Entries of units (private) and catalogue pages (public)."""

from cms.achievements.models.contacts import (
    AchievementContact,
    ContactDisclosure,
    ContactMessage,
)
from cms.achievements.models.content import PublicContent
from cms.achievements.models.entries import (
    Achievement,
    AchievementPicture,
    ImportBatch,
    ReviewComment,
)
from cms.achievements.models.pages import (
    AchievementIndexPage,
    AchievementPage,
    CatalogChange,
    PublishedPicture,
)

__all__ = [
    "Achievement",
    "AchievementContact",
    "AchievementIndexPage",
    "AchievementPage",
    "AchievementPicture",
    "CatalogChange",
    "ContactDisclosure",
    "ContactMessage",
    "ImportBatch",
    "PublicContent",
    "PublishedPicture",
    "ReviewComment",
]
