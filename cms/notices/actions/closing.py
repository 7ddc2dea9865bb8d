"""Closing at the due instant, and the certificate (公示证明, D-55)."""

from datetime import datetime
from hashlib import new as new_hash

from django.utils.timezone import localtime

from cms.core import evidence
from cms.core.actors import SYSTEM
from cms.core.locks import writing
from cms.core.numbering import next_number
from cms.core.transitions import apply
from cms.notices.actions.extensions import lapse_requests
from cms.notices.actions.public_page import follow
from cms.notices.gates import count_open_objections
from cms.notices.models import Certificate, Notice
from cms.notices.queries import facts_of
from cms.notices.signals import notice_closed
from cms.rules.notices import (
    NOTICE,
    FieldKind,
    NoticeEvent,
    NoticeKind,
    NoticeState,
    RequestState,
    Venue,
    check_period_over,
    fields_of,
    normalized,
    printed,
    short_code,
)
from cms.rules.roles import Role
from cms.rules.shanghai_time import format_close


def close_notice(notice: Notice, *, at: datetime) -> Notice:
    """Close a notice whose period is over; `at` is the due instant (T-12).

    1. Refuses while a venue runs, is missing or has a provisional end.
    2. Requests that nobody decided lapse (AMB-36).
    3. Issues the certificate; `notice_closed`.

    Raises:
        RuleViolation: E-NT-03, E-NT-04 or the kind's own, E-NT-06, E-ST-01.
    """
    with writing():
        check_period_over(facts_of(notice), at)
        apply(
            NOTICE,
            notice,
            NoticeEvent.CLOSE,
            by=SYSTEM,
            roles=frozenset({Role.SYSTEM}),
            at=at,
            payload={"number": notice.number, "sha256": notice.sha256},
        )
        notice.closed_at = at
        notice.save(update_fields=["closed_at"])
        lapse_requests(notice, at=at)
        certificate = _issue_certificate(notice, at=at)
        follow(
            notice,
            at=at,
            title="届满",
            text=f"公示期届满，公示证明编号{certificate.number}。",
        )
        notice_closed.send(Notice, notice=notice, at=at)
        return notice


def close_if_due(notice: Notice, *, at: datetime) -> None:
    """Close an open notice whose effective close has come; else do nothing.

    A timer may outlive the close for which it was set, for example where an
    extension was granted; the stored instants decide, not the timer.
    """
    is_due = notice.close_at is not None and notice.close_at <= at
    is_running = notice.status == NoticeState.OPEN and not notice.is_provisional
    if is_due and is_running:
        close_notice(notice, at=at)


def _issue_certificate(notice: Notice, *, at: datetime) -> Certificate:
    number = next_number("ZM", localtime(at).year)
    text = _certificate_text(notice, number, at)
    digest = new_hash("sha256", text.encode()).hexdigest()
    certificate = Certificate.objects.create(
        notice=notice,
        number=number,
        code=short_code("certificate", number, digest),
        text=text,
        sha256=digest,
        sm3=new_hash("sm3", text.encode()).hexdigest(),
        issued_at=at,
    )
    payload: dict[str, object] = {
        "number": number,
        "sha256": certificate.sha256,
        "sm3": certificate.sm3,
    }
    evidence.record("certificate.issued", certificate, payload, by=SYSTEM, at=at)
    return certificate


def _certificate_text(notice: Notice, number: str, at: datetime) -> str:
    lines = [
        "公示证明",
        f"证明编号：{number}",
        f"公示编号：{notice.number}",
        f"公示种类：{NoticeKind(notice.kind).label}",
        f"公示标题：{notice.title}",
        f"发布单位：{notice.owner.name}",
    ]
    lines += [
        f"{spec.label}：{printed(spec, notice.values.get(spec.name, ''))}"
        for spec in fields_of(notice.kind)
        if spec.kind is FieldKind.PRICE
    ]
    for row in notice.venues.all():
        opened = localtime(row.opened_at)
        lines.append(
            f"{Venue(row.venue).label}公示：{opened:%Y-%m-%d %H:%M:%S}发布，"
            f"{format_close(row.close_at)}届满"
        )
    extensions = notice.extensions.filter(status=RequestState.APPROVED.value)
    lines += [
        f"中止次数：{notice.suspensions.count()}",
        f"延长次数：{extensions.count()}",
        f"届满时未办结异议：{count_open_objections(notice)}件",
        f"公示文本SHA-256：{notice.sha256}",
        f"公示文本SM3：{notice.sm3}",
        f"兹证明上述公示已于{format_close(at)}届满。",
    ]
    return normalized("\n".join(lines))
