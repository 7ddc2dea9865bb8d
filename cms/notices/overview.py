"""One case as its people see it: room and desk show the same facts."""

from dataclasses import dataclass
from datetime import datetime

from cms.core.actors import Actor
from cms.notices.models import (
    Certificate,
    ChangeRequest,
    Extension,
    Notice,
    NoticeAttachment,
    Suspension,
)
from cms.notices.queries import facts_of, roles_over, state_at
from cms.rules.messages import MESSAGES, Message
from cms.rules.notices import (
    NoticeFacts,
    NoticeKind,
    NoticeState,
    RequestState,
    Venue,
    fields_of,
    printed,
    publishers_of,
    reviewers_of,
    rule_of,
    time_left,
)
from cms.rules.roles import Role
from cms.rules.shanghai_time import format_close

TONES = {
    NoticeState.AWAITING_REVIEW: "now",
    NoticeState.AWAITING_PUBLICATION: "now",
    NoticeState.OPEN: "now",
    NoticeState.SUSPENDED: "warn",
    NoticeState.CLOSED: "ok",
    NoticeState.TERMINATED: "stop",
    NoticeState.REJECTED: "stop",
}


@dataclass(frozen=True, slots=True)
class VenueLine:
    """One venue: when it opened, when it closes, what is left of it."""

    venue: Venue
    label: str
    need: str
    opened_at: datetime | None
    close: str
    left: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All that a member of the unit or of the platform's staff sees of a case."""

    notice: Notice
    kind: str
    state: str
    tone: str
    rows: list[dict[str, str]]
    venues: list[VenueLine]
    close: str
    left: str
    attachments: list[NoticeAttachment]
    suspensions: list[Suspension]
    extensions: list[Extension]
    changes: list[ChangeRequest]
    certificate: Certificate | None
    successor: Notice | None
    articles: tuple[str, ...]
    warnings: list[Message]
    is_halted: bool


@dataclass(frozen=True, slots=True)
class Doors:
    """What the actor may do now; each name is a step of room or desk."""

    edit: bool = False
    revise: bool = False
    review: bool = False
    send_back: bool = False
    publish: tuple[Venue, ...] = ()
    suspend: bool = False
    resume: bool = False
    extend: bool = False
    change: bool = False
    decide: bool = False

    @property
    def is_any_of_desk(self) -> bool:
        """Whether the desk has a step to take, publication apart."""
        return self.review or self.send_back or self.suspend or self.resume


def overview_of(notice: Notice, at: datetime) -> Overview:
    """Return one case with everything that hangs on it (about 8 queries)."""
    facts = facts_of(notice)
    state = state_at(
        notice.status, notice.close_at, at, is_provisional=notice.is_provisional
    )
    is_running = state is NoticeState.OPEN and notice.close_at is not None
    return Overview(
        notice=notice,
        kind=NoticeKind(notice.kind).label,
        state=state.label,
        tone=TONES.get(state, ""),
        rows=[
            {
                "label": spec.label,
                "value": printed(spec, notice.values.get(spec.name, "")),
            }
            for spec in fields_of(notice.kind)
        ],
        venues=_venue_lines(notice, facts, at),
        close=format_close(notice.close_at) if notice.close_at else "",
        left=time_left(notice.close_at, at) if is_running and notice.close_at else "",
        attachments=list(notice.attachments.all()),
        suspensions=list(notice.suspensions.all()),
        extensions=list(notice.extensions.select_related("consent", "requested_by")),
        changes=list(notice.change_requests.select_related("requested_by")),
        certificate=Certificate.objects.filter(notice=notice).first(),
        successor=Notice.objects.filter(predecessor=notice).first(),
        articles=rule_of(notice.kind).articles,
        warnings=warnings_of(facts, state),
        is_halted=facts.is_suspended or facts.is_terminated,
    )


def warnings_of(facts: NoticeFacts, state: NoticeState) -> list[Message]:
    """Return what is advised and not done; it stops nobody (OT-03)."""
    opened = {venue.venue for venue in facts.venues}
    is_advised = any(v not in opened for v in rule_of(facts.kind).advised)
    is_over = state in {NoticeState.CLOSED, NoticeState.TERMINATED}
    return [MESSAGES["W-OT-03"]] if is_advised and not is_over else []


def _venue_lines(notice: Notice, facts: NoticeFacts, at: datetime) -> list[VenueLine]:
    rule = rule_of(notice.kind)
    opened = {venue.venue: venue for venue in facts.venues}
    lines = []
    for venue in rule.venues:
        need = "必须" if venue in rule.required else "建议"
        found = opened.get(venue)
        if found is None:
            lines.append(VenueLine(venue, venue.label, need, None, "尚未发布", ""))
            continue
        close = format_close(found.close_at)
        if found.is_provisional:
            close += "（暂定）"
        left = "" if facts.is_suspended else time_left(found.close_at, at)
        if facts.is_terminated:
            left = "已终止"
        lines.append(VenueLine(venue, venue.label, need, found.opened_at, close, left))
    return lines


def doors_of(actor: Actor, notice: Notice, at: datetime) -> Doors:
    """Return what an actor may do with a case now; the actions check again."""
    held = roles_over(actor, notice)
    rule = rule_of(notice.kind)
    state = state_at(
        notice.status, notice.close_at, at, is_provisional=notice.is_provisional
    )
    is_office = Role.TRANSFER_OFFICE in actor.roles_in(notice.owner_id)
    is_reviewer = bool(held & reviewers_of(notice.kind))
    may_judge = is_reviewer and actor.user_id != notice.submitted_by_id
    is_running = state in {NoticeState.OPEN, NoticeState.SUSPENDED}
    return Doors(
        edit=is_office and state is NoticeState.DRAFT,
        revise=is_office and state is NoticeState.REJECTED,
        review=may_judge and state is NoticeState.AWAITING_REVIEW,
        send_back=may_judge and state is NoticeState.AWAITING_PUBLICATION,
        publish=_open_doors(notice, held, state),
        suspend=is_reviewer and rule.may_suspend and state is NoticeState.OPEN,
        resume=is_reviewer and state is NoticeState.SUSPENDED,
        extend=is_office and rule.may_extend and state is NoticeState.OPEN,
        change=is_office and is_running,
        decide=is_reviewer and is_running,
    )


def _open_doors(
    notice: Notice, held: frozenset[Role], state: NoticeState
) -> tuple[Venue, ...]:
    if state not in {NoticeState.AWAITING_PUBLICATION, NoticeState.OPEN}:
        return ()
    opened = {row.venue for row in notice.venues.all()}
    return tuple(
        venue
        for venue in rule_of(notice.kind).venues
        if venue.value not in opened and held & publishers_of(venue)
    )


def is_pending(request: Extension | ChangeRequest) -> bool:
    """Whether a request waits for its decision."""
    return request.status == RequestState.PENDING
