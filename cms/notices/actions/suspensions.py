"""Stops of the clock (T-08): the door for objections to listings and auctions."""

from datetime import datetime

from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.transitions import apply
from cms.notices.actions.public_page import follow
from cms.notices.actions.timing import rederive_venues, settle, stop_timer
from cms.notices.gates import count_open_objections
from cms.notices.models import Notice, Suspension
from cms.notices.queries import roles_over
from cms.notices.signals import notice_resumed, notice_suspended
from cms.rules.notices import NOTICE, NoticeEvent, NoticeState, rule_of
from cms.rules.shanghai_time import format_close
from cms.rules.violations import RuleViolation

SUSPENDED_TEXT = "因受理异议，依据附件4第十一条中止，公示期停止计算。"


def suspend_notice(
    notice: Notice, *, reason: str, by: Actor, at: datetime
) -> Suspension:
    """Stop the clock of a listing or an auction; `reason` never becomes public.

    The public record says when and on what article, not who objected (D20).

    Raises:
        RuleViolation: E-CL-03 (this kind is not stopped), E-OB-01 (already
            over), E-NP-02 (no reason), E-ST-01, E-ST-02, E-ST-04.
    """
    if not rule_of(notice.kind).may_suspend:
        raise RuleViolation("E-CL-03", rule=rule_of(notice.kind).period)
    if not reason.strip():
        raise RuleViolation("E-NP-02", field="reason")
    if (
        notice.status == NoticeState.OPEN
        and notice.close_at is not None
        and at >= notice.close_at
    ):
        raise RuleViolation("E-OB-01", close=format_close(notice.close_at))
    with writing():
        apply(
            NOTICE,
            notice,
            NoticeEvent.SUSPEND,
            by=by,
            roles=roles_over(by, notice),
            at=at,
        )
        stop = Suspension.objects.create(
            notice=notice,
            suspended_at=at,
            suspended_by_id=by.user_id,
            reason=reason.strip(),
        )
        stop_timer(notice, at=at)
        follow(notice, at=at, title="中止", text=SUSPENDED_TEXT)
        notice_suspended.send(Notice, notice=notice, at=at)
        return stop


def resume_notice(notice: Notice, *, reason: str, by: Actor, at: datetime) -> Notice:
    """Let the clock run on once every objection is closed (OT-55).

    The remaining time runs from now, rounded up to 24:00 (T-08).

    Raises:
        RuleViolation: E-NT-05 (open objections), E-NP-02 (no reason), E-ST-01,
            E-ST-02, E-ST-04.
    """
    if not reason.strip():
        raise RuleViolation("E-NP-02", field="reason")
    with writing():
        waiting = count_open_objections(notice)
        if waiting:
            raise RuleViolation("E-NT-05", n=waiting)
        apply(
            NOTICE,
            notice,
            NoticeEvent.RESUME,
            by=by,
            roles=roles_over(by, notice),
            at=at,
        )
        end_open_stop(notice, reason=reason.strip(), by=by, at=at)
        rederive_venues(notice)
        settle(notice)
        text = "恢复公示，剩余期限继续计算。"
        if notice.close_at is not None:
            text = f"恢复公示，届满时间为{format_close(notice.close_at)}。"
        follow(notice, at=at, title="恢复", text=text)
        notice_resumed.send(Notice, notice=notice, at=at)
        return notice


@writing()
def end_open_stop(notice: Notice, *, reason: str, by: Actor, at: datetime) -> None:
    """Give the stop that is open its end."""
    stop = notice.suspensions.filter(resumed_at=None).first()
    if stop is None:
        return
    stop.resumed_at = at
    stop.resumed_by_id = by.user_id
    stop.resume_reason = reason
    stop.save(update_fields=["resumed_at", "resumed_by", "resume_reason"])
