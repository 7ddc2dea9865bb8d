"""Notices and announcements: private cases, public pages, requests, certificates."""

from cms.notices.models.announcements import Announcement, AnnouncementPage
from cms.notices.models.certificates import Certificate
from cms.notices.models.notices import Notice, NoticeAttachment, NoticeVenue
from cms.notices.models.pages import NoticeIndexPage, NoticePage
from cms.notices.models.requests import ChangeRequest, Extension, Suspension

__all__ = [
    "Announcement",
    "AnnouncementPage",
    "Certificate",
    "ChangeRequest",
    "Extension",
    "Notice",
    "NoticeAttachment",
    "NoticeIndexPage",
    "NoticePage",
    "NoticeVenue",
    "Suspension",
]
