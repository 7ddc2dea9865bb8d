"""Collection calls (征集, FP-07) and events of matching (FP-08); changed by actions."""

from django.conf import settings
from django.db import models
from wagtail.models import Page

from cms.core.models import Case
from cms.core.pages import ActionWrittenIndex, ActionWrittenPage
from cms.parties.models import Organization
from cms.rules.supply_demand.calls import (
    CALL,
    EVENT,
    CallScope,
    CallState,
    EventKind,
    EventState,
    RegistrationState,
)


class CallIndexPage(ActionWrittenIndex, Page):
    """The list of calls (征集); parent of all calls."""

    subpage_types = ["supply_demand.CallPage"]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "征集"


class CallPage(ActionWrittenPage, Page):
    """One published call (征集文件); written by `actions.calls` only."""

    number = models.CharField("征集编号", max_length=20, unique=True)
    state = models.CharField("状态", max_length=12, choices=CallState.choices())
    scope = models.CharField("征集范围", max_length=12, choices=CallScope.choices())
    body = models.TextField("征集内容")
    contact = models.CharField("咨询方式", max_length=120, blank=True)
    opens_at = models.DateTimeField("开始时间")
    closes_at = models.DateTimeField("截止时间")
    published_at = models.DateTimeField("发布时间", db_index=True)

    parent_page_types = ["supply_demand.CallIndexPage"]

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "征集文件"


class Call(Case):
    """A call of the bureau from draft to close; private until it is published."""

    state_table = CALL

    number = models.CharField("征集编号", max_length=20, blank=True)
    title = models.CharField("名称", max_length=80)
    scope = models.CharField("征集范围", max_length=12, choices=CallScope.choices())
    body = models.TextField("征集内容")
    contact = models.CharField("咨询方式", max_length=120, blank=True)
    opens_at = models.DateTimeField("开始时间")
    closes_at = models.DateTimeField("截止时间")
    status = models.CharField(
        "状态",
        max_length=12,
        choices=CallState.choices(),
        default=CallState.DRAFT.value,
    )
    page = models.OneToOneField(
        CallPage, null=True, on_delete=models.PROTECT, related_name="call"
    )

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "征集批次"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        """Return number and title."""
        return f"{self.number or '草稿'} {self.title}"


class EventIndexPage(ActionWrittenIndex, Page):
    """The list of events (活动); parent of all events."""

    subpage_types = ["supply_demand.EventPage"]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "活动"


class EventPage(ActionWrittenPage, Page):
    """One published event; written by `actions.events` only."""

    kind = models.CharField("类型", max_length=20, choices=EventKind.choices())
    state = models.CharField("状态", max_length=12, choices=EventState.choices())
    body = models.TextField("活动内容")
    place = models.CharField("地点", max_length=120)
    starts_at = models.DateTimeField("开始时间", db_index=True)
    ends_at = models.DateTimeField("结束时间")
    registration_closes_at = models.DateTimeField("报名截止")
    capacity = models.PositiveSmallIntegerField("名额")
    published_at = models.DateTimeField("发布时间")

    parent_page_types = ["supply_demand.EventIndexPage"]

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "对接活动"


class Event(Case):
    """An event of the bureau from draft to end; private until it is published."""

    state_table = EVENT

    title = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=20, choices=EventKind.choices())
    body = models.TextField("活动内容")
    place = models.CharField("地点", max_length=120)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    registration_closes_at = models.DateTimeField("报名截止")
    capacity = models.PositiveSmallIntegerField("名额")
    status = models.CharField(
        "状态",
        max_length=12,
        choices=EventState.choices(),
        default=EventState.DRAFT.value,
    )
    page = models.OneToOneField(
        EventPage, null=True, on_delete=models.PROTECT, related_name="event"
    )

    class Meta:
        """Next to come first."""

        verbose_name = verbose_name_plural = "活动安排"
        ordering = ["-starts_at", "-id"]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class EventRegistration(models.Model):
    """A person's place at an event; the waiting list moves up in order."""

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="registrations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField("状态", max_length=12, choices=RegistrationState.choices())
    registered_at = models.DateTimeField("报名时间")
    cancelled_at = models.DateTimeField("取消时间", null=True)

    class Meta:
        """In the order of registration."""

        verbose_name = verbose_name_plural = "活动报名"
        ordering = ["registered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user"],
                condition=models.Q(state__in=["confirmed", "waiting"]),
                name="event_registration_once",
            )
        ]

    def __str__(self) -> str:
        """Return person and event."""
        return f"{self.user}·{self.event}"


class EventInvitation(models.Model):
    """A bureau's invitation of a matched party to an event (FP-08)."""

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="invitations"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="event_invitations"
    )
    invited_at = models.DateTimeField("邀请时间")

    class Meta:
        """A party is invited once."""

        verbose_name = verbose_name_plural = "活动邀请"
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "organization"], name="event_invitation_once"
            )
        ]

    def __str__(self) -> str:
        """Return event and party."""
        return f"{self.event}·{self.organization}"
