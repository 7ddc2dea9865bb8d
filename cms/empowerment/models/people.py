"""What the people around a case said: declarations, opinions, priority."""

from django.conf import settings
from django.db import models

from cms.core.encryption import EncryptedTextField
from cms.core.models import PrivateFile
from cms.empowerment.models.cases import EmpowermentCase
from cms.rules.empowerment import PriorityChoice


class TeamAccount(models.Model):
    """Which account is a member's: recusal compares persons, not names (CC-05)."""

    case = models.ForeignKey(
        EmpowermentCase, on_delete=models.PROTECT, related_name="team_accounts"
    )
    member = models.CharField("成员", max_length=50)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """One account a member, one member an account."""

        verbose_name = verbose_name_plural = "团队成员账户"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member"], name="empowerment_member_once"
            ),
            models.UniqueConstraint(
                fields=["case", "user"], name="empowerment_account_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the member's name."""
        return self.member


class RelationDeclaration(models.Model):
    """A member's declaration of related parties, verified by the office (CC-06)."""

    case = models.ForeignKey(
        EmpowermentCase, on_delete=models.PROTECT, related_name="declarations"
    )
    member = models.CharField("成员", max_length=50)
    has_relation = models.BooleanField("有无关联关系")
    relation = EncryptedTextField("关联方、关系类型和说明", blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField("声明时间")
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField("核实时间", null=True)
    conclusion = models.CharField("核实结论", max_length=300, blank=True)

    class Meta:
        """One a member."""

        verbose_name = verbose_name_plural = "关联关系声明"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member"], name="empowerment_declaration_once"
            )
        ]

    def __str__(self) -> str:
        """Return the member's name."""
        return self.member


class DepartmentOpinion(models.Model):
    """What a department says to the application before the decision (附件1十)."""

    case = models.ForeignKey(
        EmpowermentCase, on_delete=models.PROTECT, related_name="opinions"
    )
    department = models.CharField("部门", max_length=20)
    agrees = models.BooleanField("同意")
    text = models.CharField("意见", max_length=500, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("时间")

    class Meta:
        """One a department."""

        verbose_name = verbose_name_plural = "部门意见"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "department"], name="empowerment_opinion_once"
            )
        ]

    def __str__(self) -> str:
        """Return the department."""
        return self.department


class PriorityRecord(models.Model):
    """What an inventor does with the right of priority (民法典847, CC-12)."""

    case = models.ForeignKey(
        EmpowermentCase, on_delete=models.PROTECT, related_name="priority_records"
    )
    member = models.CharField("完成人", max_length=50)
    choice = models.CharField("选择", max_length=12, choices=PriorityChoice.choices())
    paper = models.ForeignKey(
        PrivateFile, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        """One an inventor."""

        verbose_name = verbose_name_plural = "优先受让权处理"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member"], name="empowerment_priority_once"
            )
        ]

    def __str__(self) -> str:
        """Return the inventor's name and choice."""
        return f"{self.member}：{PriorityChoice(self.choice).label}"
