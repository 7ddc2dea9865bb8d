"""Listing (挂牌): states of a trade (§17.3)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by
from cms.rules.trading.shared_steps import closing_steps, stop_steps


class ListingState(LabeledEnum):
    """States of a listing."""

    PREPARED = "prepared", "成果发布"
    UNDER_REVIEW = "under_review", "形式审查"
    REJECTED = "rejected", "已驳回"
    LISTED = "listed", "公告中"
    SUSPENDED = "suspended", "中止"
    BIDDING = "bidding", "在线竞价"
    AWAITING_CONFIRMATION = "awaiting_confirmation", "待签成交确认书"
    AWAITING_CONTRACT = "awaiting_contract", "待签约"
    PERFORMED = "performed", "履行中"
    COMPLETED = "completed", "已完成"
    TERMINATED = "terminated", "交易终止"


class ListingEvent(LabeledEnum):
    """What may happen to a listing."""

    SUBMIT = "submit", "提交挂牌"
    APPROVE = "approve", "形式审查通过"
    REJECT = "reject", "形式审查驳回"
    ENROLL = "enroll", "报名"
    QUALIFY = "qualify", "认定合格"
    DISQUALIFY = "disqualify", "认定不合格"
    BID = "bid", "报价"
    SUSPEND = "suspend", "受理异议"
    RESUME = "resume", "恢复"
    TERMINATE = "terminate", "终止"
    CLOSE_WITHOUT_BIDDER = "close_without_bidder", "届满，无合格竞买人"
    CLOSE_WITH_ONE = "close_with_one", "届满，一名合格竞买人"
    CLOSE_TO_BIDDING = "close_to_bidding", "届满，两名以上，转在线竞价"
    CLOSE_WITH_BID = "close_with_bid", "届满，两名以上，已有有效报价"
    CLOSE_WITHOUT_BID = "close_without_bid", "届满，两名以上，没有有效报价"
    END_BIDDING = "end_bidding", "竞价结束"
    CONFIRM = "confirm", "双方签署成交确认书"
    SIGN = "sign", "上传合同或在线签约"
    COMPLETE = "complete", "凭证齐备"
    RENEGE = "renege", "买受人悔约"


_S, _E = ListingState, ListingEvent

LISTING = StateTable(
    name="listing",
    label="挂牌",
    states=ListingState,
    events=ListingEvent,
    transitions=(
        Transition(
            _S.PREPARED,
            _E.SUBMIT,
            by(Role.TRANSFER_OFFICE, Role.AGENT),
            _S.UNDER_REVIEW,
            guard="TR-01、OT-02、OT-10、OT-11",
            timer="FORMAL_REVIEW",
            document="D-34、D-35、D-36",
        ),
        Transition(
            _S.UNDER_REVIEW,
            _E.APPROVE,
            by(Role.PLATFORM),
            _S.LISTED,
            timer="NOTICE_LISTING",
            document="D-36",
            four_eyes=True,
        ),
        Transition(
            _S.UNDER_REVIEW,
            _E.REJECT,
            by(Role.PLATFORM),
            _S.REJECTED,
            guard="须有理由（E-LS-06）",
            document="D-44",
            four_eyes=True,
        ),
        Transition(
            _S.LISTED,
            _E.ENROLL,
            by(Role.ENTERPRISE),
            _S.LISTED,
            guard="OT-14",
            timer="NOTICE_LISTING",
            document="D-39",
        ),
        Transition(
            _S.LISTED,
            _E.QUALIFY,
            by(Role.PLATFORM, Role.TRANSFER_OFFICE),
            _S.LISTED,
            guard="OT-14",
            document="D-39",
        ),
        Transition(
            _S.LISTED,
            _E.DISQUALIFY,
            by(Role.PLATFORM, Role.TRANSFER_OFFICE),
            _S.LISTED,
            guard="OT-14，须有理由",
            document="D-39",
        ),
        Transition(
            _S.LISTED,
            _E.BID,
            by(Role.ENTERPRISE),
            _S.LISTED,
            guard="规则为挂牌期内报价；OT-15",
            document="报价记录",
        ),
        *stop_steps(_S, _E, _S.LISTED),
        Transition(
            _S.LISTED,
            _E.CLOSE_WITHOUT_BIDDER,
            by(Role.SYSTEM),
            _S.TERMINATED,
            guard="合格竞买人0名",
            timer="NOTICE_LISTING",
            document="D-40",
        ),
        Transition(
            _S.LISTED,
            _E.CLOSE_WITH_ONE,
            by(Role.SYSTEM),
            _S.AWAITING_CONTRACT,
            guard="合格竞买人1名，价格不低于底价",
            timer="NOTICE_LISTING",
            document="D-40",
        ),
        Transition(
            _S.LISTED,
            _E.CLOSE_TO_BIDDING,
            by(Role.SYSTEM),
            _S.BIDDING,
            guard="合格竞买人2名以上，规则为公告后在线竞价",
            timer="公告所载日期",
        ),
        Transition(
            _S.LISTED,
            _E.CLOSE_WITH_BID,
            by(Role.SYSTEM),
            _S.AWAITING_CONFIRMATION,
            guard="合格竞买人2名以上，规则为挂牌期内报价，有最高有效报价",
            timer="NOTICE_LISTING",
        ),
        Transition(
            _S.LISTED,
            _E.CLOSE_WITHOUT_BID,
            by(Role.SYSTEM),
            _S.TERMINATED,
            guard="合格竞买人2名以上，规则为挂牌期内报价，没有有效报价",
            timer="NOTICE_LISTING",
            document="D-40",
        ),
        Transition(
            _S.BIDDING,
            _E.END_BIDDING,
            by(Role.SYSTEM, Role.PLATFORM),
            _S.AWAITING_CONFIRMATION,
            guard="依规则的最高报价",
        ),
        *closing_steps(_S, _E),
    ),
)
