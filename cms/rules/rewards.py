"""Reward sharing (奖励分配): states of a plan (§17.11, 附件1十三)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class RewardState(LabeledEnum):
    """States of a reward plan."""

    PLANNED = "planned", "方案"
    UNDER_REVIEW = "under_review", "单位审核"
    NOTICE_OPEN = "notice_open", "公示中"
    NOTICE_DISPUTED = "notice_disputed", "异议处理"
    NOTICE_CLOSED = "notice_closed", "公示届满"
    PAYING = "paying", "发放中"
    COMPLETED = "completed", "已完成"


class RewardEvent(LabeledEnum):
    """What may happen to a reward plan."""

    SUBMIT = "submit", "提交"
    RETURN = "return", "退回"
    PUBLISH = "publish", "审核通过并公示"
    OBJECT = "object", "提出异议"
    DISMISS = "dismiss", "异议不成立（公示期内）"
    DISMISS_AFTER_CLOSE = "dismiss_after_close", "异议不成立（期满后）"
    REVISE = "revise", "异议成立，修改重新公示"
    CLOSE_NOTICE = "close_notice", "公示届满"
    PAY = "pay", "发放"
    COMPLETE = "complete", "发放完毕"


_S, _E = RewardState, RewardEvent

REWARD = StateTable(
    name="reward",
    label="奖励分配",
    states=RewardState,
    events=RewardEvent,
    transitions=(
        Transition(
            _S.PLANNED,
            _E.SUBMIT,
            by(Role.RESEARCHER),
            _S.UNDER_REVIEW,
            guard="RW-01、RW-04、RW-05",
        ),
        Transition(
            _S.UNDER_REVIEW,
            _E.RETURN,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.PLANNED,
            guard="须有理由",
            four_eyes=True,
        ),
        Transition(
            _S.UNDER_REVIEW,
            _E.PUBLISH,
            by(Role.APPROVER),
            _S.NOTICE_OPEN,
            guard="RW-01、RW-04、RW-05；无证件号、账号（E-SE-02）",
            timer="NOTICE_REWARD",
            four_eyes=True,
        ),
        Transition(
            _S.NOTICE_OPEN,
            _E.OBJECT,
            by(Role.RESEARCHER, Role.TRANSFER_OFFICE),
            _S.NOTICE_DISPUTED,
            guard="届满之前（AMB-25）",
        ),
        Transition(
            _S.NOTICE_DISPUTED,
            _E.DISMISS,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.NOTICE_OPEN,
            guard="结论说明理由，公示期未满",
            four_eyes=True,
        ),
        Transition(
            _S.NOTICE_DISPUTED,
            _E.DISMISS_AFTER_CLOSE,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.NOTICE_CLOSED,
            guard="结论说明理由，公示期已满",
            four_eyes=True,
        ),
        Transition(
            _S.NOTICE_DISPUTED,
            _E.REVISE,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.PLANNED,
            guard="新的公示",
            four_eyes=True,
        ),
        Transition(
            _S.NOTICE_OPEN,
            _E.CLOSE_NOTICE,
            by(Role.SYSTEM),
            _S.NOTICE_CLOSED,
            guard="无未办结异议",
            timer="NOTICE_REWARD",
        ),
        Transition(
            _S.NOTICE_CLOSED, _E.PAY, by(Role.FINANCE), _S.PAYING, guard="RW-02、RW-03"
        ),
        Transition(
            _S.PAYING,
            _E.COMPLETE,
            by(Role.FINANCE),
            _S.COMPLETED,
            guard="个人所得税已处理，PL-06标记",
        ),
    ),
)
