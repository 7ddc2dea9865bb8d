"""Amounts as people read them: 3,200,000.00."""

import re
from decimal import Decimal

from django import template

register = template.Library()
_AMOUNT = re.compile(r"[0-9]+\.[0-9]{2}")


@register.filter
def grouped(value: Decimal | None) -> str:
    """Return an amount with its thousands apart and two places; empty for None.

    Django's own grouping follows the language, where Chinese has groups of four.
    """
    return "" if value is None else f"{value:,.2f}"


@register.filter
def as_read(value: str) -> str:
    """Return a stored answer; one that is written like an amount is grouped."""
    return grouped(Decimal(value)) if _AMOUNT.fullmatch(str(value)) else str(value)
