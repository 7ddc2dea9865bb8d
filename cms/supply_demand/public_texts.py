"""Screening of the free texts that the public, or the other side, will read."""

from cms.rules.personal_data import PersonalDataKind, check_public_text
from cms.rules.supply_demand.demand_form import PUBLIC_TEXTS, DemandFacts
from cms.rules.violations import RuleViolation

# A contact in the open text would go around the release of FP-08.
ALL_KINDS = frozenset(PersonalDataKind)


def screen_public_texts(facts: DemandFacts) -> list[RuleViolation]:
    """Return E-SE-02 for each text with personal data that the public would read."""
    return screen({name: getattr(facts, name) for name in PUBLIC_TEXTS})


def screen(texts: dict[str, str]) -> list[RuleViolation]:
    """Return E-SE-02 for each of the texts, named by field, with personal data."""
    found = []
    for name, text in texts.items():
        try:
            check_public_text(text, field=name, kinds=ALL_KINDS)
        except RuleViolation as refused:
            found.append(refused)
    return found
