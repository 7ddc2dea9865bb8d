"""Every act on payments."""

from cms.payments.actions.paying import record_payment, waive_payment
from cms.payments.actions.plans import PlannedPayment, plan_payments
from cms.payments.actions.triggers import (
    confirm_trigger,
    fall_overdue,
    trigger_by_date,
    trigger_payment,
)

__all__ = [
    "PlannedPayment",
    "confirm_trigger",
    "fall_overdue",
    "plan_payments",
    "record_payment",
    "trigger_by_date",
    "trigger_payment",
    "waive_payment",
]
