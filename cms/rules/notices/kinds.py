"""Kinds of public notice: period rule, venues, what may happen to the clock."""

from dataclasses import dataclass

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role


class Venue(LabeledEnum):
    """Where a notice is shown; a unit's own venue is never public (§1)."""

    UNIT = "unit", "单位内部"
    PLATFORM = "platform", "公开平台"


class NoticeKind(LabeledEnum):
    """Kinds of notice with a statutory period."""

    LISTING = "listing", "挂牌公告"
    NEGOTIATED = "negotiated", "协议定价公示"
    AUCTION = "auction", "拍卖公告"
    PRE_TALKS = "pre_talks", "协议交易公告"
    EMPOWERMENT = "empowerment", "赋权公示"
    EMPOWERMENT_PRICED = "empowerment_priced", "赋权暨协议定价公示"
    REWARD = "reward", "奖励分配公示"
    TECHNOLOGY_MANAGER = "technology_manager", "技术经理人公示"
    ABANDONMENT = "abandonment", "成果放弃公示"


@dataclass(frozen=True, slots=True)
class KindRule:
    """What the register asks of one kind of notice.

    `period` names the parameter of §2 that fixes the length; `gate_code` is
    the refusal of whoever goes on too early.
    """

    period: str
    required: tuple[Venue, ...]
    advised: tuple[Venue, ...] = ()
    may_extend: bool = False
    may_suspend: bool = False
    tells_insiders: bool = False
    gate_code: str = "E-NT-04"
    articles: tuple[str, ...] = ()

    @property
    def venues(self) -> tuple[Venue, ...]:
        """Required venues first, then the advised ones."""
        return self.required + self.advised

    @property
    def is_public(self) -> bool:
        """Whether the kind is shown on the public platform at all."""
        return Venue.PLATFORM in self.venues


_UNIT = (Venue.UNIT,)
_PLATFORM = (Venue.PLATFORM,)
_BOTH = (Venue.PLATFORM, Venue.UNIT)

KIND_RULES: dict[NoticeKind, KindRule] = {
    NoticeKind.LISTING: KindRule(
        "NOTICE_LISTING",
        _PLATFORM,
        advised=_UNIT,
        may_suspend=True,
        articles=("附件4七(三)",),
    ),
    NoticeKind.NEGOTIATED: KindRule(
        "NOTICE_NEGOTIATED",
        _BOTH,
        may_extend=True,
        tells_insiders=True,
        articles=("附件4八(三)", "附件1十四(三)"),
    ),
    NoticeKind.AUCTION: KindRule(
        "NOTICE_AUCTION",
        _PLATFORM,
        advised=_UNIT,
        may_suspend=True,
        articles=("附件4九(二)", "附件1十四(三)"),
    ),
    NoticeKind.PRE_TALKS: KindRule(
        "NOTICE_PRE_TALKS", _PLATFORM, articles=("附件5三(二)",)
    ),
    NoticeKind.EMPOWERMENT: KindRule(
        "NOTICE_EMPOWER",
        _UNIT,
        tells_insiders=True,
        gate_code="E-EM-04",
        articles=("主方案一(一)1", "主方案一(一)2"),
    ),
    # A price is agreed in modes one to four, so both notices run as one (AMB-17).
    NoticeKind.EMPOWERMENT_PRICED: KindRule(
        "NOTICE_NEGOTIATED",
        _BOTH,
        may_extend=True,
        tells_insiders=True,
        gate_code="E-EM-04",
        articles=("主方案一(一)1", "附件4八(三)", "附件1十四(三)"),
    ),
    NoticeKind.REWARD: KindRule(
        "NOTICE_REWARD", _UNIT, gate_code="E-RW-03", articles=("附件1十三",)
    ),
    NoticeKind.TECHNOLOGY_MANAGER: KindRule(
        "NOTICE_TM", _UNIT, gate_code="E-TM-06", articles=("附件7四(三)",)
    ),
    NoticeKind.ABANDONMENT: KindRule(
        "NOTICE_ABANDON", _UNIT, gate_code="E-LG-03", articles=("附件2十一(二)",)
    ),
}

_PLATFORM_STAFF = frozenset({Role.PLATFORM, Role.BUREAU})
_UNIT_STAFF = frozenset({Role.TRANSFER_OFFICE, Role.APPROVER})


def rule_of(kind: str) -> KindRule:
    """Return what the register asks of a kind (stored value or member)."""
    return KIND_RULES[NoticeKind(kind)]


def reviewers_of(kind: str) -> frozenset[Role]:
    """Roles that check the form: the platform's staff, else the unit's own.

    附件4七(三) gives the check to the platform; a notice that stays inside the
    unit is checked by the unit (§17.2).
    """
    return _PLATFORM_STAFF if rule_of(kind).is_public else _UNIT_STAFF


def publishers_of(venue: Venue) -> frozenset[Role]:
    """Roles that open a venue: each venue is opened by whoever runs it."""
    return _PLATFORM_STAFF if venue is Venue.PLATFORM else _UNIT_STAFF
