"""The form check (形式审查): FORMAL_REVIEW, four eyes, reasons."""

from datetime import datetime

from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.transitions import apply
from cms.notices.models import Notice
from cms.notices.queries import roles_over
from cms.rules.notices import NOTICE, NoticeEvent, check_fields, reviewers_of
from cms.rules.violations import RuleViolation


def approve_notice(notice: Notice, *, by: Actor, at: datetime) -> Notice:
    """Pass the form check; the notice may then be published.

    Raises:
        RuleViolation: E-ST-01..04; RuleViolations: E-LS-01, E-OT-07.
    """
    check_fields(notice.kind, notice.title, notice.values)
    return _decide(notice, NoticeEvent.APPROVE, "", by=by, at=at)


def reject_notice(notice: Notice, *, reason: str, by: Actor, at: datetime) -> Notice:
    """Reject with a reason that the unit sees; nothing becomes public.

    Also a notice that passed and cannot be published any more, for example
    because its planned end has been overtaken (E-NT-01).

    Raises:
        RuleViolation: E-LS-06 (no reason), E-ST-01..04.
    """
    if not reason.strip():
        raise RuleViolation("E-LS-06", field="reason")
    return _decide(notice, NoticeEvent.REJECT, reason.strip(), by=by, at=at)


def _decide(
    notice: Notice, event: NoticeEvent, reason: str, *, by: Actor, at: datetime
) -> Notice:
    with writing():
        apply(
            NOTICE,
            notice,
            event,
            by=by,
            roles=roles_over(by, notice) & reviewers_of(notice.kind),
            at=at,
        )
        notice.reviewed_by_id = by.user_id
        notice.reviewed_at = at
        notice.review_reason = reason
        notice.save(update_fields=["reviewed_by", "reviewed_at", "review_reason"])
        return notice
