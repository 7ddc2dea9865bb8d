"""Acts of the team before and at the submission (EM-02…EM-04, CC-01, CC-06)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from cms.core import answers as sheets
from cms.core.actors import Actor
from cms.core.refusals import add_refusal
from cms.empowerment import actions
from cms.empowerment.gate_panel import GateStep, list_gates
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.cases import CheckStage
from cms.pages.empowerment.access import EDITORS
from cms.pages.empowerment.act_form import ActForm, PaperForm, people_of
from cms.parties.models import Organization
from cms.rules.empowerment import EmpowermentEvent, EmpowermentMode, EmpowermentState
from cms.rules.identifiers import check_credit_code
from cms.rules.parties import OrganizationKind
from cms.rules.roles import Role
from cms.rules.supply_demand.negative_list import Condition, NegativeItem
from cms.rules.violations import RuleViolation

_S = EmpowermentState
BEFORE_SIGNING = (
    _S.DRAFT,
    _S.SUBMITTED,
    _S.AWAITING_APPROVAL,
    _S.AWAITING_NOTICE,
    _S.NOTICE_OPEN,
    _S.NOTICE_DISPUTED,
    _S.NOTICE_CLOSED,
)


class OutlineForm(ActForm):
    """Mode, title, representative, co-owners, enterprise of a draft."""

    title = "修改案件基本信息"
    button = "保存"
    roles = EDITORS
    states = (_S.DRAFT,)
    articles = ("主方案一(一)1", "附件6四")

    mode = forms.ChoiceField(
        label="赋权模式",
        choices=[(m.value, f"{m.value} {m.label}") for m in EmpowermentMode],
        widget=forms.RadioSelect,
        help_text="改变模式后，须重新核对份额、期限、价款等内容。",
    )
    name = forms.CharField(label="成果名称", max_length=120)
    representative = forms.TypedChoiceField(label="团队代表", coerce=int)
    has_co_owners = forms.BooleanField(
        label="成果有其他共有人（单位和团队以外）",
        required=False,
        help_text="有其他共有人的，签约前须取得其书面同意（专利法14）。",
    )
    enterprise = forms.CharField(
        label="承接企业的统一社会信用代码",
        required=False,
        max_length=18,
        help_text="选填。企业已在本平台注册的填写；签约后该企业可以看到本案件。",
    )

    def prepare(self) -> None:
        """Show what the case says now."""
        case = self.case
        people = people_of(case.owner_id, Role.RESEARCHER)
        if case.representative_id not in {key for key, _ in people}:
            people.append((case.representative_id, case.representative.full_name))
        self.choose("representative", people)
        self.initial |= {
            "mode": case.mode,
            "name": case.title,
            "representative": case.representative_id,
            "has_co_owners": case.has_co_owners,
            "enterprise": case.enterprise.credit_code if case.enterprise else "",
        }

    def clean_enterprise(self) -> Organization | None:
        """Return the enterprise behind the code."""
        text = self.cleaned_data["enterprise"].strip()
        if not text:
            return None
        try:
            code = check_credit_code(text, field="enterprise")
        except RuleViolation as refused:
            add_refusal(self, refused)
            return None
        found = Organization.objects.filter(
            credit_code=code, kind=OrganizationKind.ENTERPRISE.value
        ).first()
        if found is None:
            raise forms.ValidationError("本平台没有使用该代码注册的企业。")
        return found

    def act(self) -> str:
        """Save the outline."""
        given = self.cleaned_data
        outline = actions.Outline(
            EmpowermentMode(given["mode"]),
            given["name"],
            given["representative"],
            given["has_co_owners"],
            given["enterprise"],
        )
        actions.save_outline(
            self.case,
            version=self.seen_version,
            outline=outline,
            by=self.actor,
            at=self.at,
        )
        return "已保存。"


class AccountForm(ActForm):
    """Which account of the unit is a member's."""

    title = "关联成员账户"
    button = "保存"
    intro = "把团队成员与其在本平台的账户对应起来：成员可以看到本案件，回避按账户核对。"
    articles = ("附件1十四(二)",)
    roles = EDITORS
    states = BEFORE_SIGNING

    member = forms.ChoiceField(label="团队成员")
    user = forms.TypedChoiceField(
        label="本单位账户", coerce=int, empty_value=None, required=False
    )

    def prepare(self) -> None:
        """Offer the members and the unit's people."""
        self.choose("member", self.member_choices())
        self.choose("user", people_of(self.case.owner_id), "不关联")

    def act(self) -> str:
        """Link the account, or take the link off."""
        given = self.cleaned_data
        actions.link_account(
            self.case, given["member"], given["user"], by=self.actor, at=self.at
        )
        return "已保存。"


class CheckForm(ActForm):
    """The four items of 不可赋权, the fourth with its conditions (CC-01)."""

    title = "不可赋权核查"
    button = "保存核查"
    intro = "有任何一项存在，或者任何一项条件不具备的，不能赋权。"
    articles = ("主方案一(一)1", "附件1五", "附件6五")
    roles = EDITORS
    states = (_S.DRAFT,)
    stage: ClassVar[CheckStage] = CheckStage.APPLICATION

    grounds = forms.CharField(
        label="核查依据",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="逐项写明依据和证明材料；只写“无”“不涉及”的会被退回补充。",
    )

    def prepare(self) -> None:
        """Ask each item with two answers; show what was answered before."""
        row = self.case.negative_checks.filter(stage=self.stage.value).first()
        for item in NegativeItem:
            self._ask(item.value, item.label, "存在", "不存在")
        for one in Condition:
            self._ask(one.value, one.label, "具备", "不具备")
        if row is not None:
            words = {True: "yes", False: "no"}
            self.initial |= {k: words[v] for k, v in row.answers.items()}
            self.initial["grounds"] = row.evidence
        self.order_fields([*NegativeItem, *Condition, "grounds"])

    def _ask(self, name: str, label: str, yes: str, no: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=[("no", no), ("yes", yes)]
            if yes == "存在"
            else [("yes", yes), ("no", no)],
            widget=forms.RadioSelect,
        )

    def act(self) -> str:
        """Keep the round."""
        names = [*NegativeItem, *Condition]
        answers = {name.value: self.cleaned_data[name.value] == "yes" for name in names}
        grounds = self.cleaned_data["grounds"]
        actions.fill_check(
            self.case, self.stage, answers, grounds, by=self.actor, at=self.at
        )
        return "核查已保存，由成果转化部门另一人确认。"


class DeclarationForm(ActForm):
    """A member's declaration of related parties (D-05)."""

    title = "关联关系声明"
    button = "提交声明"
    intro = (
        "每位团队成员各作一份。关联关系指本人、近亲属及其他有共同利益的人与承接对象、"
        "合作方、资金方或者转化服务机构之间的投资、任职、兼职、借贷、亲属等关系。"
        "声明改变的，须重新核实。"
    )
    articles = ("附件1十四(四)", "附件4八(二)")
    roles = EDITORS
    states = BEFORE_SIGNING

    member = forms.ChoiceField(label="声明人")
    has_relation = forms.ChoiceField(
        label="有无关联关系",
        choices=[("no", "没有"), ("yes", "有")],
        widget=forms.RadioSelect,
    )
    relation = forms.CharField(
        label="关联方、关系类型和说明",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="有关联关系的必填。加密保存，仅办理人员可见；公示只写必要的说明。",
    )

    def prepare(self) -> None:
        """Offer the members."""
        self.choose("member", self.member_choices())

    def act(self) -> str:
        """Record the declaration."""
        given = self.cleaned_data
        actions.declare_relation(
            self.case,
            given["member"],
            given["has_relation"] == "yes",
            given["relation"],
            by=self.actor,
            at=self.at,
        )
        return f"{given['member']}的声明已提交。"


class ConsentForm(PaperForm):
    """The other co-owners' written consent."""

    title = "上传共有人同意书"
    button = "保存"
    intro = "成果有单位和团队以外的共有人时，须上传全部共有人签署的同意书。"
    articles = ("专利法14", "民法典301", "民法典305")
    roles = EDITORS
    states = BEFORE_SIGNING
    paper_required = True

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Only where there are other co-owners."""
        return case.has_co_owners and super().is_due(case, actor)

    def act(self) -> str:
        """Keep the consent."""
        actions.record_consent(self.case, self.kept, by=self.actor, at=self.at)
        return "同意书已保存。"


class SubmissionForm(ActForm):
    """The submission by the representative."""

    title = "提交赋权申请"
    button = "确认提交"
    intro = "提交后由成果转化部门初审，退回之前不能修改。"
    articles = ("主方案一(一)1", "附件1九")
    roles = (Role.RESEARCHER,)
    event = EmpowermentEvent.SUBMIT

    def context(self) -> Mapping[str, Any]:
        """Show the gates of the submission."""
        answers = sheets.answers_of(self.case)
        gates = list_gates(self.case, answers, self.actor, self.at)
        return {"gates": [one for one in gates if one.step is GateStep.SUBMISSION]}

    def act(self) -> str:
        """Submit."""
        actions.submit_case(
            self.case, version=self.seen_version, by=self.actor, at=self.at
        )
        return "申请已提交，等待初审。"


class DeletionForm(ActForm):
    """The end of a draft that was never submitted."""

    title = "删除草稿"
    button = "确认删除"
    intro = "删除后不能恢复；存证记录保留“曾经新建”。"
    roles = EDITORS
    states = (_S.DRAFT,)
    is_danger = True

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Only while it was never submitted."""
        return case.submitted_at is None and super().is_due(case, actor)

    def act(self) -> str:
        """Delete."""
        actions.delete_draft(self.case, by=self.actor)
        return "草稿已删除。"

    def next_url(self) -> tuple[str, list[Any]]:
        """The case is gone: back to the list."""
        return "grant_list", []
