"""Applications (申请表, D-27): working copy, frozen submissions, review comments."""

from django.conf import settings
from django.db import models

from cms.core.encryption import EncryptedTextField
from cms.core.models import Case
from cms.parties.models import Organization
from cms.rules.labels import LabeledEnum
from cms.rules.supply_demand.supply_states import SUPPLY, SupplyState
from cms.supply_demand.models.offers import OfferPage

PURPOSE = "application"
"""Purpose of the private files of applications."""


class SubmissionKind(LabeledEnum):
    """Why a snapshot was handed in."""

    FIRST = "first", "首次申报"
    REVISION = "revision", "修订"


class SubmissionDecision(LabeledEnum):
    """What became of a snapshot."""

    PENDING = "pending", "审核中"
    RETURNED = "returned", "已退回"
    PUBLISHED = "published", "已发布"
    RETRACTED = "retracted", "已撤回"


class Application(Case):
    """One supply entry of a unit from draft to end; changed by `actions` only.

    `answers` is the unit's working copy (see `cms.rules.forms`); answers that
    the form marks as personal data are kept encrypted in `sealed_answers`.
    What the bureau decides on is never this copy but a frozen `Submission`.
    """

    state_table = SUPPLY

    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="applications"
    )
    number = models.CharField("申请编号", max_length=20, blank=True, db_index=True)
    title = models.CharField("成果名称", max_length=80, blank=True)
    form_version = models.CharField("表单版本", max_length=12)
    answers = models.JSONField("填报内容", default=dict)
    sealed_answers = EncryptedTextField("加密内容", default="{}")
    status = models.CharField(
        "状态",
        max_length=32,
        choices=SupplyState.choices(),
        default=SupplyState.DRAFT.value,
        db_index=True,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField("修改时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    review_due_at = models.DateTimeField("审核到期", null=True)
    is_review_overdue = models.BooleanField("审核超期", default=False)
    has_changes = models.BooleanField("有未提交的修订", default=False)
    offer = models.OneToOneField(
        OfferPage, null=True, on_delete=models.PROTECT, related_name="application"
    )
    achievement_number = models.CharField("成果编号", max_length=20, blank=True)
    closing_reason = models.CharField("下架原因", max_length=200, blank=True)

    class Meta:
        """Newest change first."""

        verbose_name = verbose_name_plural = "发布申请"
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~models.Q(number=""),
                name="application_number_once",
            )
        ]

    def __str__(self) -> str:
        """Return number and title."""
        return f"{self.number or '草稿'} {self.title}".strip()


class Submission(models.Model):
    """A frozen snapshot handed in to the bureau, with its receipt (回执)."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="submissions"
    )
    sequence = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类型", max_length=12, choices=SubmissionKind.choices())
    form_version = models.CharField("表单版本", max_length=12)
    answers = models.JSONField("填报内容")
    sealed_answers = EncryptedTextField("加密内容")
    attachments = models.JSONField("附件清单")
    salt = models.CharField("随机数", max_length=32)
    sha256 = models.CharField("SHA-256", max_length=64)
    receipt_code = models.CharField("验证码", max_length=16, unique=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("提交时间")
    checklist = models.JSONField("核对清单", default=dict)
    decision = models.CharField(
        "处理结果",
        max_length=12,
        choices=SubmissionDecision.choices(),
        default=SubmissionDecision.PENDING.value,
    )
    opinion = models.TextField("审核意见", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        """In the order handed in."""

        verbose_name = verbose_name_plural = "提交记录"
        ordering = ["application_id", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "sequence"], name="submission_once"
            )
        ]

    def __str__(self) -> str:
        """Return the application's number and the snapshot's place."""
        return f"{self.application.number} 第{self.sequence}次提交"


class ReviewComment(models.Model):
    """A reviewer's comment on one field of a snapshot (E-FP-07)."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="comments"
    )
    field = models.CharField("字段", max_length=40, blank=True)
    text = models.CharField("意见", max_length=500)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("时间")

    class Meta:
        """In the order written."""

        verbose_name = verbose_name_plural = "审核意见"
        ordering = ["id"]

    def __str__(self) -> str:
        """Return the comment's field and text."""
        return f"{self.field or '总体'}：{self.text}"
