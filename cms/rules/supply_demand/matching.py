"""Two-way matching (双向对接, FP-08): states, sides, 合作意向 record (D-30)."""

from dataclasses import dataclass
from datetime import date

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition
from cms.rules.violations import RuleViolation, RuleViolations


class MatchState(LabeledEnum):
    """States of a match; contacts are released from `MATCHING` on."""

    PENDING = "pending", "待回应"
    MATCHING = "matching", "对接中"
    INTENT_RECORDED = "intent_recorded", "已达成意向"
    CLOSED = "closed", "已结束"
    DECLINED = "declined", "已婉拒"
    WITHDRAWN = "withdrawn", "已撤回"
    EXPIRED = "expired", "已失效"


class MatchEvent(LabeledEnum):
    """Events of a match."""

    ACCEPT = "accept", "接受对接"
    DECLINE = "decline", "婉拒"
    WITHDRAW = "withdraw", "撤回"
    EXPIRE = "expire", "失效"
    RECORD_INTENT = "record_intent", "确认合作意向"
    CLOSE = "close", "结束对接"


class MatchSide(LabeledEnum):
    """On which side of a match a party stands."""

    INITIATOR = "initiator", "发起方"
    RESPONDER = "responder", "回应方"


OPEN_STATES = (
    MatchState.PENDING.value,
    MatchState.MATCHING.value,
    MatchState.INTENT_RECORDED.value,
)
RELEASED_STATES = (
    MatchState.MATCHING.value,
    MatchState.INTENT_RECORDED.value,
    MatchState.CLOSED.value,
)

_PARTIES = frozenset({Role.ENTERPRISE, Role.TRANSFER_OFFICE})
_PARTIES_AND_SYSTEM = _PARTIES | {Role.SYSTEM}
_SYSTEM = frozenset({Role.SYSTEM})

MATCH = StateTable(
    name="match",
    label="供需对接",
    states=MatchState,
    events=MatchEvent,
    transitions=(
        Transition(
            MatchState.PENDING,
            MatchEvent.ACCEPT,
            _PARTIES,
            MatchState.MATCHING,
            guard="回应方；双方实名",
            document="联系方式交换记录",
        ),
        Transition(
            MatchState.PENDING,
            MatchEvent.DECLINE,
            _PARTIES,
            MatchState.DECLINED,
            guard="回应方",
        ),
        Transition(
            MatchState.PENDING,
            MatchEvent.WITHDRAW,
            _PARTIES,
            MatchState.WITHDRAWN,
            guard="发起方",
        ),
        Transition(
            MatchState.PENDING,
            MatchEvent.EXPIRE,
            _SYSTEM,
            MatchState.EXPIRED,
            timer="信息有效期届满",
        ),
        Transition(
            MatchState.MATCHING,
            MatchEvent.RECORD_INTENT,
            _PARTIES,
            MatchState.INTENT_RECORDED,
            guard="对方起草，本方确认",
            document="D-30",
        ),
        Transition(
            MatchState.MATCHING,
            MatchEvent.CLOSE,
            _PARTIES_AND_SYSTEM,
            MatchState.CLOSED,
        ),
        Transition(
            MatchState.INTENT_RECORDED,
            MatchEvent.CLOSE,
            _PARTIES_AND_SYSTEM,
            MatchState.CLOSED,
        ),
    ),
)

_SIDES = {
    MatchEvent.ACCEPT: MatchSide.RESPONDER,
    MatchEvent.DECLINE: MatchSide.RESPONDER,
    MatchEvent.WITHDRAW: MatchSide.INITIATOR,
}


def check_side(event: MatchEvent, side: MatchSide) -> None:
    """Refuse an act that is the other side's (E-MA-02)."""
    owner = _SIDES.get(event)
    if owner is not None and owner is not side:
        raise RuleViolation("E-MA-02", event=event.label, side=owner.label)


def contacts_released(state: str) -> bool:
    """Whether each party of a match in `state` may see the other's contact."""
    return state in RELEASED_STATES


def check_interest(*, is_signed_in: bool, is_verified: bool) -> None:
    """Refuse interest by the public or before real-name verification (E-FP-18)."""
    if not (is_signed_in and is_verified):
        raise RuleViolation("E-FP-18")


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Name, phone and e-mail (optional) of a party's contact."""

    name: str
    phone: str
    email: str = ""


def check_contact(contact: ContactFacts) -> None:
    """Refuse a contact without name or phone (E-MA-03)."""
    found = [
        RuleViolation("E-MA-03", field=field, fields=label)
        for field, label, value in (
            ("contact_name", "联系人", contact.name),
            ("contact_phone", "联系电话", contact.phone),
        )
        if not value.strip()
    ]
    if found:
        raise RuleViolations(found)


class IntentState(LabeledEnum):
    """States of a 合作意向 text."""

    PROPOSED = "proposed", "待对方确认"
    RETURNED = "returned", "对方已退回"
    CONFIRMED = "confirmed", "双方已确认"


@dataclass(frozen=True, slots=True)
class IntentFacts:
    """合作意向书 (D-30 and §18.1): what the two parties write down.

    `binding` names the clauses that bind, `depends_on` what the final contract
    hangs on (民法典495); `valid_until` is the last day of the intent.
    """

    subject: str
    way: str
    secrecy: str
    valid_until: date | None
    is_exclusive: bool
    binding: str
    non_binding: str
    costs: str
    depends_on: str


INTENT_LABELS: dict[str, str] = {
    "subject": "合作标的",
    "way": "意向合作方式",
    "secrecy": "保密约定",
    "valid_until": "意向有效期",
    "is_exclusive": "是否排他洽谈",
    "binding": "有约束力的条款",
    "non_binding": "不具约束力的条款",
    "costs": "费用承担",
    "depends_on": "正式合同取决于",
}


def check_intent(facts: IntentFacts, *, on: date) -> None:
    """Refuse an incomplete intent (E-MA-04) or one that is over (E-MA-05)."""
    found = [
        RuleViolation("E-MA-04", field=name, fields=label)
        for name, label in INTENT_LABELS.items()
        if name != "is_exclusive" and not getattr(facts, name)
    ]
    if facts.valid_until and facts.valid_until < on:
        found.append(RuleViolation("E-MA-05", field="valid_until"))
    if found:
        raise RuleViolations(found)
