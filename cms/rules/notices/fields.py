"""Fields of each kind of notice (OT-11, OT-20, EM-06, RW-02 and others)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cms.rules.achievements import TransferMode
from cms.rules.labels import LabeledEnum
from cms.rules.money import check_sums
from cms.rules.notices.kinds import NoticeKind, rule_of
from cms.rules.shanghai_time import to_shanghai
from cms.rules.violations import RuleViolation, RuleViolations
from notation.money import with_capitals


class FieldKind(LabeledEnum):
    """How a field is entered."""

    LINE = "line", "单行文字"
    TEXT = "text", "多行文字"
    CHOICE = "choice", "选项"
    INSTANT = "instant", "日期时间"
    PRICE = "price", "金额或计价公式"


class BidRule(LabeledEnum):
    """Rules of bidding in a listing; one must be chosen (AMB-09)."""

    DURING_LISTING = "during_listing", "挂牌期内报价，截止时最高者得"
    AFTER_NOTICE = "after_notice", "公告期满后在线竞价"
    SEALED = "sealed", "一次密封报价"


class GrantKind(LabeledEnum):
    """What is granted to the inventors (EM-01)."""

    PARTIAL_OWNERSHIP = "partial_ownership", "赋予部分所有权"
    FULL_OWNERSHIP = "full_ownership", "赋予全部所有权"
    LONG_TERM_USE = "long_term_use", "赋予长期使用权"


class InsiderAnswer(LabeledEnum):
    """Whether the other party is an inventor or has a stake (OT-21)."""

    NO = "no", "否"
    YES = "yes", "是"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a notice; `choices` only where it is chosen from a list."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    required: bool = True
    max_length: int = 200
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


def _line(name: str, label: str, hint: str = "") -> FieldSpec:
    return FieldSpec(name, label, hint=hint)


def _price(name: str, label: str) -> FieldSpec:
    hint = "填写金额（元）或计价公式；金额公布时附大写。"
    return FieldSpec(name, label, FieldKind.PRICE, hint=hint)


def _text(name: str, label: str, hint: str = "", *, required: bool = True) -> FieldSpec:
    return FieldSpec(name, label, FieldKind.TEXT, required, 4000, hint=hint)


def _choice(name: str, label: str, options: type[LabeledEnum]) -> FieldSpec:
    return FieldSpec(name, label, FieldKind.CHOICE, choices=tuple(options.choices()))


TITLE = FieldSpec("title", "公示标题", max_length=120)
NAME = _line("achievement_name", "成果名称")
MODE = _choice("transfer_mode", "转化方式", TransferMode)
PRICE = _price("proposed_price", "拟交易价格")
CHANNEL = _text("objection_channel", "异议渠道", "受理部门和提出异议的方式。")
DIGEST = _text("digest", "内容摘要", required=False)
TRANSFEREE = _line("transferee", "意向受让人", "须与成果完成人的关联情况一并核对。")
INSIDER = _choice("is_insider", "受让人是否为成果完成人或利害关系人", InsiderAnswer)
INSIDER_STATEMENT = _text(
    "insider_statement",
    "关联关系说明",
    "上一项为“是”时必填：写明关联方和关系类型。",
    required=False,
)
_INSIDER = (INSIDER, INSIDER_STATEMENT)
_GRANT = (
    NAME,
    _line("inventors", "成果完成人"),
    _choice("grant_kind", "赋权方式", GrantKind),
    _line("share_or_term", "份额或期限"),
    _line("receiver", "承接对象"),
)
_OTHER = _text("other_terms", "其他必要明确的信息", required=False)

FIELDS: dict[NoticeKind, tuple[FieldSpec, ...]] = {
    NoticeKind.LISTING: (
        _line("transferor", "出让人名称（姓名）"),
        NAME,
        _text("description", "科技成果描述"),
        _text("qualification", "竞买人资格要求"),
        MODE,
        _line("payment_method", "支付方式"),
        _line("guarantee", "担保方式及额度"),
        _choice("bid_rule", "出价规则", BidRule),
        _line("trading_time", "交易时间"),
        _price("floor_price", "挂牌底价/基准价"),
        _OTHER,
        CHANNEL,
    ),
    NoticeKind.NEGOTIATED: (NAME, MODE, PRICE, TRANSFEREE, *_INSIDER, DIGEST, CHANNEL),
    NoticeKind.AUCTION: (
        NAME,
        _text("description", "拍卖标的"),
        FieldSpec("auction_at", "拍卖时间", FieldKind.INSTANT),
        _line("place", "拍卖地点或网络平台"),
        _line("display", "标的展示时间和地点", "展示不少于2日（拍卖法第四十八条）。"),
        _line("auctioneer", "拍卖机构"),
        _text("qualification", "竞买人资格要求"),
        _price("deposit", "保证金"),
        _price("starting_price", "起拍价"),
        _OTHER,
        CHANNEL,
    ),
    NoticeKind.PRE_TALKS: (
        NAME,
        MODE,
        PRICE,
        _text("bid_rule_text", "出现多个意向方时的出价规则"),
        DIGEST,
        CHANNEL,
    ),
    NoticeKind.EMPOWERMENT: (*_GRANT, *_INSIDER, CHANNEL),
    NoticeKind.EMPOWERMENT_PRICED: (*_GRANT, MODE, PRICE, *_INSIDER, DIGEST, CHANNEL),
    NoticeKind.REWARD: (
        NAME,
        _text("persons", "人员信息", "写姓名和身份，不写证件号和账号。"),
        _text("contributions", "贡献程度"),
        _text("shares", "奖励份额"),
        CHANNEL,
    ),
    NoticeKind.TECHNOLOGY_MANAGER: (
        _text("persons", "拟备案人员", "写姓名、部门和级别，不写证件号。"),
        _line("resolution", "党组会议审议情况"),
        CHANNEL,
    ),
    NoticeKind.ABANDONMENT: (
        NAME,
        _line("ip_number", "知识产权号码"),
        _text("ground", "放弃原因"),
        _line("inventors_asked", "征询完成人情况"),
        CHANNEL,
    ),
}


def fields_of(kind: str) -> tuple[FieldSpec, ...]:
    """Return the fields of a kind in the order in which they are printed."""
    return FIELDS[NoticeKind(kind)]


def find_missing(kind: str, values: Mapping[str, str]) -> list[FieldSpec]:
    """Return the required fields that are empty, in printing order."""
    return [
        spec
        for spec in fields_of(kind)
        if spec.required and not values.get(spec.name, "").strip()
    ]


def check_fields(kind: str, title: str, values: Mapping[str, str]) -> None:
    """Refuse an incomplete notice, or one that hides an insider (OT-11, OT-21).

    Raises:
        RuleViolations: E-LS-01 naming what is missing, E-AS-03 for a sum finer
            than a fen, E-OT-07.
    """
    found = []
    missing = [] if title.strip() else [TITLE]
    missing += find_missing(kind, values)
    missing += [spec for spec in fields_of(kind) if not _is_known(spec, values)]
    if missing:
        labels = "、".join(spec.label for spec in missing)
        found.append(RuleViolation("E-LS-01", field=missing[0].name, fields=labels))
    found += _wrong_sums(kind, values)
    insider = values.get(INSIDER.name) == InsiderAnswer.YES
    told = bool(values.get(INSIDER_STATEMENT.name, "").strip())
    if rule_of(kind).tells_insiders and insider and not told:
        found.append(RuleViolation("E-OT-07", field=INSIDER_STATEMENT.name))
    if found:
        raise RuleViolations(found)


def _wrong_sums(kind: str, values: Mapping[str, str]) -> list[RuleViolation]:
    found = []
    for spec in fields_of(kind):
        if spec.kind is FieldKind.PRICE:
            try:
                check_sums(values.get(spec.name, ""), field=spec.name)
            except RuleViolation as refused:
                found.append(refused)
    return found


def _is_known(spec: FieldSpec, values: Mapping[str, str]) -> bool:
    value = values.get(spec.name, "")
    if not value:
        return True
    if spec.kind is FieldKind.INSTANT:
        return read_instant(value) is not None
    return not spec.choices or value in dict(spec.choices)


def read_instant(value: str) -> datetime | None:
    """Return the instant of Shanghai that an ISO text with offset names, else None."""
    try:
        instant = datetime.fromisoformat(value)
        return to_shanghai(instant) if instant.tzinfo else None
    except (ValueError, OverflowError):  # the first and the last day of all years
        return None


def printed(spec: FieldSpec, value: str) -> str:
    """Return the value as it is printed: labels, sums with capitals, 无."""
    if not value.strip():
        return "无"
    if spec.kind is FieldKind.PRICE:
        return with_capitals(value.strip())
    if spec.kind is FieldKind.INSTANT:
        instant = read_instant(value)
        return f"{to_shanghai(instant):%Y-%m-%d %H:%M}" if instant else value
    return dict(spec.choices).get(value, value.strip())
