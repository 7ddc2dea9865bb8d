"""Kinds, fields, gates and wording of notices, without a database."""

from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from cms.rules.notices import (
    FIELDS,
    KIND_RULES,
    AttachmentFacts,
    FieldKind,
    NoticeFacts,
    NoticeKind,
    Venue,
    VenueFacts,
    check_fields,
    check_period_over,
    compose_text,
    cut_off_sentence,
    fields_of,
    find_missing,
    may_proceed,
    normalized,
    printed,
    publishers_of,
    read_code,
    read_instant,
    reviewers_of,
    rule_of,
    short_code,
    time_left,
)
from cms.rules.periods import PERIODS
from cms.rules.roles import Role
from cms.rules.shanghai_time import SHANGHAI
from cms.rules.violations import RuleViolation, RuleViolations

OPENED = datetime(2026, 9, 25, 10, 0, tzinfo=SHANGHAI)
CLOSE = datetime(2026, 10, 11, 0, 0, tzinfo=SHANGHAI)
LATER = datetime(2026, 10, 14, 0, 0, tzinfo=SHANGHAI)
SECOND = timedelta(seconds=1)


def complete(kind: NoticeKind, **changes: str) -> dict[str, str]:
    values = {}
    for spec in fields_of(kind):
        if spec.choices:
            values[spec.name] = spec.choices[0][0]
        elif spec.kind is FieldKind.INSTANT:
            values[spec.name] = "2027-06-01T09:00:00+08:00"
        elif spec.required:
            values[spec.name] = "示例"
    return {**values, **changes}


@pytest.mark.parametrize(
    ("kind", "period", "required", "advised", "extends", "suspends", "gate"),
    [
        ("listing", "NOTICE_LISTING", "platform", "unit", False, True, "E-NT-04"),
        (
            "negotiated",
            "NOTICE_NEGOTIATED",
            "platform unit",
            "",
            True,
            False,
            "E-NT-04",
        ),
        ("auction", "NOTICE_AUCTION", "platform", "unit", False, True, "E-NT-04"),
        ("pre_talks", "NOTICE_PRE_TALKS", "platform", "", False, False, "E-NT-04"),
        ("empowerment", "NOTICE_EMPOWER", "unit", "", False, False, "E-EM-04"),
        (
            "empowerment_priced",
            "NOTICE_NEGOTIATED",
            "platform unit",
            "",
            True,
            False,
            "E-EM-04",
        ),
        ("reward", "NOTICE_REWARD", "unit", "", False, False, "E-RW-03"),
        ("technology_manager", "NOTICE_TM", "unit", "", False, False, "E-TM-06"),
        ("abandonment", "NOTICE_ABANDON", "unit", "", False, False, "E-LG-03"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_kind_rule(
    kind: str,
    period: str,
    required: str,
    advised: str,
    extends: bool,
    suspends: bool,
    gate: str,
) -> None:
    rule = rule_of(kind)

    assert rule.period == period
    assert " ".join(rule.required) == required
    assert " ".join(rule.advised) == advised
    assert (rule.may_extend, rule.may_suspend, rule.gate_code) == (
        extends,
        suspends,
        gate,
    )


def test_every_kind_has_a_rule_fields_and_a_known_period() -> None:
    edition = PERIODS.edition_on(OPENED.date())

    assert set(KIND_RULES) == set(FIELDS) == set(NoticeKind)
    for rule in KIND_RULES.values():
        parameter = PERIODS.get(rule.period, edition)
        assert parameter.is_period
        assert parameter.is_extendable == rule.may_extend
        assert parameter.is_suspendable == rule.may_suspend


def test_unit_notices_are_checked_by_the_unit_and_others_by_the_platform() -> None:
    unit = frozenset({Role.TRANSFER_OFFICE, Role.APPROVER})
    platform = frozenset({Role.PLATFORM, Role.BUREAU})

    assert reviewers_of("reward") == unit
    assert reviewers_of("listing") == platform
    assert publishers_of(Venue.UNIT) == unit
    assert publishers_of(Venue.PLATFORM) == platform


def test_ot11_listing_has_its_ten_fields() -> None:
    labels = [spec.label for spec in fields_of("listing")]

    assert labels == [
        "出让人名称（姓名）",
        "成果名称",
        "科技成果描述",
        "竞买人资格要求",
        "转化方式",
        "支付方式",
        "担保方式及额度",
        "出价规则",
        "交易时间",
        "挂牌底价/基准价",
        "其他必要明确的信息",
        "异议渠道",
    ]


def test_ot20_negotiated_notice_asks_for_its_fields() -> None:
    required = [spec.name for spec in fields_of("negotiated") if spec.required]

    assert {"achievement_name", "transfer_mode", "proposed_price"} <= set(required)
    assert "digest" not in required


@pytest.mark.parametrize("kind", list(NoticeKind), ids=[k.value for k in NoticeKind])
def test_complete_contents_pass(kind: NoticeKind) -> None:
    check_fields(kind, "标题", complete(kind, is_insider="no"))


def test_b01_exactly_the_missing_fields_are_listed() -> None:
    values = complete(NoticeKind.LISTING, bid_rule="", guarantee="  ")

    with pytest.raises(RuleViolations) as refused:
        check_fields("listing", "标题", values)

    (one,) = refused.value.violations
    assert one.message == "信息不完整，缺少：担保方式及额度、出价规则。"
    assert (one.code, one.field) == ("E-LS-01", "guarantee")
    assert [spec.name for spec in find_missing("listing", values)] == [
        "guarantee",
        "bid_rule",
    ]


def test_missing_title_is_listed_first() -> None:
    with pytest.raises(RuleViolations) as refused:
        check_fields("listing", " ", complete(NoticeKind.LISTING))

    assert refused.value.violations[0].message == "信息不完整，缺少：公示标题。"


def test_h19_sum_finer_than_a_fen_is_refused() -> None:
    values = complete(NoticeKind.LISTING, floor_price="1234567.891元")

    with pytest.raises(RuleViolations) as refused:
        check_fields("listing", "标题", values)

    (one,) = refused.value.violations
    assert (one.code, one.field) == ("E-AS-03", "floor_price")


@pytest.mark.parametrize(
    ("name", "value", "label"),
    [
        ("bid_rule", "unheard_of", "出价规则"),
        ("auction_at", "2027-06-01T09:00:00", "拍卖时间"),
        ("auction_at", "soon", "拍卖时间"),
    ],
)
def test_unknown_choice_or_instant_counts_as_missing(
    name: str, value: str, label: str
) -> None:
    kind = NoticeKind.AUCTION if name == "auction_at" else NoticeKind.LISTING

    with pytest.raises(RuleViolations) as refused:
        check_fields(kind, "标题", complete(kind, **{name: value}))

    assert refused.value.violations[0].message == f"信息不完整，缺少：{label}。"


@pytest.mark.parametrize("kind", ["negotiated", "empowerment", "empowerment_priced"])
def test_c10_insider_without_statement_is_refused(kind: str) -> None:
    values = complete(NoticeKind(kind), is_insider="yes", insider_statement=" ")

    with pytest.raises(RuleViolations) as refused:
        check_fields(kind, "标题", values)

    assert [one.code for one in refused.value.violations] == ["E-OT-07"]
    check_fields(kind, "标题", {**values, "insider_statement": "系完成人配偶"})


def facts(
    kind: str = "listing",
    *,
    platform: datetime | None = CLOSE,
    unit: datetime | None = None,
    **more: object,
) -> NoticeFacts:
    rows = []
    if platform is not None:
        rows.append(VenueFacts(Venue.PLATFORM, OPENED, platform))
    if unit is not None:
        rows.append(VenueFacts(Venue.UNIT, OPENED, unit))
    return NoticeFacts(kind, tuple(rows), **more)  # type: ignore[arg-type]


def test_gate_opens_at_the_close_and_not_a_second_earlier() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_period_over(facts(), CLOSE - SECOND)

    assert refused.value.code == "E-NT-04"
    assert "2026-10-10 24:00" in refused.value.message
    check_period_over(facts(), CLOSE)


def test_t12_effective_close_is_the_later() -> None:
    assert facts(unit=LATER).effective_close == LATER
    assert facts("negotiated").effective_close is None
    assert facts(platform=None).effective_close is None
    assert facts("negotiated").missing_venues == (Venue.UNIT,)


def test_c01_one_venue_over_and_the_other_not() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_period_over(facts("negotiated", unit=LATER), CLOSE)

    assert refused.value.message == (
        "单位内部公示尚未届满，单位内部公示与平台公示须分别满足期限。"
    )


def test_both_venues_running_names_the_later_close() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_period_over(facts("negotiated", unit=LATER), OPENED)

    assert refused.value.code == "E-NT-04"
    assert "2026-10-13 24:00" in refused.value.message


def test_c02_missing_venue() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_period_over(facts("negotiated"), LATER)

    assert refused.value.code == "E-NT-06"


def test_suspended_notice_is_not_over_whatever_its_stored_close() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_period_over(facts(is_suspended=True), LATER)

    assert refused.value.code == "E-NT-04"


def test_t07_provisional_end_closes_nothing() -> None:
    venue = VenueFacts(Venue.PLATFORM, OPENED, CLOSE, True, 2027)

    with pytest.raises(RuleViolation) as refused:
        check_period_over(NoticeFacts("listing", (venue,)), LATER)

    assert refused.value.code == "E-NT-03"
    assert "2027" in refused.value.message


def test_open_objections_block_a_notice_that_is_over() -> None:
    with pytest.raises(RuleViolation) as refused:
        may_proceed(facts(open_objections=2), CLOSE)

    assert refused.value.message == "存在未办结异议2件，不能进入下一环节。"
    may_proceed(facts(), CLOSE)


def test_terminated_notice_opens_no_gate() -> None:
    with pytest.raises(RuleViolation) as refused:
        may_proceed(facts(is_terminated=True), LATER)

    assert refused.value.code == "E-ST-01"


def test_kind_with_its_own_code_uses_it() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_period_over(facts("empowerment", platform=None, unit=CLOSE), OPENED)

    assert refused.value.code == "E-EM-04"


def test_cut_off_sentence_names_the_day_and_24_oclock() -> None:
    assert cut_off_sentence(CLOSE) == "公示期自次日起算，至2026年10月10日24时止"


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(days=3, hours=5, minutes=59), "剩余3天5小时"),
        (timedelta(hours=5, minutes=59, seconds=59), "剩余5小时59分钟"),
        (timedelta(seconds=1), "剩余0小时0分钟"),
        (timedelta(0), "已届满"),
        (timedelta(seconds=-1), "已届满"),
    ],
)
def test_time_left(left: timedelta, text: str) -> None:
    assert time_left(CLOSE, CLOSE - left) == text


def test_fixed_text_holds_every_field_and_the_insider_statement() -> None:
    values = complete(
        NoticeKind.NEGOTIATED,
        is_insider="yes",
        insider_statement="受让人系完成人配偶",
        digest="",
    )

    text = compose_text(
        "negotiated",
        "GS-2026-0001",
        "标题",
        "示例大学",
        values,
        [AttachmentFacts("说明.pdf", 12, "ab")],
    )

    assert text == (
        "协议定价公示\n编号：GS-2026-0001\n标题：标题\n发布单位：示例大学\n"
        "成果名称：示例\n转化方式：转让\n拟交易价格：示例\n意向受让人：示例\n"
        "受让人是否为成果完成人或利害关系人：是\n关联关系说明：受让人系完成人配偶\n"
        "内容摘要：无\n异议渠道：示例\n附件1：说明.pdf（12字节，SHA-256 ab）\n"
    )


def test_printed_values() -> None:
    auction = {spec.name: spec for spec in fields_of("auction")}
    listing = {spec.name: spec for spec in fields_of("listing")}

    assert printed(auction["auction_at"], "2027-06-01T01:00:00+00:00") == (
        "2027-06-01 09:00"
    )
    assert printed(auction["auction_at"], "soon") == "soon"
    assert printed(listing["bid_rule"], "sealed") == "一次密封报价"
    assert printed(listing["other_terms"], " ") == "无"


def test_instant_needs_an_offset() -> None:
    assert read_instant("2027-06-01T09:00:00") is None
    assert read_instant("") is None
    instant = read_instant("2027-06-01T09:00:00+08:00")
    assert instant == datetime(2027, 6, 1, 9, 0, tzinfo=SHANGHAI)


def test_normalized_text_ignores_line_ends_and_trailing_blanks() -> None:
    assert normalized("一 \r\n二\t\r三\n\n") == "一\n二\n三\n"
    assert normalized("一\n二\n三") == "一\n二\n三\n"


def test_short_code_belongs_to_its_parts_and_reads_back() -> None:
    code = short_code("notice", "GS-2026-0001", sha256(b"x").hexdigest())

    assert len(code) == 10
    assert code == short_code("notice", "GS-2026-0001", sha256(b"x").hexdigest())
    assert code != short_code("certificate", "GS-2026-0001", sha256(b"x").hexdigest())
    assert read_code(f" {code[:5].lower()}-{code[5:].lower()} ") == code
    assert read_code("oilOIL") == "011011"
