"""The payments of a case as its own page shows them."""

from datetime import datetime

from django.db import models

from cms.core.actors import Actor
from cms.core.subjects import subject_of
from cms.pages.payments.texts import PaymentRow, row_of
from cms.payments.queries import list_payments


def payments_section(
    case: models.Model, actor: Actor, at: datetime
) -> list[PaymentRow]:
    """Return the rows of a case that its reader may see (1 query)."""
    rows = list_payments(actor).filter(contract=subject_of(case)).order_by("position")
    return [row_of(row, at) for row in rows]
