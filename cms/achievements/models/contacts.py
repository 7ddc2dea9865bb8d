"""Contacts of public entries: never on a page, shown to verified users (OT-04)."""

from django.conf import settings
from django.db import models

from cms.achievements.models.pages import AchievementPage
from cms.core.encryption import EncryptedTextField
from cms.parties.models import Organization


class AchievementContact(models.Model):
    """Whom to ask about a public entry (SEC until shown; CC-09)."""

    page = models.OneToOneField(
        AchievementPage, on_delete=models.CASCADE, related_name="contact"
    )
    name = EncryptedTextField("姓名", blank=True)
    phone = EncryptedTextField("电话", blank=True)
    email = EncryptedTextField("邮箱", blank=True)

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "成果联系人"

    def __str__(self) -> str:
        """Return the page's number, never the person."""
        return f"联系人（{self.page_id}）"


class ContactDisclosure(models.Model):
    """Who saw a contact, when (each view is logged)."""

    page = models.ForeignKey(
        AchievementPage, on_delete=models.CASCADE, related_name="disclosures"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("查看时间")

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "联系人查看记录"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        """Return page and time."""
        return f"{self.page_id} {self.at:%F %T}"


class ContactMessage(models.Model):
    """A question that a signed-in user sent to the unit of an entry."""

    page = models.ForeignKey(
        AchievementPage, on_delete=models.CASCADE, related_name="messages"
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reply_to = EncryptedTextField("回复方式")
    text = models.TextField("咨询内容")
    sent_at = models.DateTimeField("发送时间")
    read_at = models.DateTimeField("查看时间", null=True)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "成果咨询"
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        """Return page and time."""
        return f"{self.page_id} {self.sent_at:%F %T}"
