"""Amounts on pages."""

from decimal import Decimal

import pytest

from cms.pages.templatetags.amounts import as_read, grouped


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("3200000"), "3,200,000.00"),
        (Decimal("0.5"), "0.50"),
        (Decimal("999.99"), "999.99"),
        (None, ""),
    ],
)
def test_amount_is_grouped_by_thousands(amount: Decimal | None, text: str) -> None:
    assert grouped(amount) == text


@pytest.mark.parametrize(
    ("answer", "text"),
    [("260000.00", "260,000.00"), ("2026-11-05", "2026-11-05"), ("12.5", "12.5")],
)
def test_stored_amount_is_grouped_and_nothing_else(answer: str, text: str) -> None:
    assert as_read(answer) == text
