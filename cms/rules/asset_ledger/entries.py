"""States of a ledger entry (台账条目, §17.10)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class LedgerState(LabeledEnum):
    """States of a ledger entry."""

    DISCLOSED = "disclosed", "已披露"
    RETURNED = "returned", "已退回"
    REGISTERED = "registered", "已登记"
    UNTRANSFORMED = "untransformed", "未转化"
    INTENDED = "intended", "意向转化"
    TRANSFORMED = "transformed", "已转化"
    TRANSFERRED = "transferred", "已转让"
    INVESTED = "invested", "已作价投资"
    ABANDONMENT_REQUESTED = "abandonment_requested", "放弃申请"
    INVENTORS_ASKED = "inventors_asked", "征询完成人"
    ABANDONMENT_NOTICE = "abandonment_notice", "公示中"
    ABANDONED = "abandoned", "已放弃"


class LedgerEvent(LabeledEnum):
    """What may happen to a ledger entry."""

    RETURN = "return", "退回"
    DISCLOSE = "disclose", "重新披露"
    REGISTER = "register", "登记"
    MARK_UNTRANSFORMED = "mark_untransformed", "标记未转化"
    MARK_INTENDED = "mark_intended", "标记意向转化"
    MARK_TRANSFORMED = "mark_transformed", "标记已转化"
    TRANSFER = "transfer", "转让"
    INVEST = "invest", "作价投资"
    REQUEST_ABANDONMENT = "request_abandonment", "申请放弃"
    ASK_INVENTORS = "ask_inventors", "征询完成人"
    PUBLISH_ABANDONMENT = "publish_abandonment", "发布放弃公示"
    WITHDRAW_ABANDONMENT = "withdraw_abandonment", "撤回放弃"
    ABANDON = "abandon", "公示届满即放弃"


_S, _E = LedgerState, LedgerEvent

LEDGER_ENTRY = StateTable(
    name="ledger_entry",
    label="台账条目",
    states=LedgerState,
    events=LedgerEvent,
    transitions=(
        Transition(
            _S.DISCLOSED,
            _E.RETURN,
            by(Role.TRANSFER_OFFICE),
            _S.RETURNED,
            guard="须有理由（LG-03）",
            document="D-73",
        ),
        Transition(
            _S.RETURNED,
            _E.DISCLOSE,
            by(Role.RESEARCHER),
            _S.DISCLOSED,
            guard="LG-02",
            document="D-72",
        ),
        Transition(
            _S.DISCLOSED,
            _E.REGISTER,
            by(Role.TRANSFER_OFFICE),
            _S.REGISTERED,
            guard="LG-03至LG-05",
            document="D-73",
            four_eyes=True,
        ),
        Transition(
            _S.REGISTERED,
            _E.MARK_UNTRANSFORMED,
            by(Role.TRANSFER_OFFICE),
            _S.UNTRANSFORMED,
            guard="LG-04",
        ),
        Transition(
            _S.INTENDED,
            _E.MARK_UNTRANSFORMED,
            by(Role.TRANSFER_OFFICE),
            _S.UNTRANSFORMED,
            guard="LG-04",
        ),
        Transition(
            _S.REGISTERED,
            _E.MARK_INTENDED,
            by(Role.TRANSFER_OFFICE),
            _S.INTENDED,
            guard="LG-04",
        ),
        Transition(
            _S.UNTRANSFORMED,
            _E.MARK_INTENDED,
            by(Role.TRANSFER_OFFICE),
            _S.INTENDED,
            guard="LG-04",
        ),
        Transition(
            _S.REGISTERED,
            _E.MARK_TRANSFORMED,
            by(Role.TRANSFER_OFFICE),
            _S.TRANSFORMED,
            guard="LG-04，频次加一",
        ),
        Transition(
            _S.UNTRANSFORMED,
            _E.MARK_TRANSFORMED,
            by(Role.TRANSFER_OFFICE),
            _S.TRANSFORMED,
            guard="LG-04，频次加一",
        ),
        Transition(
            _S.INTENDED,
            _E.MARK_TRANSFORMED,
            by(Role.TRANSFER_OFFICE),
            _S.TRANSFORMED,
            guard="LG-04，频次加一",
        ),
        Transition(
            _S.TRANSFORMED,
            _E.MARK_TRANSFORMED,
            by(Role.TRANSFER_OFFICE),
            _S.TRANSFORMED,
            guard="LG-04，频次加一",
        ),
        Transition(
            _S.UNTRANSFORMED,
            _E.TRANSFER,
            by(Role.TRANSFER_OFFICE),
            _S.TRANSFERRED,
            guard="LG-10",
            document="D-76",
        ),
        Transition(
            _S.INTENDED,
            _E.TRANSFER,
            by(Role.TRANSFER_OFFICE),
            _S.TRANSFERRED,
            guard="LG-10",
            document="D-76",
        ),
        Transition(
            _S.TRANSFORMED,
            _E.TRANSFER,
            by(Role.TRANSFER_OFFICE),
            _S.TRANSFERRED,
            guard="LG-10",
            document="D-76",
        ),
        Transition(
            _S.UNTRANSFORMED,
            _E.INVEST,
            by(Role.TRANSFER_OFFICE),
            _S.INVESTED,
            guard="TR-04、TR-05",
            document="D-76",
        ),
        Transition(
            _S.INTENDED,
            _E.INVEST,
            by(Role.TRANSFER_OFFICE),
            _S.INVESTED,
            guard="TR-04、TR-05",
            document="D-76",
        ),
        Transition(
            _S.TRANSFORMED,
            _E.INVEST,
            by(Role.TRANSFER_OFFICE),
            _S.INVESTED,
            guard="TR-04、TR-05",
            document="D-76",
        ),
        Transition(
            _S.UNTRANSFORMED,
            _E.REQUEST_ABANDONMENT,
            by(Role.RESEARCHER, Role.TRANSFER_OFFICE),
            _S.ABANDONMENT_REQUESTED,
            guard="LG-11，无有效许可或赋权协议",
            document="D-77",
        ),
        Transition(
            _S.INTENDED,
            _E.REQUEST_ABANDONMENT,
            by(Role.RESEARCHER, Role.TRANSFER_OFFICE),
            _S.ABANDONMENT_REQUESTED,
            guard="LG-11，无有效许可或赋权协议",
            document="D-77",
        ),
        Transition(
            _S.TRANSFORMED,
            _E.REQUEST_ABANDONMENT,
            by(Role.RESEARCHER, Role.TRANSFER_OFFICE),
            _S.ABANDONMENT_REQUESTED,
            guard="LG-11，无有效许可或赋权协议",
            document="D-77",
        ),
        Transition(
            _S.ABANDONMENT_REQUESTED,
            _E.ASK_INVENTORS,
            by(Role.TRANSFER_OFFICE),
            _S.INVENTORS_ASKED,
            guard="通知全部完成人并问受让意愿",
            document="D-77",
        ),
        Transition(
            _S.INVENTORS_ASKED,
            _E.PUBLISH_ABANDONMENT,
            by(Role.TRANSFER_OFFICE),
            _S.ABANDONMENT_NOTICE,
            timer="NOTICE_ABANDON",
            document="D-77",
        ),
        Transition(
            _S.ABANDONMENT_REQUESTED,
            _E.WITHDRAW_ABANDONMENT,
            by(Role.TRANSFER_OFFICE),
            _S.UNTRANSFORMED,
            guard="完成人受让、异议成立或单位撤回",
        ),
        Transition(
            _S.INVENTORS_ASKED,
            _E.WITHDRAW_ABANDONMENT,
            by(Role.TRANSFER_OFFICE),
            _S.UNTRANSFORMED,
            guard="完成人受让、异议成立或单位撤回",
        ),
        Transition(
            _S.ABANDONMENT_NOTICE,
            _E.WITHDRAW_ABANDONMENT,
            by(Role.TRANSFER_OFFICE),
            _S.UNTRANSFORMED,
            guard="完成人受让、异议成立或单位撤回",
        ),
        Transition(
            _S.ABANDONMENT_NOTICE,
            _E.ABANDON,
            by(Role.SYSTEM),
            _S.ABANDONED,
            guard="无未办结异议；已确认无形资产的转财务",
            timer="NOTICE_ABANDON",
            document="D-77",
        ),
    ),
)
