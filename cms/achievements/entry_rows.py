"""An entry for its unit and for the desk: fields as rows, and its problems."""

from datetime import date

from cms.achievements.actions.entries import CONTENT_FIELDS, check_entry
from cms.achievements.display import describe_price, labels_of
from cms.achievements.facts import item_from_json
from cms.achievements.ip_rows import IpRow, ip_rows
from cms.achievements.models import Achievement, AchievementPage
from cms.core.refusals import violations_of
from cms.rules.achievements import AcceptedParty, TransferMode
from cms.rules.violations import RuleViolation, RuleViolations
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

PUBLIC_SECTIONS = (
    (
        "基本信息",
        (
            "name",
            "ledger_number",
            "form",
            "attribute",
            "district",
            "industry",
            "technology_field",
            "discipline",
            "trl",
            "stage",
            "representative",
        ),
    ),
    ("成果介绍", ("abstract", "scenario", "advantage", "audience")),
    (
        "交易信息",
        (
            "transfer_modes",
            "pricing_method",
            "reference_price",
            "price_note",
            "payment_form",
            "accepted_parties",
            "requirements",
        ),
    ),
)
PRIVATE_SECTIONS = (
    ("联系人（不公开）", ("contact_name", "contact_phone", "contact_email")),
    ("内部信息（不公开）", ("project_source", "project_number", "internal_note")),
)
SECTIONS = PUBLIC_SECTIONS + PRIVATE_SECTIONS


def label_of(name: str) -> str:
    """Return the label of one field of an entry."""
    return str(Achievement._meta.get_field(name).verbose_name)


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
                    "label": label_of(name),
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


def find_problems(entry: Achievement) -> list[RuleViolation]:
    """Return what keeps an entry from being handed in."""
    try:
        check_entry(entry)
    except (RuleViolation, RuleViolations) as refusal:
        return violations_of(refusal)
    return []
