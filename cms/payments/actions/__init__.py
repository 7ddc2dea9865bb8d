"""Every act on payments."""

from cms.payments.actions.paying import (
    Receipt,
    correct_payment,
    lapse_payments,
    record_payment,
    waive_payment,
)
from cms.payments.actions.plans import PlannedPayment, plan_payments
from cms.payments.actions.statements import close_source, report_period
from cms.payments.actions.timers import (
    fall_overdue,
    remind_of_payment,
    trigger_by_date,
)
from cms.payments.actions.triggers import (
    Fact,
    confirm_trigger,
    return_trigger,
    trigger_payment,
)

__all__ = [
    "Fact",
    "PlannedPayment",
    "Receipt",
    "close_source",
    "confirm_trigger",
    "correct_payment",
    "fall_overdue",
    "lapse_payments",
    "plan_payments",
    "record_payment",
    "remind_of_payment",
    "report_period",
    "return_trigger",
    "trigger_by_date",
    "trigger_payment",
    "waive_payment",
]
