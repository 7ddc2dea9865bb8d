"""Auction (拍卖): states of a trade (§17.5)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by
from cms.rules.trading.shared_steps import closing_steps, stop_steps


class AuctionState(LabeledEnum):
    """States of an auction."""

    REGISTERED = "registered", "登记"
    ANNOUNCED = "announced", "公告中"
    SUSPENDED = "suspended", "中止"
    FAILED = "failed", "拍卖不成立"
    AWAITING_AUCTION = "awaiting_auction", "待拍卖"
    HELD = "held", "拍卖中"
    UNSOLD = "unsold", "流拍"
    AWAITING_CONFIRMATION = "awaiting_confirmation", "待签成交确认书"
    AWAITING_CONTRACT = "awaiting_contract", "待签约"
    PERFORMED = "performed", "履行中"
    COMPLETED = "completed", "已完成"
    TERMINATED = "terminated", "已终止"


class AuctionEvent(LabeledEnum):
    """What may happen to an auction."""

    APPROVE = "approve", "形式审查通过"
    ENROLL = "enroll", "报名"
    QUALIFY = "qualify", "认定合格"
    DISQUALIFY = "disqualify", "认定不合格"
    SUSPEND = "suspend", "受理异议"
    RESUME = "resume", "恢复"
    TERMINATE = "terminate", "变更或终止"
    CLOSE_TOO_FEW = "close_too_few", "届满，合格竞买人不足两名"
    CLOSE = "close", "届满，合格竞买人两名以上"
    OPEN = "open", "开拍"
    KNOCK_DOWN = "knock_down", "结束，最高应价不低于保留价"
    END_UNSOLD = "end_unsold", "结束，无人应价或低于保留价"
    CONFIRM = "confirm", "双方签署成交确认书"
    SIGN = "sign", "上传合同或在线签约"
    COMPLETE = "complete", "凭证齐备"
    RENEGE = "renege", "买受人悔约"


_S, _E = AuctionState, AuctionEvent

AUCTION = StateTable(
    name="auction",
    label="拍卖",
    states=AuctionState,
    events=AuctionEvent,
    transitions=(
        Transition(
            _S.REGISTERED,
            _E.APPROVE,
            by(Role.PLATFORM),
            _S.ANNOUNCED,
            guard="OT-30、OT-31",
            timer="NOTICE_AUCTION",
            document="D-38",
            four_eyes=True,
        ),
        Transition(
            _S.ANNOUNCED,
            _E.ENROLL,
            by(Role.ENTERPRISE),
            _S.ANNOUNCED,
            guard="OT-14",
            timer="NOTICE_AUCTION",
            document="D-39",
        ),
        Transition(
            _S.ANNOUNCED,
            _E.QUALIFY,
            by(Role.PLATFORM, Role.TRANSFER_OFFICE),
            _S.ANNOUNCED,
            guard="OT-14",
            document="D-39",
        ),
        Transition(
            _S.ANNOUNCED,
            _E.DISQUALIFY,
            by(Role.PLATFORM, Role.TRANSFER_OFFICE),
            _S.ANNOUNCED,
            guard="OT-14，须有理由",
            document="D-39",
        ),
        *stop_steps(_S, _E, _S.ANNOUNCED),
        Transition(
            _S.ANNOUNCED,
            _E.CLOSE_TOO_FEW,
            by(Role.SYSTEM),
            _S.FAILED,
            guard="E-AU-01；重新公告或改变方式须重新审批",
            timer="NOTICE_AUCTION",
            document="D-40",
        ),
        Transition(
            _S.ANNOUNCED,
            _E.CLOSE,
            by(Role.SYSTEM),
            _S.AWAITING_AUCTION,
            guard="拍卖时间不早于届满时间",
            timer="NOTICE_AUCTION",
        ),
        Transition(
            _S.AWAITING_AUCTION,
            _E.TERMINATE,
            by(Role.PLATFORM),
            _S.TERMINATED,
            guard="全部竞买人同意",
            timer="拍卖开始前",
            document="D-43",
        ),
        Transition(
            _S.AWAITING_AUCTION,
            _E.OPEN,
            by(Role.AUCTIONEER),
            _S.HELD,
            guard="国家注册拍卖师主持",
            document="笔录",
        ),
        Transition(
            _S.HELD,
            _E.KNOCK_DOWN,
            by(Role.AUCTIONEER),
            _S.AWAITING_CONFIRMATION,
            guard="最高应价不低于保留价",
            document="D-53",
        ),
        Transition(
            _S.HELD,
            _E.END_UNSOLD,
            by(Role.AUCTIONEER),
            _S.UNSOLD,
            guard="无人应价或低于保留价",
        ),
        *closing_steps(_S, _E),
    ),
)
