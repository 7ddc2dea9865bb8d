"""The unit's approval of a contract's terms (TR-01, 附件1十)."""

from datetime import datetime

from cms.core import answers as sheets
from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import take_write_lock, writing
from cms.parties.models import User
from cms.rules.roles import Role
from cms.rules.supply_demand.agreement_states import AgreementState
from cms.rules.supply_demand.review import check_recusal
from cms.rules.violations import RuleViolation
from cms.supply_demand.agreement_gates import members_of, terms_of
from cms.supply_demand.models import Agreement


def approve_agreement(
    agreement: Agreement, *, version: int, by: Actor, at: datetime
) -> Agreement:
    """Approve object, manner, price and licensee, before anything is published.

    Terms that change afterwards are to be approved again.

    Raises:
        RuleViolation: E-ST-01 (the notice is drafted, or later), E-ST-02 (no approver
            of the unit), E-ST-03 (who drew it up), E-ST-04, E-EM-05 (an inventor).
    """
    if Role.APPROVER not in by.roles_in(agreement.owner_id):
        raise RuleViolation("E-ST-02", event="审批转化")
    with writing():
        take_write_lock()
        fresh = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if fresh.version != version:
            raise RuleViolation("E-ST-04")
        if fresh.status != AgreementState.AWAITING_NOTICE or fresh.notice_id:
            raise RuleViolation("E-ST-01", state=fresh.status_label, event="审批转化")
        if by.person_id == fresh.created_by_id:
            raise RuleViolation("E-ST-03")
        answers = sheets.answers_of(fresh)
        approver = User.objects.get(pk=by.person_id)
        check_recusal(approver.full_name, members_of(answers))
        fresh.approved_by_id, fresh.approved_at = by.person_id, at
        fresh.approved_terms, fresh.changed_at = terms_of(answers), at
        fresh.version += 1
        fresh.save()
        payload: dict[str, object] = {
            "number": fresh.number,
            "terms": fresh.approved_terms,
        }
        evidence.record("agreement.approved", fresh, payload, by=by, at=at)
        return fresh
