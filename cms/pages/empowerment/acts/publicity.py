"""Acts around the notice: draft, objections, re-check, priority (EM-06, CC-12)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from cms.core import answers as sheets
from cms.core.actors import Actor
from cms.empowerment import actions
from cms.empowerment.models import EmpowermentCase, UnitObjection
from cms.empowerment.models.cases import CheckStage
from cms.empowerment.models.objections import ObjectionOutcome
from cms.empowerment.notice_values import prefill_notice
from cms.pages.empowerment.access import EDITORS
from cms.pages.empowerment.act_form import ActForm, PaperForm
from cms.pages.empowerment.acts.application import CheckForm
from cms.pages.notices.forms import field_of
from cms.rules.empowerment import (
    MODE_RULES,
    EmpowermentEvent,
    EmpowermentMode,
    EmpowermentState,
    PriorityChoice,
)
from cms.rules.notices import NoticeKind, fields_of
from cms.rules.roles import Role

_S = EmpowermentState
_FROM_APPROVAL = (
    _S.AWAITING_NOTICE,
    _S.NOTICE_OPEN,
    _S.NOTICE_DISPUTED,
    _S.NOTICE_CLOSED,
)


class NoticeDraftForm(ActForm):
    """The contents of the case's notice, filled from the answers."""

    title = "起草公示"
    button = "生成公示草稿"
    intro = (
        "以下内容已从案件带入，可以修改。生成草稿后到“本单位公示”继续补充、"
        "提交形式审查并发布；公示的发布和届满会自动推动本案件。"
    )
    articles = ("主方案一(一)1–2", "附件4八(二)")
    roles = (Role.TRANSFER_OFFICE,)
    event = EmpowermentEvent.PUBLISH
    url = "my_notice_edit"
    notice_id: int = 0

    heading = forms.CharField(label="公示标题", max_length=120)

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Only while there is no notice yet."""
        return case.notice_id is None and super().is_due(case, actor)

    @property
    def kind(self) -> NoticeKind:
        """The kind of notice that the mode needs."""
        return MODE_RULES[EmpowermentMode(self.case.mode)].notice

    def first_values(self) -> Mapping[str, str]:
        """Return the contents as the case has them."""
        return prefill_notice(self.case, sheets.answers_of(self.case))

    def prepare(self) -> None:
        """Build the fields of the kind with their first values."""
        for spec in fields_of(self.kind):
            self.fields[spec.name] = field_of(spec)
        self.initial |= {"heading": self.heading_text(), **self.first_values()}

    def heading_text(self) -> str:
        """Return the first title."""
        rule = MODE_RULES[EmpowermentMode(self.case.mode)]
        what = "赋权暨协议定价公示" if rule.is_priced else "赋权公示"
        return f"{self.case.title}{what}"[:120]

    def values(self) -> dict[str, str]:
        """Return the contents as they are stored."""
        return {
            spec.name: str(self.cleaned_data.get(spec.name) or "")
            for spec in fields_of(self.kind)
        }

    def act(self) -> str:
        """Draft the notice."""
        notice = actions.open_notice(
            self.case,
            self.cleaned_data["heading"],
            self.values(),
            by=self.actor,
            at=self.at,
        )
        self.notice_id = notice.pk
        return "公示草稿已生成，请核对后提交形式审查。"

    def next_url(self) -> tuple[str, list[Any]]:
        """On to the room of notices."""
        return self.url, [self.notice_id]


class ObjectionForm(ActForm):
    """An objection inside the unit, received while the notice runs."""

    title = "登记异议"
    button = "登记异议"
    intro = "公示期内收到的书面异议逐件登记；办结之前不能签约。异议人的信息保密。"
    articles = ("主方案一(一)1–2",)
    roles = EDITORS
    states = (_S.NOTICE_OPEN, _S.NOTICE_DISPUTED)

    objector = forms.CharField(
        label="异议人",
        max_length=120,
        help_text="加密保存，只有成果转化部门、审批人和纪检可见。",
    )
    ground = forms.CharField(
        label="异议事项和理由",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def act(self) -> str:
        """Register the objection."""
        who, ground = (
            self.cleaned_data[name].strip() for name in ("objector", "ground")
        )
        known = {(row.objector, row.ground) for row in self.case.objections.all()}
        # A second press of the button is not a second objection.
        if (who, ground) not in known:
            actions.register_objection(
                self.case, who, ground, by=self.actor, at=self.at
            )
        return "异议已登记，办结之前不能签约。"


class ConclusionForm(ActForm):
    """The conclusion of an objection with reasons (D-100)."""

    title = "办结异议"
    button = "提交处理结论"
    intro = "结论须说明理由。成立的，案件终止，或者退回团队修改后重新公示。"
    articles = ("主方案一(一)1–2", "附件1十四(二)")
    roles = (Role.TRANSFER_OFFICE, Role.APPROVER)

    objection = forms.TypedChoiceField(label="异议", coerce=int)
    outcome = forms.ChoiceField(label="结论", widget=forms.RadioSelect)
    conclusion = forms.CharField(
        label="处理结论及理由",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="必填。不写异议人的个人信息。",
    )

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Only while an objection is open."""
        return case.objections.filter(outcome="").exists()

    def prepare(self) -> None:
        """Offer the open objections, and what may come of one."""
        self.rows: dict[int, UnitObjection] = {
            row.pk: row for row in self.case.objections.filter(outcome="")
        }
        self.choose("objection", [(row.pk, str(row)) for row in self.rows.values()])
        if len(self.rows) == 1:
            self.initial["objection"] = next(iter(self.rows))
        field: Any = self.fields["outcome"]
        field.choices = [
            (ObjectionOutcome.DISMISSED.value, "不成立"),
            (ObjectionOutcome.WITHDRAWN.value, "异议人撤回"),
            (ObjectionOutcome.SUSTAINED.value, "成立，案件终止"),
            ("revision", "成立，退回团队修改后重新公示"),
        ]

    def context(self) -> Mapping[str, Any]:
        """Show what was objected."""
        return {"open_objections": self.rows.values()}

    def act(self) -> str:
        """Conclude."""
        given = self.cleaned_data
        for_revision = given["outcome"] == "revision"
        outcome = (
            ObjectionOutcome.SUSTAINED
            if for_revision
            else ObjectionOutcome(given["outcome"])
        )
        actions.conclude_objection(
            self.rows[given["objection"]],
            outcome,
            given["conclusion"],
            for_revision=for_revision,
            by=self.actor,
            at=self.at,
        )
        return "异议已办结。"


class RecheckForm(CheckForm):
    """不可赋权 once more, before signing (CC-01)."""

    title = "签约前复核不可赋权情形"
    button = "保存复核"
    states = _FROM_APPROVAL
    stage: ClassVar[CheckStage] = CheckStage.SIGNING


class PriorityForm(PaperForm):
    """What an inventor does with the right of priority."""

    title = "登记优先受让权处理"
    button = "保存"
    intro = (
        "转让职务技术成果时，完成人在同等条件下优先受让。逐人登记行使或者书面放弃，"
        "并上传其签署的声明。"
    )
    articles = ("民法典847",)
    roles = (Role.TRANSFER_OFFICE,)
    states = _FROM_APPROVAL
    paper_required = True

    member = forms.ChoiceField(label="完成人")
    choice = forms.ChoiceField(
        label="选择", choices=PriorityChoice.choices(), widget=forms.RadioSelect
    )
    field_order = ("member", "choice", "paper")

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Only where title passes."""
        is_ownership = MODE_RULES[EmpowermentMode(case.mode)].is_ownership
        return is_ownership and super().is_due(case, actor)

    def prepare(self) -> None:
        """Offer the inventors."""
        self.choose("member", self.member_choices())

    def act(self) -> str:
        """Record the choice with its paper."""
        given = self.cleaned_data
        choice = PriorityChoice(given["choice"])
        actions.record_priority(
            self.case, given["member"], choice, self.stored, by=self.actor, at=self.at
        )
        return f"{given['member']}：{choice.label}，已登记。"
