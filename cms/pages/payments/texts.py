"""Words of the room: colour of a state, the days as people read them."""

from dataclasses import dataclass
from datetime import date, datetime

from cms.payments.models import Payment
from cms.rules.shanghai_time import to_shanghai
from cms.rules.supply_demand.payment_states import PAYABLE_STATES, PaymentState

_TONES = {
    PaymentState.TRIGGERED: "warn",
    PaymentState.PAYABLE: "warn",
    PaymentState.PART_PAID: "warn",
    PaymentState.OVERDUE: "stop",
    PaymentState.PAID: "ok",
    PaymentState.CLOSED: "ok",
}


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One row as lists and case pages show it."""

    payment: Payment
    tone: str
    days: str


def tone_of(payment: Payment) -> str:
    """Return the colour of a row's state."""
    return _TONES.get(PaymentState(payment.status), "")


def row_of(payment: Payment, at: datetime) -> PaymentRow:
    """Return how a row is shown."""
    return PaymentRow(payment, tone_of(payment), days_of(payment, at))


def days_of(payment: Payment, at: datetime) -> str:
    """Return until when a row is to be paid, or what it waits for, in words."""
    today = to_shanghai(at).date()
    if payment.status in PAYABLE_STATES:
        return _until(payment, today)
    if payment.status == PaymentState.TRIGGERED:
        return f"{payment.happened_on}条件成就，待单位确认"
    if payment.status == PaymentState.UNTRIGGERED:
        return _waiting(payment, today)
    return ""


def is_past_long_stop(payment: Payment, at: datetime) -> bool:
    """Whether the long-stop date is over and nothing has triggered the row."""
    is_waiting = payment.status in (PaymentState.UNTRIGGERED, PaymentState.TRIGGERED)
    latest = payment.latest_on
    return is_waiting and latest is not None and latest < to_shanghai(at).date()


def _until(payment: Payment, today: date) -> str:
    day = payment.due_on or payment.latest_on
    if day is None:
        return "合同没有约定付款期限"
    note = "（暂定，节假日安排公布后可能顺延）" if payment.is_provisional else ""
    left = (day - today).days
    if left < 0:
        return f"应于{day}前付清，已逾期{-left}日"
    return f"应于{day}前付清{note}，" + (f"还有{left}日" if left else "今日到期")


def _waiting(payment: Payment, today: date) -> str:
    if payment.is_source:
        return f"逐期结算：{payment.condition}"
    if payment.trigger == "date" and payment.due_on is not None:
        left = (payment.due_on - today).days
        return f"约定{payment.due_on}付，还有{left}日"
    latest = payment.latest_on
    days = f"，条件成就后{payment.due_days}日内付" if payment.due_days else ""
    stop = f"，最迟{latest}" if latest else ""
    passed = "（最迟付款日已过）" if latest and latest < today else ""
    return f"等待条件：{payment.condition}{days}{stop}{passed}"
