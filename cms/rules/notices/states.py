"""Public notices (公示): states of the generic notice engine (§17.2)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class NoticeState(LabeledEnum):
    """States of a notice."""

    AWAITING_REVIEW = "awaiting_review", "待审"
    AWAITING_PUBLICATION = "awaiting_publication", "待发布"
    REJECTED = "rejected", "已驳回"
    OPEN = "open", "公示中"
    SUSPENDED = "suspended", "已中止"
    TERMINATED = "terminated", "已终止"
    CLOSED = "closed", "已届满"


class NoticeEvent(LabeledEnum):
    """What may happen to a notice."""

    APPROVE = "approve", "形式审查通过"
    REJECT = "reject", "形式审查驳回"
    PUBLISH = "publish", "发布"
    SUSPEND = "suspend", "中止"
    RESUME = "resume", "恢复"
    EXTEND = "extend", "延长"
    REPLACE = "replace", "变更"
    TERMINATE = "terminate", "终止"
    CLOSE = "close", "届满"


_S, _E = NoticeState, NoticeEvent
_REVIEWER = by(Role.PLATFORM, Role.TRANSFER_OFFICE)
_PUBLISHER = by(Role.PLATFORM, Role.TRANSFER_OFFICE, Role.BUREAU)
_PLATFORM = by(Role.PLATFORM)
_SYSTEM = by(Role.SYSTEM)

NOTICE = StateTable(
    name="notice",
    label="公示",
    states=NoticeState,
    events=NoticeEvent,
    transitions=(
        Transition(
            _S.AWAITING_REVIEW,
            _E.APPROVE,
            _REVIEWER,
            _S.AWAITING_PUBLICATION,
            guard="要素齐全",
            timer="FORMAL_REVIEW",
            four_eyes=True,
        ),
        Transition(
            _S.AWAITING_REVIEW,
            _E.REJECT,
            _REVIEWER,
            _S.REJECTED,
            guard="须有理由",
            timer="FORMAL_REVIEW",
            document="D-44",
            four_eyes=True,
        ),
        Transition(
            _S.AWAITING_PUBLICATION,
            _E.PUBLISH,
            _PUBLISHER,
            _S.OPEN,
            guard="工作日历覆盖公示期（T-07）",
            timer="自发布之时起算",
            document="公示页面及其哈希",
        ),
        Transition(
            _S.OPEN,
            _E.SUSPEND,
            _SYSTEM,
            _S.SUSPENDED,
            guard="受理异议（仅挂牌、拍卖、先用后转）",
            timer="停止计时（T-08）",
            document="D-47",
        ),
        Transition(
            _S.SUSPENDED,
            _E.RESUME,
            by(Role.SYSTEM, Role.PLATFORM),
            _S.OPEN,
            guard="全部异议已办结",
            timer="重新计算届满时间（T-08）",
            document="D-50",
        ),
        Transition(
            _S.OPEN,
            _E.EXTEND,
            _PLATFORM,
            _S.OPEN,
            guard="OT-23（仅协议定价）",
            timer="届满时间加n日，不顺延",
            document="D-42",
        ),
        Transition(
            _S.OPEN,
            _E.REPLACE,
            _PUBLISHER,
            _S.TERMINATED,
            guard="变更已获批准（OT-40、OT-41），链接新公示",
            document="D-43",
        ),
        Transition(
            _S.SUSPENDED,
            _E.REPLACE,
            _PUBLISHER,
            _S.TERMINATED,
            guard="变更已获批准（OT-40、OT-41），链接新公示",
            document="D-43",
        ),
        Transition(
            _S.OPEN,
            _E.TERMINATE,
            by(*_PUBLISHER, Role.SYSTEM),
            _S.TERMINATED,
            guard="终止已获批准（OT-40、OT-41），或依异议规则终止",
            document="D-43、D-51",
        ),
        Transition(
            _S.SUSPENDED,
            _E.TERMINATE,
            by(*_PUBLISHER, Role.SYSTEM),
            _S.TERMINATED,
            guard="终止已获批准（OT-40、OT-41），或依异议规则终止",
            document="D-43、D-51",
        ),
        Transition(
            _S.OPEN,
            _E.CLOSE,
            _SYSTEM,
            _S.CLOSED,
            guard="到达届满时间，且届满时间非暂定",
            document="D-40、D-41、D-55公示证明",
        ),
    ),
)
