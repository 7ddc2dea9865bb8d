"""The team's accounts, and what the other co-owners consented to (CC-05, EM-15)."""

from datetime import datetime

from cms.core import answers as sheets
from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.empowerment.actions.cases import lock_case, require_editor
from cms.empowerment.facts import members_of
from cms.empowerment.models import EmpowermentCase, TeamAccount
from cms.parties.models import Membership
from cms.rules.violations import RuleViolation


def link_account(
    case: EmpowermentCase,
    member: str,
    user_id: int | None,
    *,
    by: Actor,
    at: datetime,
) -> TeamAccount | None:
    """Say which account is a member's; None takes the link off.

    Raises:
        RuleViolation: E-ST-02, E-GR-01 (no member of that name, no account of the
            unit, or another member's account).
    """
    require_editor(case, by, "关联成员账户")
    name = member.strip()
    with writing():
        fresh = lock_case(case, by)
        _check_link(fresh, name, user_id)
        row = None
        if user_id is None:
            fresh.team_accounts.filter(member=name).delete()
        else:
            row, _ = TeamAccount.objects.update_or_create(
                case=fresh, member=name, defaults={"user_id": user_id}
            )
        payload: dict[str, object] = {"account": user_id}
        evidence.record("empowerment.account", fresh, payload, by=by, at=at)
        return row


def record_consent(
    case: EmpowermentCase, paper: PrivateFile, *, by: Actor, at: datetime
) -> EmpowermentCase:
    """Keep the other co-owners' written consent (D-99, EM-15).

    Raises:
        RuleViolation: E-ST-01 (there are no other co-owners), E-ST-02.
    """
    require_editor(case, by, "登记共有人同意书")
    with writing():
        fresh = lock_case(case, by)
        if not fresh.has_co_owners:
            raise RuleViolation(
                "E-ST-01", state="没有其他共有人", event="登记共有人同意书"
            )
        fresh.co_owner_consent, fresh.has_co_owner_consent = paper, True
        fresh.changed_at = at
        fresh.version += 1
        fresh.save()
        payload: dict[str, object] = {"file": paper.pk, "sha256": paper.sha256}
        evidence.record("empowerment.consent", fresh, payload, by=by, at=at)
        return fresh


def _check_link(case: EmpowermentCase, member: str, user_id: int | None) -> None:
    names = {found.name for found in members_of(sheets.answers_of(case))}
    if member not in names:
        raise RuleViolation("E-GR-01", field="member")
    if user_id is None:
        return
    is_of_unit = Membership.objects.filter(
        organization_id=case.owner_id, user_id=user_id, is_active=True
    ).exists()
    others = case.team_accounts.exclude(member=member)
    if not is_of_unit or others.filter(user_id=user_id).exists():
        raise RuleViolation("E-GR-01", field="user")
