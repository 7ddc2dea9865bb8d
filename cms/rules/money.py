"""Amounts of money that people type, refused in the register's words (AS-03)."""

from decimal import Decimal

from cms.rules.violations import RuleViolation
from notation.money import find_wrong_sum, read_amount


def parse_amount(text: str, *, field: str = "") -> Decimal:
    """Return an amount in yuan with two places from text such as `1,234.50`.

    Raises:
        RuleViolation: E-AS-03, not an amount, negative, too large, or with a
            third decimal (it is refused, never rounded).
    """
    try:
        return read_amount(text)
    except ValueError:
        raise RuleViolation("E-AS-03", field=field, value=text) from None


def check_sums(text: str, *, field: str = "") -> None:
    """Refuse a text on a price that names a sum finer than a fen.

    Raises:
        RuleViolation: E-AS-03, a third decimal (never rounded), or too large.
    """
    if wrong := find_wrong_sum(text):
        raise RuleViolation("E-AS-03", field=field, value=wrong)
