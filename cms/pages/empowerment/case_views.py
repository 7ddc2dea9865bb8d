"""The page of a case: progress, gates, what the reader may do, contents, record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.case_documents.kinds import kind_of
from cms.core import answers as sheets
from cms.core import clock
from cms.core.actors import Actor
from cms.empowerment.facts import as_text, find, members_of
from cms.empowerment.gate_panel import list_gates
from cms.empowerment.guards import Answers, refuse_involved
from cms.empowerment.history import list_history
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.objections import ObjectionOutcome
from cms.empowerment.notice_values import price_of
from cms.empowerment.queries import roles_over
from cms.pages.empowerment.access import (
    PEOPLE,
    TRAIL,
    Reader,
    actor_of,
    find_case,
    reader_of,
    room_view,
)
from cms.pages.empowerment.acts import ACTS
from cms.pages.empowerment.progress import list_stages, list_tasks
from cms.pages.empowerment.texts import next_step, tone_of
from cms.pages.payments.section import payments_section
from cms.pages.recordal.section import section_of
from cms.rules.empowerment import (
    EMPOWERMENT,
    MODE_RULES,
    EmpowermentEvent,
    EmpowermentMode,
    EmpowermentState,
)
from cms.rules.supply_demand.negative_list import Condition, NegativeItem
from cms.rules.violations import RuleViolation

_UNDER_REVIEW = (
    EmpowermentState.SUBMITTED,
    EmpowermentState.AWAITING_APPROVAL,
    EmpowermentState.EXTENSION_REVIEW,
)


@room_view(*PEOPLE)
@require_safe
def grant_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a case as its reader may see it."""
    case, at = find_case(request, pk), clock.now()
    reader = reader_of(actor_of(request), case)
    context: dict[str, Any] = {
        "case": case,
        "mode": EmpowermentMode(case.mode),
        "article": MODE_RULES[EmpowermentMode(case.mode)].article,
        "tone": tone_of(case),
        "next_step": next_step(case),
        "reader": reader,
        "payments": payments_section(case, reader.actor, at),
        "recordal": section_of(case, reader.actor, at),
        "trail": [*TRAIL, (case.number or case.title or "草稿", "")],
    }
    if reader.is_party:
        return render(request, "empowerment/grant_party.html", context)
    answers = sheets.answers_of(case)
    lines, gates = list_history(case), list_gates(case, answers, reader.actor, at)
    recusal = _recusal(case, answers, reader)
    context |= {
        "stages": list_stages(case, lines),
        "tasks": list_tasks(case, gates, at),
        "gates": gates,
        "closed": sum(not gate.is_open for gate in gates),
        "warnings": kind_of(case).warn(case, answers),
        "recusal": recusal,
        "offers": _offers(case, reader, is_barred=recusal is not None),
        "facts": _facts(case, answers),
        "members": _members(case, answers),
        "checks": [_check(row) for row in case.negative_checks.all()],
        "opinions": case.opinions.select_related("given_by"),
        "objections": _objections(case, reader),
        "services": case.services.select_related("recorded_by")[:20],
        "extensions": case.extensions.select_related("notice"),
        "history": lines,
    }
    return render(request, "empowerment/grant_case.html", context)


def _recusal(
    case: EmpowermentCase, answers: Answers, reader: Reader
) -> RuleViolation | None:
    """Return why a reviewer must stand back, while the case is reviewed (CC-05)."""
    if case.status not in _UNDER_REVIEW or not reader.is_office:
        return None
    try:
        refuse_involved(case, answers, reader.actor)
    except RuleViolation as violation:
        return violation
    return None


def _offers(
    case: EmpowermentCase, reader: Reader, *, is_barred: bool
) -> list[dict[str, str]]:
    """Return the acts that the reader may take now, as buttons.

    Signing is no act of its own: the signed agreement is uploaded with the papers,
    and its filing signs the case (AS-09).
    """
    offers = [
        {
            "title": act.title,
            "url": reverse(f"grant_{name.replace('-', '_')}", args=[case.pk]),
            "tone": "danger" if act.is_danger else "" if act.event else "secondary",
        }
        for name, act in ACTS.items()
        if act.may(case, reader.actor)
        and act.is_due(case, reader.actor)
        and not (is_barred and act.is_review)
    ]
    if _may_sign(case, reader.actor):
        url = f"{reverse('papers', args=['grant', case.pk])}#bundle"
        offers.append({"title": "上传签署的协议", "url": url, "tone": ""})
    return offers


def _may_sign(case: EmpowermentCase, actor: Actor) -> bool:
    """Whether the reader may bring the signed agreement now."""
    events = EMPOWERMENT.events_for(case.status, roles_over(case, actor))
    return EmpowermentEvent.SIGN in events


def _facts(case: EmpowermentCase, answers: Answers) -> list[dict[str, str]]:
    """Return what the case is about, as far as it is answered."""
    percent = {"empowerment.share": "赋予的份额", "revenue.unit_percent": "单位收益"}
    is_ownership = MODE_RULES[EmpowermentMode(case.mode)].is_ownership
    rows = [
        ("成果", case.title),
        ("台账登记号", as_text(find(answers, "achievement.ledger_number"))),
        ("团队代表", case.representative.full_name),
        ("承接对象", as_text(find(answers, "empowerment.recipient"))),
        *(
            (label, f"{value}%" if (value := as_text(find(answers, path))) else "")
            for path, label in percent.items()
        ),
        ("使用权期限", "" if is_ownership else _term(answers)),
        ("价款", price_of(answers)),
        ("其他共有人", _co_owners(case)),
        ("适用规则版本", case.rule_edition),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _term(answers: Answers) -> str:
    days = [
        as_text(find(answers, f"empowerment.{name}"))
        for name in ("starts_on", "ends_on")
    ]
    return f"{days[0]}至{days[1]}" if all(days) else ""


def _co_owners(case: EmpowermentCase) -> str:
    if not case.has_co_owners:
        return "没有"
    return "有，已书面同意" if case.has_co_owner_consent else "有，尚未取得书面同意"


def _members(case: EmpowermentCase, answers: Answers) -> list[dict[str, Any]]:
    """Return the team with declarations, accounts and priority rights."""
    declared = {row.member: row for row in case.declarations.all()}
    accounts = {
        row.member: row.user for row in case.team_accounts.select_related("user")
    }
    settled = {row.member: row for row in case.priority_records.select_related("paper")}
    is_ownership = MODE_RULES[EmpowermentMode(case.mode)].is_ownership
    return [
        {
            "name": member.name,
            "revenue_share": f"{member.revenue_share:g}%",
            "ownership_share": f"{member.ownership_share:g}%" if is_ownership else "",
            "declaration": declared.get(member.name),
            "account": accounts.get(member.name),
            "priority": settled.get(member.name),
        }
        for member in members_of(answers)
    ]


def _check(row: Any) -> dict[str, Any]:
    """Return one round of 不可赋权 in words."""
    items = [
        (item.label, _word(row.answers.get(item.value), "存在", "不存在"))
        for item in NegativeItem
    ]
    items += [
        (item.label, _word(row.answers.get(item.value), "具备", "不具备"))
        for item in Condition
    ]
    return {"row": row, "items": items}


def _word(answer: bool | None, yes: str, no: str) -> str:
    if answer is None:
        return "未核查"
    return yes if answer else no


def _objections(case: EmpowermentCase, reader: Reader) -> list[dict[str, Any]]:
    """Return the objections; who objected and why only to who handles them."""
    return [
        {
            "row": row,
            "outcome": ObjectionOutcome(row.outcome).label if row.outcome else "处理中",
            "objector": row.objector if reader.sees_objectors else "",
            "ground": row.ground if reader.sees_objectors else "",
        }
        for row in case.objections.all()
    ]
