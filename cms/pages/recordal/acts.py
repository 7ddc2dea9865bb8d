"""The acts on a task as forms: who may do each, when, and what it does."""

from typing import ClassVar, cast

from django import forms

from cms.core.actors import Actor
from cms.core.time_inputs import DateInput
from cms.pages.act_forms import StepForm
from cms.recordal import actions
from cms.recordal.data_sheets import rights_of
from cms.recordal.file_rights import PURPOSE
from cms.recordal.models import RecordalTask
from cms.recordal.queries import recorded_blockers, roles_over
from cms.rules.recordal import (
    RECORDAL_TASK,
    AccountItem,
    Blocker,
    TaskEvent,
    TaskKind,
    may_complete,
    may_reopen,
    suspected_blockers,
)
from cms.rules.shanghai_time import to_shanghai

_PROVED = (
    TaskKind.CONTRACT_REGISTRATION,
    TaskKind.TITLE_REGISTRATION,
    TaskKind.LICENSE_RECORDAL,
)


class TaskForm(StepForm):
    """One act on a task: `event` is the step of the table that it takes."""

    purpose = PURPOSE
    event: ClassVar[TaskEvent]

    @property
    def owner_id(self) -> int:
        """The unit whose contract the task is of."""
        return self.task.contract.owner_id

    @property
    def task(self) -> RecordalTask:
        """The task that the act is done to."""
        return cast(RecordalTask, self.subject)

    @classmethod
    def is_offered(cls, task: RecordalTask, actor: Actor) -> bool:
        """Whether the table offers the step to the actor in the task's state."""
        return cls.event in RECORDAL_TASK.events_for(
            task.status, roles_over(task, actor)
        )


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), help_text=help_text)


def _text(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class SubmissionForm(TaskForm):
    """The application has gone out."""

    title = "登记已提交申请"
    button = "登记已提交"
    intro = "先核对登记数据单，补齐缺少的数据，再登记向登记（备案）机关提交申请的日期。"
    event = TaskEvent.SUBMIT

    submitted_on = _day("申请日期", "以登记（备案）机关收到之日为准。")
    blockers = forms.MultipleChoiceField(
        label="不予备案的情形",
        required=False,
        choices=Blocker.choices(),
        widget=forms.CheckboxSelectMultiple,
        help_text="合同数据提示的情形已预先勾选，核实不存在的请取消；仍有勾选的不能提交。",
    )
    note = _text("说明", "逾期备案的，必须写明逾期的原因。")

    def prepare(self) -> None:
        """Tick what the data suggest; only a license has blockers."""
        self.initial.setdefault("submitted_on", to_shanghai(self.at).date())
        if self.task.kind != TaskKind.LICENSE_RECORDAL:
            del self.fields["blockers"]
            return
        suspected = suspected_blockers(
            rights_of(self.task.contract), to_shanghai(self.at).date()
        )
        known = recorded_blockers(self.task)
        self.initial["blockers"] = [one.value for one in (*suspected, *known)]

    def act(self) -> str:
        """Apply."""
        given = self.cleaned_data
        application = actions.Application(
            given["submitted_on"],
            given["note"].strip(),
            [Blocker(one) for one in given.get("blockers", ())],
        )
        actions.submit_task(self.task, application, **self.signature)
        return "已登记提交申请，取得结果后办结。"


class CompletionForm(TaskForm):
    """The outcome: number, sum, proof; the checklist of the taxes."""

    title = "登记办结"
    button = "确认办结"
    event = TaskEvent.COMPLETE

    done_on = _day("办结日期", "登记证明、备案通知载明的日期。")
    number = forms.CharField(required=False, max_length=80)
    verified_amount = forms.DecimalField(
        label="核定技术交易额（元）",
        required=False,
        max_digits=16,
        decimal_places=2,
        min_value=0,
    )
    checklist = forms.MultipleChoiceField(
        label="核对清单",
        required=False,
        choices=AccountItem.choices(),
        widget=forms.CheckboxSelectMultiple,
        help_text="不适用的不勾选，并在说明中写明。",
    )
    paper = forms.FileField(
        label="证明文件",
        required=False,
        help_text="pdf、docx、ofd、png、jpg，不超过20MB，仅合同当事人可见。",
    )
    paper_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = _text("说明")

    @classmethod
    def is_offered(cls, task: RecordalTask, actor: Actor) -> bool:
        """A registration is settled after its application only."""
        is_applied_for = task.submitted_on is not None
        is_ready = may_complete(
            TaskKind(task.kind), task.status, is_applied_for=is_applied_for
        )
        return is_ready and super().is_offered(task, actor)

    def prepare(self) -> None:
        """Ask for what the kind brings."""
        kind = TaskKind(self.task.kind)
        self.initial.setdefault("done_on", to_shanghai(self.at).date())
        self.fields["number"].label = kind.number_label
        if kind in _PROVED:
            self.fields["number"].help_text = "必填。"
            self.fields["paper"].help_text += "必须上传。"
        if kind is not TaskKind.CONTRACT_REGISTRATION:
            del self.fields["verified_amount"]
        if kind is not TaskKind.TAX_AND_ACCOUNTS:
            del self.fields["checklist"]

    def act(self) -> str:
        """Settle."""
        given = self.cleaned_data
        outcome = actions.Outcome(
            done_on=given["done_on"],
            number=given["number"],
            verified_amount=given.get("verified_amount"),
            file=self.stored,
            note=given["note"],
            checklist=given.get("checklist", ()),
        )
        actions.complete_task(self.task, outcome, **self.signature)
        return "已办结。"


class ReasonForm(TaskForm):
    """An act that takes a reason and nothing else."""

    reason = _text("理由", "必填。")


class RefusalForm(ReasonForm):
    """The authority did not register."""

    title = "登记不予登记"
    button = "登记不予登记"
    intro = "登记（备案）机关不予登记的，写明其理由；补正后可以重新办理。"
    event = TaskEvent.REFUSE
    is_danger = True

    def act(self) -> str:
        """Refuse."""
        actions.refuse_task(self.task, self.cleaned_data["reason"], **self.signature)
        return "已登记不予登记的理由。"


class ReopeningForm(ReasonForm):
    """What was refused or thought needless is taken up again."""

    title = "重新办理"
    button = "重新办理"
    event = TaskEvent.REOPEN

    @classmethod
    def is_offered(cls, task: RecordalTask, actor: Actor) -> bool:
        """Of an ended contract only taxes and reports are taken up again."""
        is_ready = may_reopen(TaskKind(task.kind), task.status)
        return is_ready and super().is_offered(task, actor)

    def act(self) -> str:
        """Reopen."""
        actions.reopen_task(self.task, self.cleaned_data["reason"], **self.signature)
        if self.task.contract.ended_on is not None:
            return "已恢复为待办；合同已结束，不再提醒。"
        return "已恢复为待办，未到的提醒继续。"


class WaiverForm(ReasonForm):
    """Nothing needs to be done: the approver says so and why."""

    title = "确认无需办理"
    button = "确认无需办理"
    intro = "合并办理、权利已放弃等确实无需办理的，由单位审批人写明理由。"
    event = TaskEvent.WAIVE
    is_danger = True

    def act(self) -> str:
        """Waive."""
        actions.waive_task(self.task, self.cleaned_data["reason"], **self.signature)
        return "已确认无需办理。"


ACTS: dict[str, type[TaskForm]] = {
    "submission": SubmissionForm,
    "completion": CompletionForm,
    "refusal": RefusalForm,
    "reopening": ReopeningForm,
    "waiver": WaiverForm,
}
"""Acts by the name that stands in their addresses."""
