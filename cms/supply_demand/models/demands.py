"""Demands (企业需求): the public page, the private case, its frozen submissions."""

from django.conf import settings
from django.db import models
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from cms.core.encryption import EncryptedTextField
from cms.core.models import Case
from cms.core.pages import ActionWrittenIndex, ActionWrittenPage
from cms.parties.models import Organization
from cms.rules.labels import LabeledEnum
from cms.rules.parties import EnterpriseSize
from cms.rules.supply_demand.demand_form import BudgetBand
from cms.rules.supply_demand.demand_states import DEMAND, DemandState
from cms.supply_demand.models.calls import Call


class DemandIndexPage(ActionWrittenIndex, Page):
    """The demand list (需求清单); parent of all demands."""

    subpage_types = ["supply_demand.DemandPage"]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "需求清单"


class DemandQuerySet(PageQuerySet):
    """Reads of published demands."""

    def listed(self) -> "DemandQuerySet":
        """Return the demands that are still open."""
        return self.live().filter(
            state__in=[DemandState.PUBLISHED.value, DemandState.MATCHING.value]
        )


class DemandPage(ActionWrittenPage, Page):
    """One published demand; written by `actions.demands` only, public fields only.

    There is no link to the enterprise here: of an anonymous demand the public
    tables know the size alone. `modes` is a list such as `,license,transfer,`.
    """

    number = models.CharField("需求编号", max_length=20, unique=True)
    state = models.CharField("状态", max_length=32, choices=DemandState.choices())
    enterprise = models.CharField("企业", max_length=120)
    size = models.CharField("企业规模", max_length=8, choices=EnterpriseSize.choices())
    district = models.CharField("所属地区", max_length=12, db_index=True)
    industry = models.CharField("所属行业", max_length=8)
    industry_division = models.CharField(
        "行业大类", max_length=8, blank=True, db_index=True
    )
    industry_section = models.CharField("行业门类", max_length=8, db_index=True)
    problem = models.TextField("问题描述")
    indicators = models.TextField("期望指标", blank=True)
    modes = models.CharField("期望合作方式", max_length=120)
    budget = models.CharField(
        "预算区间", max_length=12, choices=BudgetBand.choices(), blank=True
    )
    needed_by = models.DateField("完成时间", null=True, blank=True)
    call_number = models.CharField("征集批次", max_length=20, blank=True)
    form_version = models.CharField("表单版本", max_length=12)
    published_at = models.DateTimeField("发布时间", db_index=True)
    revised_at = models.DateTimeField("修订时间", null=True, blank=True)
    valid_until = models.DateTimeField("有效期至")
    ended_at = models.DateTimeField("下架时间", null=True, blank=True)

    objects = PageManager.from_queryset(DemandQuerySet)()
    parent_page_types = ["supply_demand.DemandIndexPage"]

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "需求信息"

    @property
    def mode_list(self) -> list[str]:
        """The hoped-for ways of cooperation."""
        return [mode for mode in self.modes.split(",") if mode]


class Demand(Case):
    """One demand of an enterprise from draft to end; changed by actions only.

    `answers` is the enterprise's working copy of the form without the contact,
    which stays encrypted in `sealed_contact`. The bureau decides on a frozen
    `DemandSubmission`, never on this copy.
    """

    state_table = DEMAND

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="demands"
    )
    number = models.CharField("需求编号", max_length=20, blank=True)
    title = models.CharField("需求名称", max_length=80, blank=True)
    form_version = models.CharField("表单版本", max_length=12)
    answers = models.JSONField("填报内容", default=dict)
    sealed_contact = EncryptedTextField("联系方式", default="{}")
    call = models.ForeignKey(
        Call, null=True, blank=True, on_delete=models.PROTECT, related_name="demands"
    )
    status = models.CharField(
        "状态",
        max_length=32,
        choices=DemandState.choices(),
        default=DemandState.DRAFT.value,
        db_index=True,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField("修改时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    has_changes = models.BooleanField("有未提交的修订", default=False)
    page = models.OneToOneField(
        DemandPage, null=True, on_delete=models.PROTECT, related_name="demand"
    )
    closing_reason = models.CharField("下架原因", max_length=200, blank=True)

    class Meta:
        """Newest change first."""

        verbose_name = verbose_name_plural = "企业需求表"
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~models.Q(number=""),
                name="demand_number_once",
            )
        ]

    def __str__(self) -> str:
        """Return number and title."""
        return f"{self.number or '草稿'} {self.title}".strip()


class DemandDecision(LabeledEnum):
    """What became of a submission."""

    PENDING = "pending", "审核中"
    RETURNED = "returned", "已退回"
    PUBLISHED = "published", "已发布"
    RETRACTED = "retracted", "已撤回"


class DemandSubmission(models.Model):
    """A frozen copy handed in to the bureau, with its receipt (回执)."""

    demand = models.ForeignKey(
        Demand, on_delete=models.PROTECT, related_name="submissions"
    )
    sequence = models.PositiveSmallIntegerField("次序")
    is_revision = models.BooleanField("修订", default=False)
    form_version = models.CharField("表单版本", max_length=12)
    answers = models.JSONField("填报内容")
    sealed_contact = EncryptedTextField("联系方式")
    call_number = models.CharField("征集批次", max_length=20, blank=True)
    missed_call = models.CharField("逾期批次", max_length=20, blank=True)
    salt = models.CharField("随机数", max_length=32)
    sha256 = models.CharField("SHA-256", max_length=64)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("提交时间")
    decision = models.CharField(
        "处理结果",
        max_length=12,
        choices=DemandDecision.choices(),
        default=DemandDecision.PENDING.value,
    )
    opinion = models.TextField("审核意见", blank=True)
    comments = models.JSONField("分栏意见", default=dict)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        """In the order handed in."""

        verbose_name = verbose_name_plural = "需求提交记录"
        ordering = ["demand_id", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "sequence"], name="demand_submission_once"
            )
        ]

    def __str__(self) -> str:
        """Return the demand's number and the copy's place."""
        return f"{self.demand.number} 第{self.sequence}次提交"
