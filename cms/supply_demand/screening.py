"""Screening of what is to be public: texts, and what attachments say (E-SE-02)."""

from collections.abc import Iterable

from cms.core.attachments import check_public_file
from cms.core.models import PrivateFile
from cms.rules.personal_data import PersonalDataKind, check_public_text
from cms.rules.violations import RuleViolation

_ALL_KINDS = frozenset(PersonalDataKind)  # D-28: no phone in the public paper


def screen_texts(texts: Iterable[tuple[str, str]]) -> list[RuleViolation]:
    """Return an E-SE-02 for each (field, text) that holds personal data."""
    found: list[RuleViolation] = []
    for field, text in texts:
        try:
            check_public_text(text, field=field, kinds=_ALL_KINDS)
        except RuleViolation as violation:
            found.append(violation)
    return found


def screen_files(files: Iterable[tuple[str, PrivateFile]]) -> list[RuleViolation]:
    """Return an E-SE-02 or E-SE-03 for each (field, file) that may not be public."""
    found: list[RuleViolation] = []
    for field, file in files:
        try:
            check_public_file(file, field=field)
        except RuleViolation as violation:
            found.append(violation)
    return found
