"""Bulk notices for measurements: rows and pages without the acts behind them."""

from datetime import datetime, timedelta
from hashlib import new as new_hash

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.timezone import localtime
from wagtail.models import Locale, Page

from cms.core.locks import writing
from cms.core.models import DueEvent, NumberSequence
from cms.core.subjects import subject_of
from cms.notices.actions.public_page import get_index
from cms.notices.actions.timing import CLOSE
from cms.notices.models import Notice, NoticePage, NoticeVenue
from cms.notices.periods import preview
from cms.parties.models import Membership
from cms.rules.deadlines import Deadline
from cms.rules.notices import (
    NoticeKind,
    NoticeState,
    Venue,
    compose_text,
    fields_of,
    printed,
    short_code,
)
from cms.rules.roles import Role

BATCH = 500
KINDS = (NoticeKind.LISTING, NoticeKind.AUCTION, NoticeKind.PRE_TALKS)
SUBJECTS = ("轻量化结构", "液压控制", "电池热管理", "智能检测", "生物基材料")
SPREAD_DAYS = 900


def seed_notices(count: int, at: datetime) -> int:
    """Write `count` published notices of the known units, spread over 900 days.

    For tests of scale: numbers go on where the sequences stand, closes are
    real, texts are short. Returns how many were written.
    """
    offices = list(
        Membership.objects.filter(
            role=Role.TRANSFER_OFFICE.value, is_active=True
        ).select_related("organization", "user")
    )
    if not offices:
        return 0
    index = get_index(at=at)
    closes: dict[tuple[NoticeKind, int], Deadline] = {}
    for start in range(0, count, BATCH):
        with writing():
            rows = range(start, min(start + BATCH, count))
            _write(rows, offices, index, closes, at)
    return count


def _write(
    rows: range,
    offices: list[Membership],
    index: Page,
    closes: dict[tuple[NoticeKind, int], Deadline],
    at: datetime,
) -> None:
    """Write one batch: notices, venues, pages, timers, counters."""
    notices, deadlines = [], []
    numbers: dict[int, int] = {}
    for row in rows:
        kind = KINDS[row % len(KINDS)]
        days = row % SPREAD_DAYS
        deadline = closes.get((kind, days)) or preview(kind, at - timedelta(days=days))
        closes[kind, days] = deadline
        office = offices[row % len(offices)]
        year = localtime(deadline.opened_at).year
        numbers[year] = numbers.get(year, 0) + 1
        deadlines.append(deadline)
        notices.append(_notice(row, kind, office, deadline, at))
    _number(notices, numbers)
    Notice.objects.bulk_create(notices)
    venues = [
        NoticeVenue(
            notice=notice,
            venue=Venue.PLATFORM.value,
            rule=deadline.rule,
            rule_version=deadline.rule_version,
            opened_at=deadline.opened_at,
            opened_by_id=notice.created_by_id,
            close_at=deadline.close_at,
            is_provisional=deadline.provisional,
            provisional_year=deadline.missing_year,
            calendar_version=deadline.calendar_version,
        )
        for notice, deadline in zip(notices, deadlines, strict=True)
    ]
    NoticeVenue.objects.bulk_create(venues)
    _write_pages(index, [_page(*pair) for pair in zip(notices, venues, strict=True)])
    _write_timers(notices)


def _notice(
    row: int, kind: NoticeKind, office: Membership, deadline: Deadline, at: datetime
) -> Notice:
    subject = SUBJECTS[row % len(SUBJECTS)]
    is_open = deadline.close_at > at
    return Notice(
        owner=office.organization,
        kind=kind.value,
        title=f"{subject}技术{row + 1}号{kind.label}",
        values={spec.name: _value(spec.name, spec.choices) for spec in fields_of(kind)},
        status=(NoticeState.OPEN if is_open else NoticeState.CLOSED).value,
        created_by=office.user,
        submitted_by=office.user,
        created_at=deadline.opened_at,
        updated_at=deadline.opened_at,
        submitted_at=deadline.opened_at,
        published_at=deadline.opened_at,
        close_at=deadline.close_at,
        is_provisional=deadline.provisional,
        closed_at=None if is_open else deadline.close_at,
    )


def _value(name: str, choices: tuple[tuple[str, str], ...]) -> str:
    if choices:
        return choices[0][0]
    return "2030-01-01T09:00:00+08:00" if name == "auction_at" else "示例内容"


def _number(notices: list[Notice], numbers: dict[int, int]) -> None:
    """Give numbers, texts and codes; the sequences go on after the batch."""
    nexts = {}
    for year, amount in numbers.items():
        row, _ = NumberSequence.objects.get_or_create(key=f"GS-{year}")
        nexts[year] = row.last + 1
        NumberSequence.objects.filter(pk=row.pk).update(last=F("last") + amount)
    for notice in notices:
        year = localtime(notice.published_at).year
        notice.number = f"GS-{year}-{nexts[year]:04d}"
        nexts[year] += 1
        notice.text = compose_text(
            notice.kind, notice.number, notice.title, notice.owner.name, notice.values
        )
        body = notice.text.encode()
        notice.sha256 = new_hash("sha256", body).hexdigest()
        notice.sm3 = new_hash("sm3", body).hexdigest()
        notice.code = short_code("notice", notice.number, notice.sha256)


def _page(notice: Notice, venue: NoticeVenue) -> NoticePage:
    return NoticePage(
        title=notice.title,
        draft_title=notice.title,
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
        published_at=venue.opened_at,
        year=localtime(venue.opened_at).year,
        state=notice.status,
        close_at=venue.close_at,
        effective_close_at=venue.close_at,
        is_provisional=venue.is_provisional,
        rule=venue.rule,
        rule_version=venue.rule_version,
        history=[
            {
                "at": venue.opened_at.isoformat(),
                "title": "发布",
                "text": "公示在公开平台发布。",
            }
        ],
    )


def _write_pages(index: Page, pages: list[NoticePage]) -> None:
    """Hang a batch below the index; the tree library would ask per page."""
    parent = Page.objects.get(pk=index.pk)
    last = Page.objects.child_of(parent).order_by("path").last()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    content_type = ContentType.objects.get_for_model(NoticePage)
    locale = Locale.get_default()
    depth = parent.depth + 1
    bases = []
    for number, page in enumerate(pages, start=step + 1):
        path = Page._get_path(parent.path, depth, number)
        page.path, page.depth = path, depth
        bases.append(
            Page(
                path=path,
                depth=depth,
                numchild=0,
                title=page.title,
                draft_title=page.title,
                slug=page.slug,
                content_type=content_type,
                live=True,
                has_unpublished_changes=False,
                url_path=f"{parent.url_path}{page.slug}/",
                locale=locale,
                first_published_at=page.published_at,
                last_published_at=page.published_at,
                latest_revision_created_at=None,
                translation_key=page.translation_key,
            )
        )
    Page.objects.bulk_create(bases)
    for page, base in zip(pages, bases, strict=True):
        page.page_ptr_id = page.pk = base.pk
        page.save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))


def _write_timers(notices: list[Notice]) -> None:
    DueEvent.objects.bulk_create(
        DueEvent(kind=CLOSE, subject=subject_of(notice), due_at=notice.close_at)
        for notice in notices
        if notice.status == NoticeState.OPEN and not notice.is_provisional
    )
