"""The case of a grant (赋权), and the checks of 不可赋权 before it is decided."""

from django.conf import settings
from django.db import models

from cms.achievements.models import Achievement
from cms.core.models import Case, PrivateFile
from cms.notices.models import Notice
from cms.parties.models import Organization
from cms.rules.empowerment import EMPOWERMENT, EmpowermentMode, EmpowermentState
from cms.rules.labels import LabeledEnum


class EmpowermentCase(Case):
    """One achievement's way through a mode; private to its unit.

    What its papers print is in the case's answer sheet (`core.answers`);
    here is what the procedure turns on. `rule_edition` is the version of the
    parameters that the case keeps (PL-04).
    """

    state_table = EMPOWERMENT

    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="empowerment_cases"
    )
    number = models.CharField("案号", max_length=20, blank=True, db_index=True)
    title = models.CharField("成果名称", max_length=120)
    mode = models.CharField("模式", max_length=2, choices=EmpowermentMode.choices())
    achievement = models.ForeignKey(
        Achievement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="empowerment_cases",
    )
    enterprise = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="empowerment_cases_as_enterprise",
    )
    representative = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        "状态",
        max_length=32,
        choices=EmpowermentState.choices(),
        default=EmpowermentState.DRAFT.value,
        db_index=True,
    )
    rule_edition = models.CharField("规则版本", max_length=12)
    has_co_owners = models.BooleanField("有其他共有人", default=False)
    has_co_owner_consent = models.BooleanField("共有人已同意", default=False)
    co_owner_consent = models.ForeignKey(
        PrivateFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="共有人同意书",
    )
    departments = models.JSONField("须出具意见的部门", default=list)
    notice = models.OneToOneField(
        Notice,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="empowerment_case",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField("修改时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("批准时间", null=True)
    decision_reason = models.TextField("决定理由", blank=True)
    signed_on = models.DateField("签订日期", null=True)
    effective_on = models.DateField("生效日期", null=True)
    ends_on = models.DateField("届满日", null=True)

    class Meta:
        """Newest change first."""

        verbose_name = verbose_name_plural = "赋权案件"
        ordering = ["-changed_at", "-id"]
        indexes = [
            models.Index(fields=["owner", "-changed_at"], name="empowerment_own_list")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~models.Q(number=""),
                name="empowerment_number_once",
            )
        ]

    def __str__(self) -> str:
        """Return number and title."""
        return f"{self.number or '草稿'} {self.title}"


class CheckStage(LabeledEnum):
    """When 不可赋权 is checked (CC-01)."""

    APPLICATION = "application", "申请时核查"
    SIGNING = "signing", "签约前复核"


class NegativeListCheck(models.Model):
    """One round of the four items, filled by the team, checked by the office."""

    case = models.ForeignKey(
        EmpowermentCase, on_delete=models.PROTECT, related_name="negative_checks"
    )
    stage = models.CharField("环节", max_length=12, choices=CheckStage.choices())
    answers = models.JSONField("逐项核查", default=dict)
    evidence = models.TextField("核查依据", blank=True)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    filled_at = models.DateTimeField("填写时间")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField("核查时间", null=True)

    class Meta:
        """Once at each stage."""

        verbose_name = verbose_name_plural = "不可赋权核查"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage"], name="empowerment_check_once"
            )
        ]

    def __str__(self) -> str:
        """Return the stage."""
        return CheckStage(self.stage).label
