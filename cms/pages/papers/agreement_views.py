"""Contracts after a match (先使用后付费): list, page, label, notice (FP-09, §17.9)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cms.case_documents.agreement_notice import notice_title, notice_values
from cms.case_documents.earlier import filled_from_earlier
from cms.case_documents.kinds import kind_of
from cms.case_documents.known import known_of_match
from cms.case_documents.payment_plan import plan_of
from cms.core import answers as sheets
from cms.core import clock
from cms.core.actors import Actor
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.refusals import tell_refusal
from cms.core.typed_numbers import typed_number
from cms.pages.papers.access import actor_of
from cms.pages.payments.section import payments_section
from cms.pages.recordal.section import section_of
from cms.pages.room.cards import Card, card
from cms.rules.payment_plans import check_plan, is_use_then_pay
from cms.rules.roles import Role
from cms.rules.supply_demand.agreement_states import AgreementState
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions import agreements
from cms.supply_demand.actions.agreement_approval import approve_agreement
from cms.supply_demand.agreement_gates import is_approved, notice_gates
from cms.supply_demand.models import Agreement, AgreementKind
from cms.supply_demand.queries.agreements import get_agreement, list_agreements
from cms.supply_demand.queries.matches import get_own_match

PAGE_SIZE = 20
TRAIL = [("我的工作台", "/my/"), ("合同", "/my/agreements/")]
LIST = ListParameters("合同", "/my/agreements/", PAGE)
_READERS = (Role.TRANSFER_OFFICE, Role.APPROVER, Role.FINANCE, Role.ENTERPRISE)


@login_required
@require_safe
@LIST.checks
def agreement_list(request: HttpRequest) -> HttpResponse:
    """List the contracts of the reader's unit or enterprise, newest change first."""
    actor = actor_of(request)
    if not actor.has(*_READERS, Role.DISCIPLINE):
        raise Http404
    page = Paginator(list_agreements(actor), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "trail": [TRAIL[0], ("合同", "")]}
    return render(request, "papers/agreement_list.html", context)


@login_required
@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one contract: state, computed label, papers, notice, what comes next."""
    case, at = _find(request, pk), clock.now()
    actor = actor_of(request)
    is_owner = bool(actor.roles_in(case.owner_id))
    answers = sheets.answers_of(case)
    plan = plan_of(answers)
    is_office = Role.TRANSFER_OFFICE in actor.roles_in(case.owner_id)
    context: dict[str, Any] = {
        "case": case,
        "kind": AgreementKind(case.kind),
        "bears_label": is_use_then_pay(plan),
        "against": check_plan(plan) if is_owner and plan.rows else [],
        "warnings": kind_of(case).warn(case, answers) if is_owner else [],
        "is_owner": is_owner,
        "payments": payments_section(case, actor, at),
        "recordal": section_of(case, actor, at),
        "is_approved": case.signed_on is not None or is_approved(case, answers),
        "may_approve": _may_approve(case, actor) and not is_approved(case, answers),
        "before_notice": notice_gates(case, answers)
        if is_owner and case.status == AgreementState.AWAITING_NOTICE
        else [],
        "may_draft_notice": is_office
        and case.notice_id is None
        and case.status == AgreementState.AWAITING_NOTICE,
        "trail": [*TRAIL, (case.number, "")],
    }
    return render(request, "papers/agreement.html", context)


@login_required
@require_POST
def agreement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw up the contract that a match leads to (D-31 or D-32)."""
    match = get_own_match(actor_of(request), pk)
    kinds = {kind.value: kind for kind in AgreementKind}
    kind = kinds.get(request.POST.get("kind", ""))
    if kind is None:
        raise Http404
    try:
        made = agreements.open_agreement(
            match,
            kind,
            answers=filled_from_earlier(match.unit, known_of_match(match)),
            by=actor_of(request),
            at=clock.now(),
        )
    except RuleViolation as refused:
        tell_refusal(request, refused)
        return redirect("my_match", pk)
    messages.success(request, f"已拟定合同{made.number}，请填写答案、组装文书。", "ok")
    return redirect("agreement", made.pk)


@login_required
@require_POST
def agreement_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the notice of the agreed price from the contract's answers (AMB-17)."""
    case = _find(request, pk)
    try:
        notice = agreements.open_agreement_notice(
            case,
            notice_title(case),
            notice_values(case),
            by=actor_of(request),
            at=clock.now(),
        )
    except (RuleViolation, RuleViolations) as refused:
        tell_refusal(request, refused)
        return redirect("agreement", pk)
    messages.success(request, "已起草协议定价公示，请核对内容后提交审查。", "ok")
    return redirect("my_notice", notice.pk)


@login_required
@require_POST
def agreement_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the contract's terms as the unit's approver (TR-01)."""
    case = _find(request, pk)
    try:
        approve_agreement(
            case,
            version=typed_number(request.POST.get("version"), otherwise=0),
            by=actor_of(request),
            at=clock.now(),
        )
    except RuleViolation as refused:
        tell_refusal(request, refused)
    else:
        messages.success(request, "已批准本项转化，可以起草协议定价公示。", "ok")
    return redirect("agreement", pk)


def _may_approve(case: Agreement, actor: Actor) -> bool:
    """Whether the reader may decide on the terms: before the notice, with four eyes."""
    is_approver = Role.APPROVER in actor.roles_in(case.owner_id)
    is_due = case.status == AgreementState.AWAITING_NOTICE and not case.notice_id
    return is_approver and is_due and actor.person_id != case.created_by_id


def _find(request: HttpRequest, pk: int) -> Agreement:
    try:
        return get_agreement(actor_of(request), pk)
    except ObjectDoesNotExist:
        raise Http404 from None


@card(order=45)
def my_agreements(request: HttpRequest) -> Card | None:
    """Count the contracts that the reader may see."""
    actor = actor_of(request)
    if not actor.has(Role.TRANSFER_OFFICE, Role.APPROVER, Role.ENTERPRISE):
        return None
    return Card(
        title="合同",
        url="/my/agreements/",
        count=list_agreements(actor).count(),
        text="先使用后付费合同的拟定、公示和签订。",
        action_label="查看合同",
        action_url="/my/agreements/",
    )
