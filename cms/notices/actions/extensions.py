"""Extension of a negotiated-price notice (OT-23): consent, same content, twice."""

from datetime import datetime
from hashlib import new as new_hash

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.core.transitions import apply
from cms.notices.actions.public_page import follow
from cms.notices.actions.timing import rederive_venues, settle
from cms.notices.models import Extension, Notice
from cms.notices.queries import count_approved_extensions, roles_over
from cms.rules.deadlines import check_extensions, find_period, is_late
from cms.rules.notices import (
    NOTICE,
    NoticeEvent,
    NoticeState,
    RequestState,
    reviewers_of,
    rule_of,
)
from cms.rules.periods import PERIODS
from cms.rules.roles import Role
from cms.rules.shanghai_time import format_close, to_shanghai
from cms.rules.state_machine import advance
from cms.rules.violations import RuleViolation


def request_extension(
    notice: Notice,
    *,
    days: int,
    reason: str,
    consent: PrivateFile | None,
    by: Actor,
    at: datetime,
    values: dict[str, str] | None = None,
) -> Extension:
    """Ask for a longer notice; `values`, where given, must be those published.

    Raises:
        RuleViolation: E-XT-01..06, E-CL-05, E-NP-02 (no reason), E-NP-03 (one is
            waiting), E-ST-01, E-ST-02.
    """
    if Role.TRANSFER_OFFICE not in by.roles_in(notice.owner_id):
        raise RuleViolation("E-ST-02", event=NoticeEvent.EXTEND.label)
    with writing():
        notice.refresh_from_db()
        _check(notice, days, at)
        if values is not None and values != notice.values:
            raise RuleViolation("E-XT-03")
        if consent is None:
            raise RuleViolation("E-XT-04", field="consent")
        if not reason.strip():
            raise RuleViolation("E-NP-02", field="reason")
        if notice.extensions.filter(status=RequestState.PENDING.value).exists():
            raise RuleViolation("E-NP-03")
        extension = Extension.objects.create(
            notice=notice,
            days=days,
            reason=reason.strip(),
            consent=consent,
            content_sha256=notice.sha256,
            requested_by_id=by.person_id,
            requested_at=at,
        )
        payload: dict[str, object] = {"days": days, "consent": consent.sha256}
        evidence.record("notice.extension_requested", notice, payload, by=by, at=at)
        return extension


def decide_extension(
    extension: Extension, *, approve: bool, reason: str, by: Actor, at: datetime
) -> Extension:
    """Grant or refuse a request; what is not granted before the close lapses.

    Raises:
        RuleViolation: E-XT-01..06, E-ST-01..04, E-LS-06 (refusal without reason).
    """
    with writing():
        extension = Extension.objects.select_for_update().get(pk=extension.pk)
        notice = Notice.objects.get(pk=extension.notice_id)
        _check_decider(extension, notice, by)
        if approve:
            _grant(extension, notice, by=by, at=at)
        elif not reason.strip():
            raise RuleViolation("E-LS-06", field="reason")
        extension.status = (
            RequestState.APPROVED if approve else RequestState.REFUSED
        ).value
        extension.decided_by_id = by.user_id
        extension.decided_at = at
        extension.decision_reason = reason.strip()
        extension.save()
        evidence.record(
            f"notice.extension_{extension.status}",
            notice,
            {"days": extension.days},
            by=by,
            at=at,
        )
        if approve:
            _move(extension, notice, at)
        return extension


def _check(notice: Notice, days: int, at: datetime) -> None:
    """Refuse what OT-23 does not allow, in the order of its codes."""
    rule = rule_of(notice.kind)
    if not rule.may_extend:
        raise RuleViolation("E-XT-06")
    edition = _edition(notice, at)
    earlier = count_approved_extensions(notice)
    period = find_period(rule.period, edition)
    check_extensions(period, [days], edition)
    check_extensions(period, [1] * earlier + [days], edition)
    # While a required venue is missing there is no close yet (T-12), but where none
    # of the open ones runs any more, an extension would prolong nothing.
    closes = list(notice.venues.values_list("close_at", flat=True))
    if closes and is_late(max(closes), at):
        raise RuleViolation("E-XT-05")
    advance(NOTICE, notice.status, NoticeEvent.EXTEND, frozenset(Role))


def _edition(notice: Notice, at: datetime) -> str:
    """Return the edition of its first venue; one not open yet has today's."""
    opened = notice.venues.values_list("rule_version", flat=True).first()
    return opened or PERIODS.edition_on(to_shanghai(at).date())


def _check_decider(extension: Extension, notice: Notice, by: Actor) -> None:
    if extension.status != RequestState.PENDING:
        raise RuleViolation(
            "E-ST-01",
            state=RequestState(extension.status).label,
            event=NoticeEvent.EXTEND.label,
        )
    if not roles_over(by, notice) & reviewers_of(notice.kind):
        raise RuleViolation("E-ST-02", event=NoticeEvent.EXTEND.label)
    if by.user_id == extension.requested_by_id:
        raise RuleViolation("E-ST-03")


def _grant(extension: Extension, notice: Notice, *, by: Actor, at: datetime) -> None:
    """Check once more at the moment of the decision, then take the step."""
    _check(notice, extension.days, at)
    if extension.consent_id is None:
        raise RuleViolation("E-XT-04")
    actual = new_hash("sha256", notice.text.encode()).hexdigest()
    if not extension.content_sha256 == notice.sha256 == actual:
        raise RuleViolation("E-XT-03")
    apply(
        NOTICE,
        notice,
        NoticeEvent.EXTEND,
        by=by,
        roles=roles_over(by, notice),
        at=at,
        payload={"days": extension.days, "sha256": notice.sha256},
    )


def _move(extension: Extension, notice: Notice, at: datetime) -> None:
    rederive_venues(notice)
    settle(notice)
    text = f"经交易相对方同意并经平台审核，延长{extension.days}日。"
    if notice.close_at is not None:
        text += f"届满时间为{format_close(notice.close_at)}。"
    follow(notice, at=at, title="延长", text=text)


@writing()
def lapse_requests(notice: Notice, *, at: datetime) -> None:
    """Let requests lapse that were not decided before the end (AMB-36)."""
    lapsed = {"status": RequestState.LAPSED.value, "decided_at": at}
    pending = RequestState.PENDING.value
    notice.extensions.filter(status=pending).update(**lapsed)
    if notice.status in {NoticeState.CLOSED, NoticeState.TERMINATED}:
        notice.change_requests.filter(status=pending).update(**lapsed)
