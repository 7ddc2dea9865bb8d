"""What the rules need of a case's answers; names as in `variables.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the team: what falls to whom, in percent."""

    name: str
    revenue_share: Decimal
    ownership_share: Decimal


def members_of(answers: Mapping[str, Any]) -> tuple[Member, ...]:
    """Return the members of the team as answered."""
    rows = find(answers, "team.members") or []
    return tuple(
        Member(
            name=str(row.get("name") or ""),
            revenue_share=as_decimal(row.get("revenue_share")) or Decimal(0),
            ownership_share=as_decimal(row.get("ownership_share")) or Decimal(0),
        )
        for row in rows
        if isinstance(row, Mapping)
    )


def find(answers: Mapping[str, Any], path: str) -> Any:
    """Return the answer under a dotted name, None where there is none."""
    value: Any = answers
    for name in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def as_decimal(value: object) -> Decimal | None:
    """Return an exact number, None for what is none."""
    if value in (None, "") or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def as_date(value: object) -> date | None:
    """Return a day from its ISO text, None for what is none."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def as_text(value: object) -> str:
    """Return a text, empty for nothing."""
    return "" if value is None else str(value)
