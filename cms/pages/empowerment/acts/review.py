"""Acts of the office and the departments up to the decision (EM-05, CC-05, CC-06)."""

from collections.abc import Mapping
from typing import Any

from django import forms

from cms.core.actors import Actor
from cms.empowerment import actions
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.cases import CheckStage
from cms.empowerment.queries import speaks_for
from cms.pages.empowerment.act_form import ActForm
from cms.pages.empowerment.acts.application import BEFORE_SIGNING
from cms.rules.empowerment import EmpowermentEvent, EmpowermentState
from cms.rules.roles import Role

_S = EmpowermentState


def reason_field(label: str, help_text: str) -> forms.CharField:
    """Return a field of several lines that the rules may ask for."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class VerificationForm(ActForm):
    """The office verifies a declaration."""

    title = "核实关联关系声明"
    button = "保存核实结论"
    intro = "查询企业登记信息，核对任职和兼职备案，必要时向有关单位函询。"
    articles = ("附件1十四(四)",)
    roles = (Role.TRANSFER_OFFICE,)
    states = BEFORE_SIGNING

    declaration = forms.TypedChoiceField(label="声明", coerce=int)
    conclusion = reason_field("核实结论", "必填，例如“属实”。")

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Only while a declaration is not verified."""
        waiting = case.declarations.filter(verified_at=None)
        return super().is_due(case, actor) and waiting.exists()

    def prepare(self) -> None:
        """Offer the declarations that wait."""
        self.rows = {row.pk: row for row in self.case.declarations.all()}
        waiting = [row for row in self.rows.values() if row.verified_at is None]
        words = {True: "有关联关系", False: "没有关联关系"}
        self.choose(
            "declaration",
            [(row.pk, f"{row.member}：{words[row.has_relation]}") for row in waiting],
        )

    def context(self) -> Mapping[str, Any]:
        """Show what was declared."""
        return {"declarations": self.rows.values()}

    def act(self) -> str:
        """Keep the conclusion."""
        row = self.rows[self.cleaned_data["declaration"]]
        conclusion = self.cleaned_data["conclusion"]
        actions.verify_declaration(row, conclusion, by=self.actor, at=self.at)
        return f"{row.member}的声明已核实。"


class ConfirmationForm(ActForm):
    """The office confirms a round of 不可赋权 that another person filled."""

    title = "确认不可赋权核查"
    button = "确认核查"
    intro = "核对每项的结论和依据；填写人不能确认自己填写的核查。"
    articles = ("主方案一(一)1", "附件6五")
    roles = (Role.TRANSFER_OFFICE,)
    states = BEFORE_SIGNING

    stage = forms.ChoiceField(label="环节", widget=forms.RadioSelect)

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Only while a round is not confirmed."""
        waiting = case.negative_checks.filter(checked_at=None)
        return super().is_due(case, actor) and waiting.exists()

    def prepare(self) -> None:
        """Offer the rounds that wait."""
        waiting = self.case.negative_checks.filter(checked_at=None)
        stages = [CheckStage(row.stage) for row in waiting]
        field: Any = self.fields["stage"]
        field.choices = [(stage.value, stage.label) for stage in stages]
        self.initial["stage"] = stages[0].value if stages else ""

    def act(self) -> str:
        """Confirm the round."""
        stage = CheckStage(self.cleaned_data["stage"])
        actions.confirm_check(self.case, stage, by=self.actor, at=self.at)
        return f"{stage.label}已确认。"


class ReviewForm(ActForm):
    """初审: pass on, or give back with a reason."""

    title = "初审"
    button = "提交初审结论"
    intro = "通过后由有关部门出具意见、单位审批人决定；退回须写明理由。"
    articles = ("主方案一(一)1–2", "附件1十四(二)")
    roles = (Role.TRANSFER_OFFICE,)
    event = EmpowermentEvent.PASS_REVIEW
    is_review = True

    outcome = forms.ChoiceField(
        label="结论",
        choices=[("pass", "初审通过"), ("return", "退回修改")],
        widget=forms.RadioSelect,
    )
    reason = reason_field("退回理由", "退回时必填，团队可见。")

    def act(self) -> str:
        """Pass or return."""
        version, by = self.seen_version, self.actor
        if self.cleaned_data["outcome"] == "pass":
            actions.pass_review(self.case, version=version, by=by, at=self.at)
            return "初审通过，等待部门意见和审批。"
        reason = self.cleaned_data["reason"]
        actions.return_to_team(self.case, reason, version=version, by=by, at=self.at)
        return "已退回团队修改。"


class OpinionForm(ActForm):
    """A department's opinion."""

    title = "出具部门意见"
    button = "提交意见"
    intro = "财务、人事、纪检由本部门出具；其他部门的意见由成果转化部门登记。"
    articles = ("附件1十",)
    roles = (
        Role.TRANSFER_OFFICE,
        Role.FINANCE,
        Role.HUMAN_RESOURCES,
        Role.DISCIPLINE,
    )
    states = (_S.AWAITING_APPROVAL,)
    is_review = True

    department = forms.ChoiceField(label="部门")
    agrees = forms.ChoiceField(
        label="意见",
        choices=[("yes", "同意"), ("no", "不同意")],
        widget=forms.RadioSelect,
    )
    text = reason_field("说明", "不同意的必须写明理由。")

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Only for a department of the case."""
        return super().is_due(case, actor) and bool(speaks_for(case, actor))

    def prepare(self) -> None:
        """Offer the departments for which the person speaks."""
        mine = speaks_for(self.case, self.actor)
        given = set(self.case.opinions.values_list("department", flat=True))
        self.choose("department", [(name, name) for name in mine])
        waiting = [name for name in mine if name not in given]
        self.initial["department"] = waiting[0] if len(waiting) == 1 else ""

    def act(self) -> str:
        """Keep the opinion."""
        given = self.cleaned_data
        actions.give_opinion(
            self.case,
            given["department"],
            given["agrees"] == "yes",
            given["text"],
            by=self.actor,
            at=self.at,
        )
        return f"{given['department']}意见已提交。"


class DecisionForm(ActForm):
    """批准 or 不批准 by the unit's leading group."""

    title = "审批"
    button = "提交审批结论"
    intro = "各部门意见齐全后决定。批准后进入公示；不批准的，案件终止，须写明理由。"
    articles = ("主方案一(一)1–2", "附件1十", "附件1十四(二)")
    roles = (Role.APPROVER,)
    event = EmpowermentEvent.APPROVE
    is_review = True

    outcome = forms.ChoiceField(
        label="结论",
        choices=[("approve", "批准"), ("refuse", "不批准")],
        widget=forms.RadioSelect,
    )
    reason = reason_field("理由", "不批准时必填。")

    def context(self) -> Mapping[str, Any]:
        """Show the opinions."""
        return {"opinions": self.case.opinions.select_related("given_by")}

    def act(self) -> str:
        """Decide."""
        is_approved = self.cleaned_data["outcome"] == "approve"
        actions.decide_case(
            self.case,
            is_approved,
            self.cleaned_data["reason"],
            version=self.seen_version,
            by=self.actor,
            at=self.at,
        )
        return "已批准，等待公示。" if is_approved else "已决定不批准，案件终止。"
