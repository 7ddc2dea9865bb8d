"""Acts from signing on: registration, extension, service, end (EM-07…EM-16)."""

from collections.abc import Mapping
from typing import Any

from django import forms

from cms.core import answers as sheets
from cms.core.actors import Actor
from cms.core.time_inputs import DateInput
from cms.empowerment import actions
from cms.empowerment.models import EmpowermentCase, Extension
from cms.empowerment.notice_values import prefill_extension
from cms.pages.empowerment.act_form import ActForm
from cms.pages.empowerment.acts.publicity import NoticeDraftForm
from cms.pages.empowerment.acts.review import reason_field
from cms.rules.empowerment import (
    EXTENSION_PROOFS,
    EmpowermentEvent,
    EmpowermentState,
)
from cms.rules.notices import NoticeKind
from cms.rules.roles import Role
from cms.rules.shanghai_time import to_shanghai
from cms.rules.violations import RuleViolation

_S = EmpowermentState
_SIGNED = (
    _S.SIGNED,
    _S.PERFORMED,
    _S.EXTENSION_REVIEW,
    _S.EXTENSION_NOTICE,
    _S.EXPIRED,
)


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), help_text=help_text)


class RegistrationForm(ActForm):
    """Title or license is registered."""

    title = "登记权属变更（备案）完成"
    button = "确认已完成"
    intro = (
        "权利自登记之日起转移：权属变更登记全部办结后才能确认。"
        "许可备案不是协议生效的条件，未办结的备案任务不影响确认，仍会提醒。"
    )
    articles = ("附件1十一", "附件6六(三)")
    roles = (Role.TRANSFER_OFFICE,)
    event = EmpowermentEvent.REGISTER

    def act(self) -> str:
        """Record the registration."""
        actions.register_title(
            self.case, version=self.seen_version, by=self.actor, at=self.at
        )
        return "已登记，案件进入履行。"


class ExtensionRequestForm(ActForm):
    """A longer use right, with three proofs."""

    title = "申请延长使用权"
    button = "提交延期申请"
    intro = "期满之前提出，延长不少于一年，须有履约、转化进展、收益三项证明。"
    articles = ("主方案一(一)2",)
    roles = (Role.RESEARCHER,)
    event = EmpowermentEvent.REQUEST_EXTENSION

    ends_on = _day("延长至")

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Only a use right has a term."""
        return case.ends_on is not None and super().is_due(case, actor)

    def prepare(self) -> None:
        """Ask for each proof."""
        for name, label in EXTENSION_PROOFS:
            self.fields[name] = reason_field(f"{label}的证明", "必填，写明材料名称。")

    def act(self) -> str:
        """Ask for the extension."""
        proofs = {name: self.cleaned_data[name] for name, _ in EXTENSION_PROOFS}
        actions.request_extension(
            self.case,
            self.cleaned_data["ends_on"],
            proofs,
            version=self.seen_version,
            by=self.actor,
            at=self.at,
        )
        return "延期申请已提交，等待审批。"


def _last_extension(case: EmpowermentCase) -> Extension | None:
    return case.extensions.order_by("-id").first()


def _asked_extension(case: EmpowermentCase, event: str) -> Extension:
    """Return the last request; without one the act belongs to another state."""
    extension = _last_extension(case)
    if extension is None:
        raise RuleViolation("E-ST-01", state=case.status_label, event=event)
    return extension


class ExtensionDecisionForm(ActForm):
    """The approver decides a request for a longer use right."""

    title = "审批延期"
    button = "提交结论"
    intro = "批准后须公示不少于15日，届满后新期限生效；不批准的须写明理由。"
    articles = ("主方案一(一)2", "附件1十四(二)")
    roles = (Role.APPROVER,)
    event = EmpowermentEvent.APPROVE_EXTENSION
    is_review = True

    outcome = forms.ChoiceField(
        label="结论",
        choices=[("approve", "批准延期"), ("refuse", "不批准")],
        widget=forms.RadioSelect,
    )
    reason = reason_field("理由", "不批准时必填。")

    def prepare(self) -> None:
        """Find the request."""
        self.extension = _last_extension(self.case)

    def context(self) -> Mapping[str, Any]:
        """Show what was asked and proved."""
        proofs = self.extension.proofs if self.extension else {}
        named = [(label, proofs.get(name, "")) for name, label in EXTENSION_PROOFS]
        return {"extension": self.extension, "proofs": named}

    def act(self) -> str:
        """Decide."""
        extension = _asked_extension(self.case, self.title)
        is_approved = self.cleaned_data["outcome"] == "approve"
        reason = self.cleaned_data["reason"]
        actions.decide_extension(
            extension, is_approved, reason, by=self.actor, at=self.at
        )
        return "已批准延期，等待公示。" if is_approved else "已决定不批准延期。"


class ExtensionNoticeForm(NoticeDraftForm):
    """The notice of an approved extension."""

    title = "起草延期公示"
    event = None
    states = (_S.EXTENSION_NOTICE,)

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Only while the approved extension has no notice."""
        extension = _last_extension(case)
        is_waiting = extension is not None and extension.notice_id is None
        return is_waiting and case.status in cls.states

    @property
    def kind(self) -> NoticeKind:
        """An extension is noticed inside the unit."""
        return NoticeKind.EMPOWERMENT

    def first_values(self) -> Mapping[str, str]:
        """Return the contents with the new term."""
        extension = _last_extension(self.case)
        if extension is None:
            return {}
        return prefill_extension(extension, sheets.answers_of(self.case))

    def heading_text(self) -> str:
        """Return the first title."""
        return f"{self.case.title}使用权延期公示"[:120]

    def act(self) -> str:
        """Draft the notice."""
        extension = _asked_extension(self.case, self.title)
        notice = actions.open_extension_notice(
            extension,
            self.cleaned_data["heading"],
            self.values(),
            by=self.actor,
            at=self.at,
        )
        self.notice_id = notice.pk
        return "延期公示草稿已生成，请核对后提交形式审查。"


class ServiceForm(ActForm):
    """One follow-up after the grant."""

    title = "登记赋后服务"
    button = "登记"
    intro = "单位对赋权后的转化每年至少跟踪服务一次。"
    articles = ("附件1九",)
    roles = (Role.TRANSFER_OFFICE,)
    states = _SIGNED

    served_on = _day("服务日期")
    text = reason_field("服务内容", "必填。")

    def clean_served_on(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data["served_on"]
        if day > to_shanghai(self.at).date():
            raise forms.ValidationError("服务日期不能晚于今天。")
        return day

    def act(self) -> str:
        """Keep the follow-up."""
        day, text = self.cleaned_data["served_on"], self.cleaned_data["text"].strip()
        # A second press of the button is not a second visit.
        if not self.case.services.filter(served_on=day, text=text).exists():
            actions.record_service(self.case, day, text, by=self.actor, at=self.at)
        return "已登记。"


class RescissionForm(ActForm):
    """The agreement was rescinded."""

    title = "登记解除协议"
    button = "确认解除"
    intro = "协议依约或者依法解除后登记，案件终结，期满和服务提醒同时取消。"
    articles = ("主方案一(一)1–2",)
    roles = (Role.TRANSFER_OFFICE,)
    event = EmpowermentEvent.RESCIND
    is_danger = True

    reason = reason_field("解除的依据和理由", "必填。")

    def act(self) -> str:
        """Rescind."""
        reason = self.cleaned_data["reason"]
        actions.rescind_case(
            self.case, reason, version=self.seen_version, by=self.actor, at=self.at
        )
        return "已登记解除。"
