"""Gates of a notice: E-NT-03…06, the kinds' own codes, E-LS-01 and E-OT-07."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cms.rules.notices.fields import check_fields, fields_of
from cms.rules.notices.gates import (
    NoticeFacts,
    VenueFacts,
    check_period_over,
    may_proceed,
)
from cms.rules.notices.kinds import NoticeKind, Venue
from cms.rules.shanghai_time import SHANGHAI
from cms.rules.violations import RuleViolation, RuleViolations

OPENED = datetime(2026, 9, 25, 10, tzinfo=SHANGHAI)
CLOSE = datetime(2026, 10, 11, tzinfo=SHANGHAI)
LATER = datetime(2026, 10, 14, tzinfo=SHANGHAI)
PLATFORM = VenueFacts(Venue.PLATFORM, OPENED, CLOSE)
UNIT = VenueFacts(Venue.UNIT, OPENED, LATER)
LISTING = NoticeFacts(NoticeKind.LISTING, (PLATFORM,))
NEGOTIATED = NoticeFacts(NoticeKind.NEGOTIATED, (PLATFORM, UNIT))


@pytest.mark.parametrize(
    ("facts", "at", "refusal"),
    [
        pytest.param(
            LISTING,
            CLOSE - timedelta(seconds=1),
            "E-NT-04 公示期尚未届满（届满时间2026-10-10 24:00），不能进入下一环节。",
            id="a22_running",
        ),
        pytest.param(LISTING, CLOSE, "", id="over"),
        pytest.param(
            replace(LISTING, is_suspended=True),
            LATER,
            "E-NT-04 公示期尚未届满（届满时间2026-10-10 24:00），不能进入下一环节。",
            id="suspended",
        ),
        pytest.param(
            replace(LISTING, open_objections=2),
            CLOSE,
            "E-NT-05 存在未办结异议2件，不能进入下一环节。",
            id="d17_open_objections",
        ),
        pytest.param(
            replace(LISTING, is_terminated=True),
            CLOSE,
            "E-ST-01 当前状态为“已终止”，不能进行“进入下一环节”。",
            id="ended",
        ),
        pytest.param(
            NEGOTIATED,
            datetime(2026, 10, 12, 9, tzinfo=SHANGHAI),
            "E-NT-06 单位内部公示尚未届满，单位内部公示与平台公示须分别满足期限。",
            id="c01_unit_runs_on",
        ),
        pytest.param(NEGOTIATED, LATER, "", id="c01_both_over"),
        pytest.param(
            replace(NEGOTIATED, venues=(PLATFORM,)),
            LATER,
            "E-NT-06 单位内部公示尚未届满，单位内部公示与平台公示须分别满足期限。",
            id="c02_no_unit_notice",
        ),
        pytest.param(
            replace(
                LISTING,
                venues=(replace(PLATFORM, is_provisional=True, provisional_year=2027),),
            ),
            LATER,
            "E-NT-03 工作日历未包含2027年节假日安排，无法确定届满日，请先维护工作日历。",
            id="a17_provisional",
        ),
        pytest.param(
            NoticeFacts(NoticeKind.EMPOWERMENT, (UNIT,)),
            CLOSE,
            "E-EM-04 赋权公示未满15日，不能签署协议。",
            id="g10_empowerment",
        ),
        pytest.param(
            NoticeFacts(NoticeKind.REWARD, (UNIT,)),
            CLOSE,
            "E-RW-03 奖励公示未满15个工作日，不能发放。",
            id="i02_reward",
        ),
        pytest.param(
            NoticeFacts(NoticeKind.TECHNOLOGY_MANAGER, (UNIT,)),
            CLOSE,
            "E-TM-06 公示未满5个工作日。",
            id="j14_technology_manager",
        ),
    ],
)
def test_next_step_is_gated(facts: NoticeFacts, at: datetime, refusal: str) -> None:
    if not refusal:
        may_proceed(facts, at)
        return
    with pytest.raises(RuleViolation) as refused:
        may_proceed(facts, at)
    assert str(refused.value) == refusal


def test_period_may_be_over_with_an_open_objection() -> None:
    check_period_over(replace(LISTING, open_objections=1), CLOSE)


def test_effective_close_is_the_later_of_all_required_venues() -> None:
    assert NEGOTIATED.effective_close == LATER
    assert replace(NEGOTIATED, venues=(PLATFORM,)).effective_close is None


def complete(kind: NoticeKind, **changes: str) -> dict[str, str]:
    values = {
        spec.name: spec.choices[0][0] if spec.choices else "2026-12-01T09:00:00+08:00"
        for spec in fields_of(kind)
    }
    return values | changes


def refusals(kind: NoticeKind, title: str, values: dict[str, str]) -> list[str]:
    with pytest.raises(RuleViolations) as refused:
        check_fields(kind, title, values)
    return [str(violation) for violation in refused.value.violations]


@pytest.mark.parametrize("kind", NoticeKind)
def test_complete_notice_passes(kind: NoticeKind) -> None:
    check_fields(kind, "示例公示", complete(kind, insider_statement="示例说明"))


def test_b01_listing_names_exactly_what_is_missing() -> None:
    values = complete(NoticeKind.LISTING, bid_rule="", guarantee="")

    assert refusals(NoticeKind.LISTING, "示例", values) == [
        "E-LS-01 信息不完整，缺少：担保方式及额度、出价规则。"
    ]


def test_notice_without_title_or_with_an_unknown_choice_is_incomplete() -> None:
    values = complete(NoticeKind.LISTING, bid_rule="none")

    assert refusals(NoticeKind.LISTING, " ", values) == [
        "E-LS-01 信息不完整，缺少：公示标题、出价规则。"
    ]


def test_auction_needs_a_readable_time() -> None:
    values = complete(NoticeKind.AUCTION, auction_at="明天")

    assert refusals(NoticeKind.AUCTION, "示例", values) == [
        "E-LS-01 信息不完整，缺少：拍卖时间。"
    ]


def test_c10_insider_must_be_told() -> None:
    values = complete(NoticeKind.NEGOTIATED, is_insider="yes", insider_statement=" ")

    assert refusals(NoticeKind.NEGOTIATED, "示例", values) == [
        "E-OT-07 受让人系完成人或利害关系人，公示须予说明。"
    ]
