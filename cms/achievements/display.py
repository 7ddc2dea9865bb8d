"""Chinese texts of stored codes and sums."""

from collections.abc import Iterable
from decimal import Decimal

from cms.rules.labels import LabeledEnum
from notation.money import in_both


def labels_of(kind: type[LabeledEnum], values: Iterable[str]) -> str:
    """Return the labels of stored values, in the enum's order, joined by 、."""
    chosen = set(values)
    return "、".join(label for value, label in kind.choices() if value in chosen)


def describe_price(price: Decimal | None, note: str) -> str:
    """Return a sum such as `50万元` or `1,234.56元`, or 面议 with its note."""
    if price is None and note.startswith("面议"):
        return note
    if price is None:
        return f"面议（{note}）" if note else "面议"
    if price >= 10000 and price % 100 == 0:
        text = f"{(price / 10000).normalize():,f}万元"
    else:
        text = f"{price:,.2f}元"
    return f"{text}（{note}）" if note else text


def describe_price_in_full(price: Decimal | None, note: str) -> str:
    """Return the price as the detail page states it: figures and capitals."""
    if price is None:
        return describe_price(price, note)
    return in_both(price) + (f"；{note}" if note else "")
