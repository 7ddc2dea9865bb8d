"""Rights of an achievement as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cms.rules.achievements import IpItem
from cms.rules.catalog_entry import is_in_force


@dataclass(frozen=True, slots=True)
class IpRow:
    """One right as the public reads it."""

    kind: str
    name: str
    number: str
    holder: str
    dates: str
    status: str
    is_in_force: bool
    is_encumbered: bool


def ip_rows(items: Iterable[IpItem], today: date) -> list[IpRow]:
    """Return the rights with their validity on a day."""
    return [
        IpRow(
            kind=item.kind.label,
            name=item.name,
            number=item.number,
            holder=item.holder,
            dates="，".join(
                f"{label} {day:%Y-%m-%d}"
                for label, day in (
                    ("申请", item.filed_on),
                    ("授权", item.granted_on),
                    ("届满", item.expires_on),
                )
                if day
            ),
            status=item.legal_status,
            is_in_force=is_in_force(item, today),
            is_encumbered=item.is_encumbered,
        )
        for item in items
    ]
