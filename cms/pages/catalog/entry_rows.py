"""An entry's fields as rows: for its unit and for the desk."""

from datetime import date

from cms.achievements.actions.entries import CONTENT_FIELDS
from cms.achievements.display import describe_price, labels_of
from cms.achievements.facts import item_from_json
from cms.achievements.models import Achievement, AchievementPage
from cms.pages.catalog.detail_rows import IpRow, ip_rows
from cms.pages.catalog.entry_forms import (
    FIELD_LABELS,
    PRIVATE_SECTIONS,
    PUBLIC_SECTIONS,
)
from cms.rules.achievements import AcceptedParty, TransferMode
from cms.rules.vocabularies import (
    DISCIPLINES,
    DISTRICTS,
    INDUSTRIES,
    TECHNOLOGY_FIELDS,
    TRL,
)

Rows = list[dict[str, str]]
_CODED = {
    "district": DISTRICTS,
    "industry": INDUSTRIES,
    "technology_field": TECHNOLOGY_FIELDS,
    "discipline": DISCIPLINES,
}


def value_of(entry: Achievement, name: str) -> str:
    """Return one field as a reader wants it."""
    value = getattr(entry, name)
    if name in _CODED:
        return _CODED[name].path(value) if value else ""
    if name == "trl":
        return TRL.label(str(value)) if value else ""
    if name == "transfer_modes":
        return labels_of(TransferMode, value)
    if name == "accepted_parties":
        return labels_of(AcceptedParty, value)
    if name == "reference_price":
        return describe_price(value, "") if value is not None else "面议"
    display = getattr(entry, f"get_{name}_display", None)
    return str(display() if display else value or "")


def entry_sections(
    entry: Achievement, *, with_private: bool = True
) -> list[tuple[str, Rows]]:
    """Return the sections of the form with the stored values."""
    sections = PUBLIC_SECTIONS + (PRIVATE_SECTIONS if with_private else ())
    return [
        (
            title,
            [
                {
                    "name": name,
                    "label": FIELD_LABELS[name].replace("（选填）", ""),
                    "value": value_of(entry, name),
                }
                for name in names
            ],
        )
        for title, names in sections
    ]


def entry_ip_rows(entry: Achievement, today: date) -> list[IpRow]:
    """Return the rights of an entry."""
    return ip_rows([item_from_json(item) for item in entry.ip_items], today)


def public_values(page: AchievementPage) -> dict[str, str]:
    """Return the public text by field, to show beside a revision."""
    old = Achievement(
        name=page.title,
        **{name: getattr(page, name) for name in CONTENT_FIELDS},
    )
    return {name: value_of(old, name) for _, names in PUBLIC_SECTIONS for name in names}
