"""State table of a use-first, pay-later agreement, from the match on (§17.9)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by

_UNIT = by(Role.TRANSFER_OFFICE)
_SYSTEM = by(Role.SYSTEM)


class AgreementState(LabeledEnum):
    """States of an agreement, from the match to its end."""

    MATCHED = "matched", "对接中"
    AWAITING_NOTICE = "awaiting_notice", "待公示"
    NOTICE_OPEN = "notice_open", "公示中"
    NOTICE_CLOSED = "notice_closed", "公示届满"
    SIGNED = "signed", "已签约"
    PERFORMED = "performed", "履行中"
    COMPLETED = "completed", "已完成"
    RESCINDED = "rescinded", "已解除"
    EXPIRED = "expired", "已到期"


class AgreementEvent(LabeledEnum):
    """What may happen to an agreement."""

    DRAW_UP = "draw_up", "合同拟定"
    PUBLISH = "publish", "发布公示"
    CLOSE_NOTICE = "close_notice", "公示届满"
    SIGN = "sign", "签订并上传"
    TAKE_EFFECT = "take_effect", "生效日到"
    COMPLETE = "complete", "款项全部已付或免除"
    RESCIND = "rescind", "解除"
    EXPIRE = "expire", "期满"


_A, _AE = AgreementState, AgreementEvent

AGREEMENT = StateTable(
    name="agreement",
    label="先使用后付费合同",
    states=AgreementState,
    events=AgreementEvent,
    transitions=(
        Transition(_A.MATCHED, _AE.DRAW_UP, _UNIT, _A.AWAITING_NOTICE),
        Transition(
            _A.AWAITING_NOTICE,
            _AE.PUBLISH,
            _UNIT,
            _A.NOTICE_OPEN,
            timer="NOTICE_NEGOTIATED",
            document="D-37",
        ),
        Transition(
            _A.NOTICE_OPEN,
            _AE.CLOSE_NOTICE,
            _SYSTEM,
            _A.NOTICE_CLOSED,
            guard="无未办结异议",
            timer="NOTICE_NEGOTIATED",
        ),
        Transition(
            _A.NOTICE_CLOSED,
            _AE.SIGN,
            _UNIT,
            _A.SIGNED,
            guard="AS-09",
            document="D-31、D-32",
        ),
        Transition(
            _A.SIGNED,
            _AE.TAKE_EFFECT,
            _SYSTEM,
            _A.PERFORMED,
            timer="PS-01、PS-03、PS-05",
            document="D-61、D-62b、D-63",
        ),
        Transition(
            _A.PERFORMED,
            _AE.COMPLETE,
            by(Role.SYSTEM, Role.TRANSFER_OFFICE),
            _A.COMPLETED,
            guard="付款各期均已付或免除",
        ),
        Transition(_A.PERFORMED, _AE.RESCIND, _UNIT, _A.RESCINDED),
        Transition(_A.PERFORMED, _AE.EXPIRE, _SYSTEM, _A.EXPIRED, timer="合同终止日"),
    ),
)
