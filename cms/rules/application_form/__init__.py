"""Application form (申请表, D-27): its versions; the newest one is for new drafts."""

from cms.rules.application_form.edition_2026_1 import EDITION_2026_1
from cms.rules.forms import FormDefinition
from cms.rules.violations import RuleViolation

FORMS: dict[str, FormDefinition] = {EDITION_2026_1.version: EDITION_2026_1}
CURRENT_VERSION = EDITION_2026_1.version


def get_form(version: str) -> FormDefinition:
    """Return the form of a version.

    Raises:
        RuleViolation: E-FM-12.
    """
    form = FORMS.get(version)
    if form is None:
        raise RuleViolation("E-FM-12", version=version)
    return form
