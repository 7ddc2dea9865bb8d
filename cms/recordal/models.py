"""Signed contracts as the registers see them, and their tasks; see `actions`."""

from datetime import datetime

from django.db import models

from cms.core.models import Case, PrivateFile
from cms.parties.models import Organization
from cms.rules.recordal import (
    OPEN_STATES,
    RECORDAL_TASK,
    ContractKind,
    TaskKind,
    TaskState,
    is_overdue,
)


class ContractRecord(models.Model):
    """One filed contract of a case: what was agreed, as its filed copy says.

    `case` and `paper` name the case and the filed paper as `app.Model:pk`;
    `enterprise` is set where it may read the contract's tasks. `rights` are rows
    of kind, name, number, last_day …; `patent_numbers` those of the patents, each
    between bars, to be found by; `sheet` holds the data of the registers. `ended_on`
    is set when the contract was rescinded or its term has run out.
    """

    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="contract_records"
    )
    enterprise = models.ForeignKey(
        Organization,
        null=True,
        on_delete=models.PROTECT,
        related_name="contract_records_as_enterprise",
    )
    case = models.CharField("案件", max_length=80, db_index=True)
    paper = models.CharField("归档文书", max_length=80)
    instrument = models.CharField("文书", max_length=8)
    mode = models.CharField("赋权方式", max_length=2, blank=True)
    number = models.CharField("合同编号", max_length=60, blank=True)
    title = models.CharField("合同名称", max_length=200)
    kind = models.CharField("合同类别", max_length=32, choices=ContractKind.choices())
    parties = models.CharField("当事人", max_length=400, blank=True)
    amount = models.DecimalField(
        "合同金额（元）", max_digits=16, decimal_places=2, null=True
    )
    formula = models.CharField("计价办法", max_length=600, blank=True)
    license_kind = models.CharField("许可种类", max_length=16, blank=True)
    signed_on = models.DateField("签订日期", null=True)
    effective_on = models.DateField("生效日期", null=True)
    ends_on = models.DateField("终止日期", null=True)
    rule_edition = models.CharField("规则版本", max_length=12)
    rights = models.JSONField("知识产权", default=list)
    patent_numbers = models.TextField("专利号", blank=True)
    sheet = models.JSONField("登记数据", default=dict)
    ended_on = models.DateField("解除、到期之日", null=True)
    created_at = models.DateTimeField("归档时间")

    class Meta:
        """Newest signing first."""

        verbose_name = verbose_name_plural = "已归档合同"
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "instrument"], name="contract_record_once"
            )
        ]

    def __str__(self) -> str:
        """Return instrument and title."""
        return f"{self.instrument} {self.title}"


class RecordalTask(Case):
    """One thing to be done for a contract after signing (PS-01…PS-05).

    `opened_at`, `rule`, `rule_version` are the inputs of the period, `close_at`
    and `nominal_on` what was computed from them (T-07); a task without a period
    has none. `right` and `authority` belong to a title, `checklist` to the taxes.
    """

    state_table = RECORDAL_TASK

    contract = models.ForeignKey(
        ContractRecord, on_delete=models.PROTECT, related_name="tasks"
    )
    kind = models.CharField("事项", max_length=24, choices=TaskKind.choices())
    position = models.PositiveSmallIntegerField("序")
    right = models.CharField("知识产权", max_length=300, blank=True)
    authority = models.CharField("登记机关", max_length=80, blank=True)
    guidance = models.CharField("办理说明", max_length=300, blank=True)
    is_optional = models.BooleanField("选办", default=False)
    status = models.CharField(
        "状态",
        max_length=16,
        choices=TaskState.choices(),
        default=TaskState.TODO.value,
        db_index=True,
    )

    rule = models.CharField("期限规则", max_length=24, blank=True)
    rule_version = models.CharField("规则版本", max_length=12, blank=True)
    opened_at = models.DateTimeField("起算时间", null=True)
    close_at = models.DateTimeField("截止时间", null=True, db_index=True)
    nominal_on = models.DateField("名义届满日", null=True)
    due_on = models.DateField("截止日", null=True)
    is_provisional = models.BooleanField("暂定", default=False)
    provisional_year = models.PositiveSmallIntegerField("缺少的年份", null=True)
    calendar_version = models.CharField("日历版本", max_length=80, blank=True)
    reminders = models.JSONField("提醒日", default=list)
    reminded_on = models.DateField("最近提醒", null=True)
    overdue_at = models.DateTimeField("逾期时间", null=True)

    submitted_on = models.DateField("申请日期", null=True)
    done_on = models.DateField("办结日期", null=True)
    number = models.CharField("登记号、备案号", max_length=80, blank=True)
    verified_amount = models.DecimalField(
        "核定技术交易额（元）", max_digits=16, decimal_places=2, null=True
    )
    file = models.ForeignKey(
        PrivateFile, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField("说明", max_length=500, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    sheet = models.JSONField("补填的登记数据", default=dict)
    blockers = models.JSONField("不予备案的情形", default=list)
    checklist = models.JSONField("已核对事项", default=list)

    class Meta:
        """What is due first, first; then in the order of the contract."""

        verbose_name = verbose_name_plural = "登记备案任务"
        ordering = [models.F("close_at").asc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "position"], name="recordal_task_once"
            )
        ]

    def __str__(self) -> str:
        """Return the kind, and the right of a title."""
        kind = TaskKind(self.kind).label
        return f"{kind}：{self.right}" if self.right else kind

    @property
    def is_open(self) -> bool:
        """Whether it is not settled."""
        return self.status in OPEN_STATES

    def is_overdue(self, at: datetime) -> bool:
        """Whether its statutory period has run out unused at an instant (PS-03)."""
        return is_overdue(
            self.kind, self.status, self.close_at, self.is_provisional, at
        )
