"""Real-name check of organizations (CC-10): hand in, verify, reject, revoke."""

from dataclasses import dataclass
from datetime import datetime

from cms.core import private_files, transitions
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.parties.models import VerificationCase
from cms.rules.identifiers import check_credit_code, check_identity_number, check_mobile
from cms.rules.parties import SUBJECT_ROLES, VERIFICATION, VerificationEvent
from cms.rules.roles import Role
from cms.rules.state_machine import advance
from cms.rules.violations import RuleViolation, RuleViolations


@dataclass(frozen=True, slots=True)
class HandlerFacts:
    """Who stands for the organization: the legal representative and the handler."""

    legal_representative: str
    handler_name: str
    handler_identity: str
    handler_phone: str


@writing()
def keep_license(case: VerificationCase, file: PrivateFile) -> None:
    """Keep the scan of the licence at once, so that a refused form does not lose it.

    Raises:
        RuleViolation: E-ST-01, the data are with the platform or decided.
    """
    advance(VERIFICATION, case.status, VerificationEvent.SUBMIT.value, SUBJECT_ROLES)
    case.license_file = file
    case.save(update_fields=["license_file"])


@private_files.readable("real_name")
def may_read_license(actor: Actor, file: PrivateFile) -> bool:
    """Let the organization that sent it and the platform that checks it read a scan."""
    if file.owner_id is not None and actor.roles_in(file.owner_id) & SUBJECT_ROLES:
        return True
    return actor.has(Role.PLATFORM)


@writing()
def submit_verification(
    case: VerificationCase,
    facts: HandlerFacts,
    *,
    by: Actor,
    at: datetime,
) -> VerificationCase:
    """Hand in the real-name data of an organization.

    Raises:
        RuleViolations: E-PA-12, E-ID-01, E-ID-02, E-ID-05, all that apply.
        RuleViolation: E-ST-01, E-ST-02, E-ST-04.
    """
    identity, phone = _checked(case, facts, at)
    _apply(case, VerificationEvent.SUBMIT, by=by, at=at)
    case.legal_representative = facts.legal_representative
    case.handler_name = facts.handler_name
    case.handler_identity = identity
    case.handler_phone = phone
    case.submitted_by_id = by.user_id
    case.submitted_at = at
    case.comment = ""
    case.save()
    return case


def _checked(
    case: VerificationCase, facts: HandlerFacts, at: datetime
) -> tuple[str, str]:
    labels = {
        "legal_representative": "法定代表人",
        "handler_name": "经办人姓名",
        "handler_identity": "经办人身份证号",
        "handler_phone": "经办人手机号",
    }
    missing = [label for name, label in labels.items() if not getattr(facts, name)]
    if case.license_file_id is None:
        missing.append("营业执照（登记证书）")
    if missing:
        raise RuleViolation("E-PA-12", fields="、".join(missing))
    refusals: list[RuleViolation] = []
    identity = phone = ""
    try:
        check_credit_code(case.organization.credit_code)
    except RuleViolation as error:
        refusals.append(error)
    try:
        identity = check_identity_number(
            facts.handler_identity, today=at.date(), field="handler_identity"
        )
    except RuleViolation as error:
        refusals.append(error)
    try:
        phone = check_mobile(facts.handler_phone, field="handler_phone")
    except RuleViolation as error:
        refusals.append(error)
    if refusals:
        raise RuleViolations(refusals)
    return identity, phone


def verify(case: VerificationCase, *, by: Actor, at: datetime) -> VerificationCase:
    """Confirm the real name of an organization.

    Raises:
        RuleViolation: E-PA-06 (one's own organization), E-ST-01 to E-ST-04.
    """
    return _decide(case, VerificationEvent.VERIFY, "", by=by, at=at)


def reject(
    case: VerificationCase, comment: str, *, by: Actor, at: datetime
) -> VerificationCase:
    """Refuse the real-name data, with the reason.

    Raises:
        RuleViolation: E-PA-07 (no reason), E-PA-06, E-ST-01 to E-ST-04.
    """
    return _decide(case, VerificationEvent.REJECT, _reason(comment), by=by, at=at)


def revoke(
    case: VerificationCase, comment: str, *, by: Actor, at: datetime
) -> VerificationCase:
    """Take back a verification that no longer holds, with the reason.

    Raises:
        RuleViolation: E-PA-07 (no reason), E-PA-06, E-ST-01 to E-ST-04.
    """
    return _decide(case, VerificationEvent.REVOKE, _reason(comment), by=by, at=at)


def _reason(comment: str) -> str:
    if not comment.strip():
        raise RuleViolation("E-PA-07", field="comment")
    return comment.strip()


@writing()
def _decide(
    case: VerificationCase,
    event: VerificationEvent,
    comment: str,
    *,
    by: Actor,
    at: datetime,
) -> VerificationCase:
    if by.roles_in(case.organization_id):
        raise RuleViolation("E-PA-06")
    _apply(case, event, by=by, at=at)
    case.comment = comment
    case.decided_by_id = by.user_id
    case.decided_at = at
    case.save()
    return case


def _apply(
    case: VerificationCase, event: VerificationEvent, *, by: Actor, at: datetime
) -> None:
    """Take the step and show its state on the organization, in one transaction."""
    roles = by.roles_in(case.organization_id) | (by.roles & {Role.PLATFORM})
    transitions.apply(VERIFICATION, case, event.value, by=by, roles=roles, at=at)
    organization = case.organization
    organization.verification = case.status
    organization.save(update_fields=["verification"])
