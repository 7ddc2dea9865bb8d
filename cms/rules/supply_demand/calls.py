"""Collection calls (集中征集, FP-07) and events of matching (NG-02, FP-08)."""

from datetime import datetime

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition
from cms.rules.violations import RuleViolation

_BUREAU = frozenset({Role.BUREAU})
_SYSTEM = frozenset({Role.SYSTEM})


class CallScope(LabeledEnum):
    """What a call collects."""

    OFFERS = "offers", "成果供给"
    DEMANDS = "demands", "企业需求"
    BOTH = "both", "成果供给和企业需求"


class CallPhase(LabeledEnum):
    """Where the server's clock stands against a call's window."""

    UPCOMING = "upcoming", "未开始"
    OPEN = "open", "征集中"
    CLOSED = "closed", "已截止"


class CallState(LabeledEnum):
    """States of a call."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    CLOSED = "closed", "已截止"
    WITHDRAWN = "withdrawn", "已撤销"


class CallEvent(LabeledEnum):
    """Events of a call."""

    PUBLISH = "publish", "发布"
    CLOSE = "close", "到期截止"
    WITHDRAW = "withdraw", "撤销"


CALL = StateTable(
    name="call",
    label="征集批次",
    states=CallState,
    events=CallEvent,
    transitions=(
        Transition(
            CallState.DRAFT,
            CallEvent.PUBLISH,
            _BUREAU,
            CallState.PUBLISHED,
            guard="起止时间",
            timer="征集截止",
            document="征集文件",
        ),
        Transition(CallState.PUBLISHED, CallEvent.CLOSE, _SYSTEM, CallState.CLOSED),
        Transition(
            CallState.PUBLISHED, CallEvent.WITHDRAW, _BUREAU, CallState.WITHDRAWN
        ),
    ),
)


def phase(opens_at: datetime, closes_at: datetime, at: datetime) -> CallPhase:
    """Return the phase of the half-open window [opens_at, closes_at) (T-03)."""
    if at < opens_at:
        return CallPhase.UPCOMING
    return CallPhase.OPEN if at < closes_at else CallPhase.CLOSED


def belongs_to_batch(opens_at: datetime, closes_at: datetime, at: datetime) -> bool:
    """Whether an entry received `at` is of the batch; a late one is 常态化 (FP-07)."""
    return phase(opens_at, closes_at, at) is CallPhase.OPEN


def check_window(opens_at: datetime, closes_at: datetime, at: datetime) -> None:
    """Refuse a window that is empty or over at its publication (E-CB-01)."""
    if not (opens_at < closes_at and at < closes_at):
        raise RuleViolation("E-CB-01", field="closes_on")


class EventKind(LabeledEnum):
    """Kinds of event (附件5三(一), 附件6六(二))."""

    INTRODUCTION = "introduction", "牵线搭桥"
    ASK_UNIVERSITIES = "ask_universities", "问技高校"
    ASK_INSTITUTES = "ask_institutes", "问技科研院所"
    MEETING = "meeting", "见面会"
    ROADSHOW = "roadshow", "路演"


class EventState(LabeledEnum):
    """States of an event."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    CANCELLED = "cancelled", "已取消"
    ENDED = "ended", "已结束"


class EventStep(LabeledEnum):
    """Events of an event's table."""

    PUBLISH = "publish", "发布"
    CANCEL = "cancel", "取消"
    END = "end", "活动结束"


EVENT = StateTable(
    name="event",
    label="对接活动",
    states=EventState,
    events=EventStep,
    transitions=(
        Transition(
            EventState.DRAFT,
            EventStep.PUBLISH,
            _BUREAU,
            EventState.PUBLISHED,
            guard="时间地点",
            timer="活动结束",
        ),
        Transition(
            EventState.PUBLISHED, EventStep.CANCEL, _BUREAU, EventState.CANCELLED
        ),
        Transition(EventState.PUBLISHED, EventStep.END, _SYSTEM, EventState.ENDED),
    ),
)


class RegistrationState(LabeledEnum):
    """States of a registration for an event."""

    CONFIRMED = "confirmed", "已报名"
    WAITING = "waiting", "候补"
    CANCELLED = "cancelled", "已取消"


def place_for(capacity: int, confirmed: int) -> RegistrationState:
    """Return the place a newcomer gets; a full event has a waiting list."""
    if confirmed < capacity:
        return RegistrationState.CONFIRMED
    return RegistrationState.WAITING


def check_event_times(
    starts_at: datetime, ends_at: datetime, registration_closes_at: datetime
) -> None:
    """Refuse an event that ends before it starts or registers after it (E-EV-01)."""
    if not starts_at < ends_at:
        raise RuleViolation("E-EV-01", field="ends_at")
    if registration_closes_at > starts_at:
        raise RuleViolation("E-EV-01", field="registration_closes_at")


def check_registration(
    state: str, registration_closes_at: datetime, at: datetime
) -> None:
    """Refuse a registration for an event that takes none any more (E-EV-02)."""
    if state != EventState.PUBLISHED or at >= registration_closes_at:
        raise RuleViolation("E-EV-02")
