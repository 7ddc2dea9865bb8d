"""State table of one payment row of an agreement (PS-07)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by

_UNIT = by(Role.TRANSFER_OFFICE)
_SYSTEM = by(Role.SYSTEM)


class PaymentState(LabeledEnum):
    """States of one payment row (PS-07)."""

    UNTRIGGERED = "untriggered", "未触发"
    TRIGGERED = "triggered", "已触发"
    PAYABLE = "payable", "待付"
    PART_PAID = "part_paid", "部分已付"
    PAID = "paid", "已付"
    OVERDUE = "overdue", "逾期"
    WAIVED = "waived", "免除"


class PaymentEvent(LabeledEnum):
    """What may happen to a payment row."""

    TRIGGER = "trigger", "触发"
    CONFIRM = "confirm", "确认触发"
    PAY_PART = "pay_part", "部分付款"
    PAY = "pay", "付清"
    FALL_OVERDUE = "fall_overdue", "到期未付"
    WAIVE = "waive", "免除"


_P, _PE = PaymentState, PaymentEvent


def _payment_rows() -> tuple[Transition, ...]:
    """Return the rows: unpaid states may be paid, waived or fall overdue."""
    rows = [
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
    ]
    for state in (_P.PAYABLE, _P.PART_PAID, _P.OVERDUE):
        rows += [
            Transition(state, _PE.PAY_PART, _UNIT, _P.PART_PAID, guard="上传凭证"),
            Transition(state, _PE.PAY, _UNIT, _P.PAID, guard="上传凭证"),
        ]
    for state in (_P.PAYABLE, _P.PART_PAID):
        rows.append(
            Transition(state, _PE.FALL_OVERDUE, _SYSTEM, _P.OVERDUE, timer="付款期限")
        )
    for state in (_P.UNTRIGGERED, _P.TRIGGERED, _P.PAYABLE, _P.PART_PAID, _P.OVERDUE):
        rows.append(
            Transition(
                state,
                _PE.WAIVE,
                by(Role.APPROVER),
                _P.WAIVED,
                guard="须有理由",
                four_eyes=True,
            )
        )
    return tuple(rows)


PAYMENT = StateTable(
    name="payment",
    label="付款",
    states=PaymentState,
    events=PaymentEvent,
    transitions=_payment_rows(),
)
