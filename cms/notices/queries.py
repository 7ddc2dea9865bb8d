"""Reads of notices and announcements, each within the reader's scope."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from cms.core.actors import Actor
from cms.notices.models import (
    Announcement,
    Certificate,
    ChangeRequest,
    Extension,
    Notice,
    NoticePage,
)
from cms.rules.notices import (
    KIND_RULES,
    NoticeFacts,
    NoticeState,
    RequestState,
    Venue,
    VenueFacts,
    rule_of,
)
from cms.rules.roles import Role

PLATFORM_STAFF = (Role.PLATFORM, Role.BUREAU)
PUBLIC_KINDS = tuple(kind.value for kind, rule in KIND_RULES.items() if rule.is_public)
SHOWN_IN_UNIT = (
    NoticeState.OPEN,
    NoticeState.SUSPENDED,
    NoticeState.CLOSED,
    NoticeState.TERMINATED,
)


def roles_over(actor: Actor, notice: Notice) -> frozenset[Role]:
    """Return the roles that an actor holds over a notice.

    Roles in the owning unit count, and the platform's own wherever they are
    held; a transfer office has no say over another unit's notice.
    """
    own = actor.roles_in(notice.owner_id)
    return own | (actor.roles & frozenset({*PLATFORM_STAFF, Role.SYSTEM}))


def facts_of(notice: Notice) -> NoticeFacts:
    """Return what decides whether a notice is over (objections: `gates`)."""
    venues = tuple(
        VenueFacts(
            venue=Venue(row.venue),
            opened_at=row.opened_at,
            close_at=row.close_at,
            is_provisional=row.is_provisional,
            provisional_year=row.provisional_year or 0,
        )
        for row in notice.venues.all()
    )
    return NoticeFacts(
        kind=notice.kind,
        venues=venues,
        is_suspended=notice.status == NoticeState.SUSPENDED,
        is_terminated=notice.status == NoticeState.TERMINATED,
    )


def list_own_notices(actor: Actor) -> QuerySet[Notice]:
    """Return the notices that the actor's transfer office or approvers work on."""
    units = actor.organizations_as(Role.TRANSFER_OFFICE, Role.APPROVER)
    return Notice.objects.filter(owner_id__in=units).select_related("owner")


def get_own_notice(actor: Actor, pk: int) -> Notice | None:
    """Return one notice of the actor's own unit, or None."""
    return list_own_notices(actor).filter(pk=pk).first()


def list_unit_notices(actor: Actor) -> QuerySet[Notice]:
    """Return what any member may read on the unit's own venue (UNIT)."""
    units = {owner for owner, _ in actor.memberships}
    return Notice.objects.filter(
        owner_id__in=units, venues__venue=Venue.UNIT.value
    ).select_related("owner")


def get_unit_notice(actor: Actor, pk: int) -> Notice | None:
    """Return one notice of the unit's own venue, or None."""
    return list_unit_notices(actor).filter(pk=pk).first()


def list_review_queue() -> QuerySet[Notice]:
    """Return what waits for the platform's form check, soonest due first."""
    return (
        Notice.objects.filter(
            status=NoticeState.AWAITING_REVIEW.value, kind__in=PUBLIC_KINDS
        )
        .select_related("owner", "submitted_by")
        .order_by(F("review_due_at").asc(nulls_last=True), "id")
    )


def list_desk_notices() -> QuerySet[Notice]:
    """Return all notices that the platform deals with, drafts excluded."""
    return (
        Notice.objects.filter(kind__in=PUBLIC_KINDS)
        .exclude(status=NoticeState.DRAFT.value)
        .select_related("owner")
    )


def get_desk_notice(pk: int) -> Notice | None:
    """Return one notice that the platform deals with, or None."""
    return list_desk_notices().filter(pk=pk).first()


def list_pending_extensions() -> QuerySet[Extension]:
    """Return requests for an extension that wait, oldest first."""
    return Extension.objects.filter(
        status=RequestState.PENDING.value, notice__kind__in=PUBLIC_KINDS
    ).select_related("notice__owner", "requested_by")


def list_pending_changes() -> QuerySet[ChangeRequest]:
    """Return requests for a change or an end that wait, oldest first."""
    return ChangeRequest.objects.filter(
        status=RequestState.PENDING.value, notice__kind__in=PUBLIC_KINDS
    ).select_related("notice__owner", "requested_by")


def count_overdue_reviews(at: datetime) -> int:
    """Return how many form checks are past their due instant."""
    return list_review_queue().filter(review_due_at__lte=at).count()


def list_announcements() -> QuerySet[Announcement]:
    """Return all announcements for the desk, drafts included."""
    return Announcement.objects.select_related("created_by", "submitted_by")


def chain_ids(notice: Notice) -> list[int]:
    """Return the ids of a notice and its predecessors: one trade (OT-23)."""
    ids = []
    current: Notice | None = notice
    while current is not None:
        ids.append(current.pk)
        current = current.predecessor
    return ids


def count_approved_extensions(notice: Notice) -> int:
    """Return the extensions granted to the trade so far, earlier notices included."""
    return Extension.objects.filter(
        notice_id__in=chain_ids(notice), status=RequestState.APPROVED.value
    ).count()


def state_at(
    state: str, close_at: datetime | None, at: datetime, *, is_provisional: bool = False
) -> NoticeState:
    """Return the state that an instant shows: an open notice past its close is over.

    A provisional end closes nothing (T-07).
    """
    is_open = state == NoticeState.OPEN and not is_provisional
    is_over = is_open and close_at is not None and at >= close_at
    return NoticeState.CLOSED if is_over else NoticeState(state)


def in_state(
    pages: QuerySet[NoticePage], state: str, at: datetime
) -> QuerySet[NoticePage]:
    """Filter pages by the state that `state_at` would show."""
    over = Q(
        state=NoticeState.OPEN.value,
        effective_close_at__lte=at,
        is_provisional=False,
    )
    if state == NoticeState.CLOSED:
        return pages.filter(Q(state=state) | over)
    if state == NoticeState.OPEN:
        return pages.filter(state=state).exclude(over)
    return pages.filter(state=state)


def closing_within(
    pages: QuerySet[NoticePage], days: int, at: datetime
) -> QuerySet[NoticePage]:
    """Filter open pages that end within `days` days of an instant."""
    return pages.filter(
        state=NoticeState.OPEN.value,
        effective_close_at__gt=at,
        effective_close_at__lte=at + timedelta(days=days),
    )


def get_by_code(code: str) -> NoticePage | None:
    """Return the public notice that a verification code names, or None."""
    return NoticePage.objects.filter(code=code).first()


def get_certificate(code: str) -> Certificate | None:
    """Return the certificate that a verification code names, or None."""
    return Certificate.objects.filter(code=code).select_related("notice").first()


def is_fully_opened(notice: Notice) -> bool:
    """Whether every venue of the kind, advised ones included, has been opened."""
    opened = {row.venue for row in notice.venues.all()}
    return all(venue.value in opened for venue in rule_of(notice.kind).venues)
