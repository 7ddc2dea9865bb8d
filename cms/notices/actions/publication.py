"""Publication: the text is fixed and hashed, each venue's period starts (T-12)."""

from datetime import datetime
from hashlib import new as new_hash

from django.utils.timezone import localtime

from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.numbering import next_number
from cms.core.transitions import apply
from cms.notices.actions.public_page import follow, link_successor, write_page
from cms.notices.actions.screening import refuse_personal_data
from cms.notices.actions.timing import settle
from cms.notices.models import Notice, NoticeVenue
from cms.notices.periods import preview_venue
from cms.notices.queries import facts_of, roles_over, state_at
from cms.notices.signals import notice_published
from cms.rules.deadlines import Deadline, require_firm
from cms.rules.notices import (
    NOTICE,
    AttachmentFacts,
    NoticeEvent,
    NoticeKind,
    NoticeState,
    Venue,
    compose_text,
    publishers_of,
    read_instant,
    rule_of,
    short_code,
)
from cms.rules.shanghai_time import format_close
from cms.rules.violations import RuleViolation

PUBLIC_PREFIX = "GS"
UNIT_PREFIX = "NG"


def publish_notice(
    notice: Notice, venue: Venue, *, by: Actor, at: datetime
) -> NoticeVenue:
    """Open one venue of a checked notice; its period starts now.

    1. Computes the period and refuses what has no firm end.
    2. At the first venue: number, fixed text, SHA-256, SM3, verification code.
    3. On the platform: writes the public page. On the unit's own venue: none.
    4. Sets the close timer once every required venue is open; `notice_published`.

    Raises:
        RuleViolation: E-ST-01..04, E-NT-01 (planned end too early), E-NT-03 (no
            calendar), E-AU-02 (auction before the close); RuleViolations: E-SE-02.
    """
    is_first = notice.published_at is None
    if is_first:
        refuse_personal_data(notice)
    with writing():
        _check_venue(notice, venue, at)
        deadline = preview_venue(notice, at)
        require_firm(deadline)
        _check_auction(notice, deadline)
        event = NoticeEvent.PUBLISH if is_first else NoticeEvent.OPEN_VENUE
        number = notice.number or _next_number(notice, at)
        text = notice.text or _text_of(notice, number)
        apply(
            NOTICE,
            notice,
            event,
            by=by,
            roles=roles_over(by, notice) & publishers_of(venue),
            at=at,
            payload=_payload(number, text, venue, deadline),
        )
        if is_first:
            _fix(notice, number, text, at)
        row = _open(notice, venue, deadline, by=by, at=at)
        settle(notice)
        if venue is Venue.PLATFORM:
            write_page(notice, row, at=at)
            link_successor(notice, at=at)
        else:
            follow(notice, at=at, title=f"{venue.label}公示", text=_told(notice))
        notice_published.send(Notice, notice=notice, venue=venue, by=by, at=at)
        return row


def _told(notice: Notice) -> str:
    """Return what the public record says of the unit's own venue."""
    if notice.close_at is None:
        return "单位内部公示已发布。"
    close = format_close(notice.close_at)
    return f"单位内部公示已发布，公示期以较晚届满者为准，至{close}届满。"


def _payload(
    number: str, text: str, venue: Venue, deadline: Deadline
) -> dict[str, object]:
    return {
        "number": number,
        "venue": venue.value,
        "sha256": new_hash("sha256", text.encode()).hexdigest(),
        "sm3": new_hash("sm3", text.encode()).hexdigest(),
        "close_at": deadline.close_at.isoformat(),
        "rule_version": deadline.rule_version,
        "calendar_version": deadline.calendar_version,
    }


def _next_number(notice: Notice, at: datetime) -> str:
    """A notice that stays inside the unit leaves no gap in the public numbers."""
    prefix = PUBLIC_PREFIX if rule_of(notice.kind).is_public else UNIT_PREFIX
    return next_number(prefix, localtime(at).year)


def _check_venue(notice: Notice, venue: Venue, at: datetime) -> None:
    """Refuse a venue of another kind, one that is open, and any after the close."""
    facts = facts_of(notice)
    state = state_at(
        notice.status,
        facts.effective_close,
        at,
        is_provisional=any(row.is_provisional for row in facts.venues),
    )
    is_known = venue in rule_of(notice.kind).venues
    is_open = venue in {row.venue for row in facts.venues}
    # An advised venue does not bring back what has ended, also if the sweep is late.
    if not is_known or is_open or state is NoticeState.CLOSED:
        raise RuleViolation(
            "E-ST-01", state=state.label, event=f"发布（{venue.label}）"
        )


def _check_auction(notice: Notice, deadline: Deadline) -> None:
    """An auction starts when its notice has ended, not before (OT-31)."""
    if notice.kind != NoticeKind.AUCTION:
        return
    starts_at = read_instant(notice.values.get("auction_at", ""))
    if starts_at is None or starts_at < deadline.close_at:
        earliest = f"{localtime(deadline.close_at):%Y-%m-%d %H:%M}"
        raise RuleViolation("E-AU-02", field="auction_at", t=earliest)


def _text_of(notice: Notice, number: str) -> str:
    return compose_text(
        notice.kind,
        number,
        notice.title,
        notice.owner.name,
        notice.values,
        [
            AttachmentFacts(row.name, row.size, row.sha256)
            for row in notice.attachments.all()
        ],
    )


def _fix(notice: Notice, number: str, text: str, at: datetime) -> None:
    notice.number = number
    notice.text = text
    notice.sha256 = new_hash("sha256", text.encode()).hexdigest()
    notice.sm3 = new_hash("sm3", text.encode()).hexdigest()
    notice.code = short_code("notice", number, notice.sha256)
    notice.published_at = at
    notice.save(
        update_fields=["number", "text", "sha256", "sm3", "code", "published_at"]
    )


def _open(
    notice: Notice, venue: Venue, deadline: Deadline, *, by: Actor, at: datetime
) -> NoticeVenue:
    return NoticeVenue.objects.create(
        notice=notice,
        venue=venue.value,
        rule=deadline.rule,
        rule_version=deadline.rule_version,
        opened_at=at,
        opened_by_id=by.person_id,
        close_at=deadline.close_at,
        calendar_version=deadline.calendar_version,
    )
