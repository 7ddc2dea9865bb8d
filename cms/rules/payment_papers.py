"""Papers of a payment (D-33): which there are, and when each may be made."""

from cms.rules.labels import LabeledEnum
from cms.rules.supply_demand.payment_states import PaymentState
from cms.rules.violations import RuleViolation


class PaymentPaperKind(LabeledEnum):
    """The three papers of D-33, by the number of their template."""

    CONFIRMATION = "D-33", "付费触发确认书"
    NOTICE = "D-33b", "付款通知书"
    DEMAND = "D-33c", "逾期付款催告函"


_S = PaymentState
_STATES = {
    PaymentPaperKind.CONFIRMATION: (_S.TRIGGERED, _S.PAYABLE, _S.PART_PAID, _S.OVERDUE),
    PaymentPaperKind.NOTICE: (_S.PAYABLE, _S.PART_PAID, _S.OVERDUE),
    PaymentPaperKind.DEMAND: (_S.OVERDUE,),
}


def papers_for(status: str, *, is_by_date: bool) -> list[PaymentPaperKind]:
    """Return the papers that may be made of a row in a state.

    A row with an agreed day has no event that could be confirmed.
    """
    return [
        kind
        for kind, states in _STATES.items()
        if status in states
        and not (is_by_date and kind is PaymentPaperKind.CONFIRMATION)
    ]


def check_paper(
    kind: PaymentPaperKind, status: str, label: str, *, is_by_date: bool
) -> None:
    """Refuse a paper that the row's state does not call for (E-PM-11)."""
    if kind not in papers_for(status, is_by_date=is_by_date):
        raise RuleViolation("E-PM-11", field="kind", doc=kind.label, state=label)
