"""The public page of a notice: written once, then only its state and times move."""

from datetime import datetime

from django.utils.timezone import localtime
from wagtail.models import Site

from cms.core.pages import add_page, save_page
from cms.notices.models import Notice, NoticeIndexPage, NoticePage, NoticeVenue
from cms.notices.queries import facts_of
from cms.rules.notices import RequestState, Venue, fields_of, printed
from cms.rules.shanghai_time import to_shanghai


def get_index(*, at: datetime) -> NoticeIndexPage:
    """Return the parent of all notices, made below the home page where absent."""
    index = NoticeIndexPage.objects.first()
    if index is None:
        home = Site.objects.get(is_default_site=True).root_page
        page = NoticeIndexPage(title="公示公告", slug="notices", show_in_menus=True)
        index = add_page(home, page, at=at)
    return index


def write_page(notice: Notice, venue: NoticeVenue, *, at: datetime) -> NoticePage:
    """Publish the platform venue of a notice whose text is fixed."""
    previous = notice.predecessor.number if notice.predecessor else ""
    page = NoticePage(
        title=notice.title,
        slug=notice.number,
        number=notice.number,
        kind=notice.kind,
        unit_id=notice.owner_id,
        unit_name=notice.owner.name,
        facts=[
            [spec.label, printed(spec, notice.values.get(spec.name, ""))]
            for spec in fields_of(notice.kind)
        ],
        text=notice.text,
        sha256=notice.sha256,
        sm3=notice.sm3,
        code=notice.code,
        attachments=[
            {
                "id": row.file_id,
                "name": row.name,
                "size": row.size,
                "sha256": row.sha256,
                "sm3": row.sm3,
            }
            for row in notice.attachments.all()
        ],
        published_at=venue.opened_at,
        year=localtime(venue.opened_at).year,
        state=notice.status,
        close_at=venue.close_at,
        effective_close_at=notice.close_at,
        is_provisional=notice.is_provisional,
        rule=venue.rule,
        rule_version=venue.rule_version,
        planned_close_on=notice.planned_close_on,
        history=[_line(at, "发布", "公示在公开平台发布。")],
        predecessor_number=previous or "",
    )
    return add_page(get_index(at=at), page, at=at)


def follow(notice: Notice, *, at: datetime, title: str = "", text: str = "") -> None:
    """Bring state, times and public record of the page up to the case.

    `title` and `text` become a line of the public record; neither may hold
    what is private to an objection (D20). Does nothing for a unit's own notice.
    """
    page = NoticePage.objects.filter(number=notice.number or "").first()
    if page is None:
        return
    platform = {v.venue: v for v in facts_of(notice).venues}.get(Venue.PLATFORM)
    if platform is not None:
        page.close_at = platform.close_at
    page.state = notice.status
    page.effective_close_at = notice.close_at
    page.is_provisional = notice.is_provisional
    page.ended_at = notice.terminated_at
    page.stops = [
        [
            _stamp(row.suspended_at),
            _stamp(row.resumed_at) if row.resumed_at else None,
        ]
        for row in notice.suspensions.all()
    ]
    page.extensions = [
        [_stamp(row.decided_at), row.days]
        for row in notice.extensions.filter(status=RequestState.APPROVED.value)
        if row.decided_at is not None
    ]
    if title:
        page.history = [*page.history, _line(at, title, text)]
    save_page(page, at=at)


def link_successor(notice: Notice, *, at: datetime) -> None:
    """Tell the page of the predecessor which notice follows it."""
    if notice.predecessor is None:
        return
    page = NoticePage.objects.filter(number=notice.predecessor.number or "").first()
    if page is None:
        return
    page.successor_number = notice.number or ""
    page.history = [*page.history, _line(at, "变更后重新发布", f"见{notice.number}。")]
    save_page(page, at=at)


def _stamp(at: datetime) -> str:
    return to_shanghai(at).isoformat()


def _line(at: datetime, title: str, text: str) -> dict[str, str]:
    return {"at": _stamp(at), "title": title, "text": text}
