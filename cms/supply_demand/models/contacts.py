"""Contacts of parties: kept as one sealed text, opened by those entitled."""

import json
from dataclasses import asdict

from cms.rules.supply_demand.matching import ContactFacts


def seal_contact(contact: ContactFacts) -> str:
    """Return the text to keep; the column that takes it is encrypted."""
    return json.dumps(asdict(contact), ensure_ascii=False, sort_keys=True)


def open_contact(text: str) -> ContactFacts:
    """Return the contact behind a kept text; an empty one has empty fields."""
    values = json.loads(text or "{}")
    return ContactFacts(
        name=values.get("name", ""),
        phone=values.get("phone", ""),
        email=values.get("email", ""),
    )
