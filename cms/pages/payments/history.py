"""What happened to a payment, from the evidence log, in words."""

from cms.core.evidence.history import HistoryLine, list_lines
from cms.payments.models import Payment
from cms.rules.supply_demand.payment_states import PaymentEvent

_TITLES = {
    **{f"payment.{event.value}": event.label for event in PaymentEvent},
    "payment.reminded": "付款提醒",
    "payment.paper": "生成付款文书",
}


def list_history(payment: Payment) -> list[HistoryLine]:
    """Return the newest lines of a row's record, oldest first (1 query)."""
    return list_lines(payment, _TITLES, _text)


def _text(kind: str, payload: dict[str, object]) -> str:
    """Return the details of a line; the log holds no personal data."""
    parts = []
    if day := payload.get("happened_on"):
        parts.append(f"条件成就之日{day}")
    if day := payload.get("paid_on"):
        parts.append(f"付款日期{day}")
    if amount := payload.get("amount"):
        parts.append(f"{amount}元")
    if day := payload.get("due_on"):
        parts.append(f"应付日{day}")
    if number := payload.get("number"):
        parts.append(f"文号{number}")
    if reason := payload.get("reason"):
        parts.append(f"理由：{reason}")
    return "；".join(parts)
