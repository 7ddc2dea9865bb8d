"""Negotiated pricing (协议定价): states of a trade (§17.4)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class NegotiationState(LabeledEnum):
    """States of a negotiated trade."""

    INTENDED = "intended", "意向"
    ANNOUNCED = "announced", "公告中"
    NEGOTIATED = "negotiated", "谈判"
    AWAITING_NOTICE = "awaiting_notice", "待公示"
    NOTICE_OPEN = "notice_open", "公示中"
    NOTICE_DISPUTED = "notice_disputed", "公示中·异议处理"
    NOTICE_CLOSED = "notice_closed", "公示届满"
    AWAITING_OBJECTIONS = "awaiting_objections", "待异议办结"
    PERFORMED = "performed", "履行中"
    COMPLETED = "completed", "已完成"
    REVISITED = "revisited", "已回访"
    TERMINATED = "terminated", "已终止"


class NegotiationEvent(LabeledEnum):
    """What may happen to a negotiated trade."""

    ANNOUNCE = "announce", "发布公告"
    START_TALKS = "start_talks", "开始谈判"
    AGREE = "agree", "达成一致"
    PUBLISH = "publish", "发布公示"
    EXTEND = "extend", "延长公示"
    OBJECT = "object", "异议"
    RESUME = "resume", "异议办结"
    TERMINATE = "terminate", "终止"
    CLOSE_NOTICE = "close_notice", "公示届满"
    HOLD = "hold", "存在未办结异议"
    SIGN = "sign", "签约"
    COMPLETE = "complete", "凭证齐备并抄送"
    REVISIT = "revisit", "回访"


_S, _E = NegotiationState, NegotiationEvent

NEGOTIATION = StateTable(
    name="negotiation",
    label="协议定价",
    states=NegotiationState,
    events=NegotiationEvent,
    transitions=(
        Transition(
            _S.INTENDED,
            _E.ANNOUNCE,
            by(Role.TRANSFER_OFFICE, Role.ENTERPRISE),
            _S.ANNOUNCED,
            guard="可选（AMB-16）",
            timer="NOTICE_PRE_TALKS",
            document="D-36n",
        ),
        Transition(
            _S.INTENDED,
            _E.START_TALKS,
            by(Role.TRANSFER_OFFICE),
            _S.NEGOTIATED,
            guard="未发布公告",
        ),
        Transition(
            _S.ANNOUNCED,
            _E.START_TALKS,
            by(Role.TRANSFER_OFFICE),
            _S.NEGOTIATED,
            guard="多方时按出价规则确定受让人（NG-03）",
            timer="NOTICE_PRE_TALKS",
        ),
        Transition(
            _S.NEGOTIATED,
            _E.AGREE,
            by(Role.TRANSFER_OFFICE),
            _S.AWAITING_NOTICE,
            guard="TR-01",
            document="谈判纪要",
        ),
        Transition(
            _S.AWAITING_NOTICE,
            _E.PUBLISH,
            by(Role.TRANSFER_OFFICE, Role.PLATFORM),
            _S.NOTICE_OPEN,
            guard="单位内部和平台；CC-06、OT-20、OT-21",
            timer="NOTICE_NEGOTIATED",
            document="D-37",
        ),
        Transition(
            _S.NOTICE_OPEN,
            _E.EXTEND,
            by(Role.PLATFORM),
            _S.NOTICE_OPEN,
            guard="OT-23",
            timer="EXT_MAX",
            document="D-42",
        ),
        Transition(
            _S.NOTICE_OPEN,
            _E.OBJECT,
            by(Role.SYSTEM),
            _S.NOTICE_DISPUTED,
            guard="§17.7；期限继续计算，不得签约",
            timer="OBJ_NEG_REPLY",
        ),
        Transition(
            _S.NOTICE_DISPUTED,
            _E.RESUME,
            by(Role.SYSTEM, Role.PLATFORM),
            _S.NOTICE_OPEN,
            guard="全部异议已办结",
            document="D-52",
        ),
        Transition(
            _S.NOTICE_DISPUTED,
            _E.TERMINATE,
            by(Role.SYSTEM, Role.PLATFORM),
            _S.TERMINATED,
            guard="依异议规则终止，或OT-40、OT-41",
            document="D-51、D-43",
        ),
        Transition(
            _S.AWAITING_OBJECTIONS,
            _E.TERMINATE,
            by(Role.SYSTEM, Role.PLATFORM),
            _S.TERMINATED,
            guard="依异议规则终止，或OT-40、OT-41",
            document="D-51、D-43",
        ),
        Transition(
            _S.NOTICE_OPEN,
            _E.TERMINATE,
            by(Role.PLATFORM),
            _S.TERMINATED,
            guard="OT-40、OT-41",
            document="D-43",
        ),
        Transition(
            _S.NOTICE_OPEN,
            _E.CLOSE_NOTICE,
            by(Role.SYSTEM),
            _S.NOTICE_CLOSED,
            guard="两处公示均届满",
            timer="NOTICE_NEGOTIATED",
            document="D-41",
        ),
        Transition(
            _S.NOTICE_DISPUTED,
            _E.CLOSE_NOTICE,
            by(Role.SYSTEM),
            _S.NOTICE_CLOSED,
            guard="两处公示均届满",
            timer="NOTICE_NEGOTIATED",
            document="D-41",
        ),
        Transition(
            _S.NOTICE_CLOSED,
            _E.HOLD,
            by(Role.SYSTEM),
            _S.AWAITING_OBJECTIONS,
            guard="存在未办结异议",
            timer="OBJ_NEG_REPLY",
        ),
        Transition(
            _S.AWAITING_OBJECTIONS,
            _E.RESUME,
            by(Role.SYSTEM, Role.PLATFORM),
            _S.NOTICE_CLOSED,
            guard="全部异议已办结",
            document="D-52",
        ),
        Transition(
            _S.NOTICE_CLOSED,
            _E.SIGN,
            by(Role.TRANSFER_OFFICE),
            _S.PERFORMED,
            guard="两处公示均届满，无未办结异议，CC-12",
            document="D-60",
        ),
        Transition(
            _S.PERFORMED,
            _E.COMPLETE,
            by(Role.TRANSFER_OFFICE),
            _S.COMPLETED,
            guard="OT-61，已抄送",
            timer="FILE_REMIND",
            document="D-55、D-63",
        ),
        Transition(
            _S.COMPLETED, _E.REVISIT, by(Role.BUREAU), _S.REVISITED, guard="NG-06"
        ),
    ),
)
