"""State table of one payment row of an agreement (PS-07)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by

_UNIT = by(Role.TRANSFER_OFFICE)
_CASHIERS = by(Role.TRANSFER_OFFICE, Role.FINANCE)
_SYSTEM = by(Role.SYSTEM)


class PaymentState(LabeledEnum):
    """States of one payment row (PS-07); the last two belong to its ends."""

    UNTRIGGERED = "untriggered", "未触发"
    TRIGGERED = "triggered", "已触发"
    PAYABLE = "payable", "待付"
    PART_PAID = "part_paid", "部分已付"
    PAID = "paid", "已付"
    OVERDUE = "overdue", "逾期"
    WAIVED = "waived", "免除"
    CLOSED = "closed", "结算完毕"
    LAPSED = "lapsed", "合同解除，不再支付"


class PaymentEvent(LabeledEnum):
    """What may happen to a payment row."""

    TRIGGER = "trigger", "触发"
    CONFIRM = "confirm", "确认触发"
    RETURN = "return", "退回触发"
    PAY_PART = "pay_part", "部分付款"
    PAY = "pay", "付清"
    CORRECT = "correct", "更正付款"
    FALL_OVERDUE = "fall_overdue", "到期未付"
    WAIVE = "waive", "免除"
    CLOSE = "close", "结算完毕"
    LAPSE = "lapse", "合同解除"


OPEN_STATES = (
    PaymentState.UNTRIGGERED,
    PaymentState.TRIGGERED,
    PaymentState.PAYABLE,
    PaymentState.PART_PAID,
    PaymentState.OVERDUE,
)
"""States in which something is still to be paid or may come to be."""

PAYABLE_STATES = (
    PaymentState.PAYABLE,
    PaymentState.PART_PAID,
    PaymentState.OVERDUE,
)
"""States in which money is owed."""

_P, _PE = PaymentState, PaymentEvent


def _triggering() -> list[Transition]:
    """Return the way from the agreed event to the money owed, and back."""
    return [
        Transition(
            _P.UNTRIGGERED,
            _PE.TRIGGER,
            by(Role.TRANSFER_OFFICE, Role.ENTERPRISE, Role.SYSTEM),
            _P.TRIGGERED,
            guard="事件附证据；日期由系统触发",
        ),
        Transition(
            _P.TRIGGERED,
            _PE.CONFIRM,
            by(Role.TRANSFER_OFFICE, Role.SYSTEM),
            _P.PAYABLE,
            guard="双方或试点单位确认",
            timer="付款期限",
            document="D-33",
        ),
        Transition(_P.TRIGGERED, _PE.RETURN, _UNIT, _P.UNTRIGGERED, guard="须有理由"),
    ]


def _paying() -> list[Transition]:
    """Return the rows of the money: paid in part or whole, corrected, overdue."""
    rows = []
    for state in PAYABLE_STATES:
        rows += [
            Transition(state, _PE.PAY_PART, _CASHIERS, _P.PART_PAID, guard="上传凭证"),
            Transition(state, _PE.PAY, _CASHIERS, _P.PAID, guard="上传凭证"),
        ]
    rows += [
        Transition(
            state,
            _PE.CORRECT,
            _CASHIERS,
            _P.PAYABLE,
            guard="须有理由；全部款项结清以前",
            timer="付款期限",
        )
        for state in (*PAYABLE_STATES, _P.PAID)
    ]
    rows += [
        Transition(state, _PE.FALL_OVERDUE, _SYSTEM, _P.OVERDUE, timer="付款期限")
        for state in (_P.PAYABLE, _P.PART_PAID)
    ]
    return rows


def _endings() -> list[Transition]:
    """Return the ends without payment: waived, settled for good, rescinded."""
    waivers = [
        Transition(
            state,
            _PE.WAIVE,
            by(Role.APPROVER),
            _P.WAIVED,
            guard="须有理由",
            four_eyes=True,
        )
        for state in OPEN_STATES
    ]
    return [
        *waivers,
        Transition(
            _P.UNTRIGGERED,
            _PE.CLOSE,
            _UNIT,
            _P.CLOSED,
            guard="按收入逐期结算的款项，各期均已结清；须有理由",
        ),
        Transition(
            _P.UNTRIGGERED,
            _PE.LAPSE,
            _SYSTEM,
            _P.LAPSED,
            guard="案件（合同）已解除，款项不按收入逐期结算",
        ),
    ]


PAYMENT = StateTable(
    name="payment",
    label="付款",
    states=PaymentState,
    events=PaymentEvent,
    transitions=(*_triggering(), *_paying(), *_endings()),
)
