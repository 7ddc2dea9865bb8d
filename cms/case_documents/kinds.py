"""Kinds of case that have papers: what each brings to the assembly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import models

from cms.case_documents.known import known_of_agreement, known_of_case
from cms.case_documents.payment_plan import plan_of
from cms.case_documents.prefill import start_empowerment
from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.subjects import model_and_pk
from cms.empowerment.facts import as_date, find
from cms.empowerment.guards import application_gates, signing_gates
from cms.empowerment.mode_facts import check_mode, patents_of, warn_mode
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.queries import list_cases
from cms.notices.gates import check_may_proceed
from cms.rules.empowerment import (
    MODE_RULES,
    EmpowermentMode,
    EmpowermentState,
    check_scope,
    warn_expiries,
)
from cms.rules.payment_plans import check_plan, warn_plan
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation
from cms.supply_demand.agreement_gates import notice_gates
from cms.supply_demand.models import Agreement, AgreementKind
from cms.supply_demand.queries.agreements import list_agreements

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gate:
    """A step of the case and what keeps it closed, in the register's words."""

    step: str
    closed_by: tuple[RuleViolation, ...]


@dataclass(frozen=True, slots=True)
class CaseKind:
    """How the papers see a kind of case.

    `bundle` names the ordered instruments, `visible` the cases of an actor,
    `check` the rules on the answers of one (all breaches at once), `warn` what stops
    nobody but is told, `gates` what keeps its next steps closed, `answerers` who of
    the owner fills its answers.
    `reference` numbers its papers; `shared` are those that the other party reads;
    `elsewhere` the instruments that another room deals with, and in which words.
    `fixed` is what the case itself answers, `known` what register and catalogue say.
    """

    model: type[models.Model]
    label: str
    bundle: Callable[[Any], str]
    visible: Callable[[Actor], models.QuerySet[Any]]
    check: Callable[[Any, Answers], list[RuleViolation]]
    warn: Callable[[Any, Answers], list[RuleViolation]]
    gates: Callable[[Any, Answers, datetime], list[Gate]]
    reference: Callable[[Any], str]
    answerers: tuple[Role, ...]
    shared: frozenset[str]
    elsewhere: Mapping[str, str]
    fixed: Callable[[Any], Answers]
    known: Callable[[Any], Answers]


def _empowerment_rules(case: EmpowermentCase, answers: Answers) -> list[RuleViolation]:
    return check_mode(EmpowermentMode(case.mode), answers, case.rule_edition)


def _agreement_rules(case: Agreement, answers: Answers) -> list[RuleViolation]:
    return check_plan(plan_of(answers))


def _empowerment_warnings(
    case: EmpowermentCase, answers: Answers
) -> list[RuleViolation]:
    return warn_mode(EmpowermentMode(case.mode), answers, case.rule_edition)


def _agreement_warnings(case: Agreement, answers: Answers) -> list[RuleViolation]:
    found = warn_plan(plan_of(answers))
    ends_on = as_date(find(answers, "license.ends_on"))
    if ends_on is not None:
        found += warn_expiries(ends_on, patents_of(answers))
    return found


def _empowerment_gates(
    case: EmpowermentCase, answers: Answers, at: datetime
) -> list[Gate]:
    """Return the gates that are still before the case (CC-01…CC-12)."""
    state = EmpowermentState(case.status)
    gates = []
    if state is EmpowermentState.DRAFT:
        found = application_gates(
            case, answers, Actor(case.representative_id, "团队代表")
        )
        gates.append(Gate("提交赋权申请", tuple(found)))
    if case.signed_on is None:
        gates.append(Gate("签订赋权协议", tuple(signing_gates(case, answers, at))))
    return gates


def _agreement_gates(case: Agreement, answers: Answers, at: datetime) -> list[Gate]:
    if case.signed_on is not None:
        return []
    gates = []
    if case.notice is None:
        gates.append(Gate("起草协议定价公示", tuple(notice_gates(case, answers))))
    found = [RuleViolation("E-NT-04", close="未公示")]
    if case.notice is not None:
        try:
            check_may_proceed(case.notice, at)
            found = []
        except RuleViolation as closed:
            found = [closed]
    return [*gates, Gate("签订合同", tuple(found))]


def _empowerment_reference(case: EmpowermentCase) -> str:
    """Return a reference that stays the same from the first draft on."""
    return f"赋权〔{case.created_at.astimezone(SHANGHAI).year}〕{case.pk}号"


def _empowerment_fixed(case: EmpowermentCase) -> Answers:
    known = start_empowerment(
        case.owner, EmpowermentMode(case.mode), case.representative
    )
    has_co_owners = {"has_co_owners": case.has_co_owners}
    fixed = {"empowerment": {**known["empowerment"], **has_co_owners}}
    if MODE_RULES[EmpowermentMode(case.mode)].insider:
        # 附件4八(二): the notice may not leave the insider unsaid.
        fixed["notice"] = {"has_insider": True}
    return fixed


def _agreement_fixed(case: Agreement) -> Answers:
    is_license = case.kind == AgreementKind.LICENSE
    return {
        "intention": {"manner": "license" if is_license else "use_right_transfer"},
        "notice": {"has_platform_venue": True},  # AMB-17: unit and platform
        "approval": {"manner": "use_then_pay"},  # 附件1十: the unit approves this one
        "empowerment": {"recipient": case.enterprise.name},  # D-05
    }


KINDS: dict[str, CaseKind] = {
    "grant": CaseKind(
        EmpowermentCase,
        "赋权案件",
        lambda case: case.mode,
        list_cases,
        _empowerment_rules,
        _empowerment_warnings,
        _empowerment_gates,
        _empowerment_reference,
        (Role.TRANSFER_OFFICE, Role.RESEARCHER),
        frozenset({"D-14", "D-16", "D-17", "D-19", "D-20", "D-21", "D-24"}),
        {},
        _empowerment_fixed,
        known_of_case,
    ),
    "agreement": CaseKind(
        Agreement,
        "先使用后付费合同",
        lambda case: "USE_THEN_PAY",
        list_agreements,
        _agreement_rules,
        _agreement_warnings,
        _agreement_gates,
        lambda case: case.number,
        (Role.TRANSFER_OFFICE,),
        frozenset({"D-30", "D-31", "D-32", "D-37"}),
        {
            "D-27": "已通过“发布申请”办理",
            "D-28": "已在供给清单发布",
            "D-30": "合作意向书在“我的对接”中起草、确认",
        },
        _agreement_fixed,
        known_of_agreement,
    ),
}
"""Kinds by the name that stands in their URLs."""


def kind_of(case: models.Model) -> CaseKind:
    """Return the kind of a case.

    Raises:
        LookupError: this model has no papers.
    """
    for kind in KINDS.values():
        if isinstance(case, kind.model):
            return kind
    raise LookupError(f"{case._meta.label} has no papers")


def check_instrument(case: models.Model, instrument: str, listed: bool) -> None:
    """Refuse a paper that the case's bundle does not list.

    Raises:
        RuleViolation: E-EM-14 (title, where only its use was granted), E-CD-09.
    """
    if listed:
        return
    if isinstance(case, EmpowermentCase):
        check_scope(MODE_RULES[EmpowermentMode(case.mode)].grant, instrument)
    raise RuleViolation("E-CD-09", instrument=instrument)


def get_visible(actor: Actor, name: str, pk: int) -> models.Model:
    """Return a case by kind and key, within the actor's scope.

    Raises:
        LookupError: no such kind; ObjectDoesNotExist: none for this actor.
    """
    return cast(models.Model, KINDS[name].visible(actor).get(pk=pk))


def case_behind(subject: str) -> models.Model:
    """Return the case that papers name as `app.Model:pk`."""
    model, pk = model_and_pk(subject)
    return model._default_manager.get(pk=pk)
