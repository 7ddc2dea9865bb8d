"""Personal data never reaches a notice (E-SE-02): text, values, attachments."""

from collections.abc import Callable
from functools import partial

from cms.core.attachments import check_public_file
from cms.notices.models import Notice
from cms.rules.notices import fields_of
from cms.rules.personal_data import check_public_text
from cms.rules.violations import RuleViolation, RuleViolations


def refuse_personal_data(notice: Notice) -> None:
    """Refuse a notice in which personal data is found.

    Reads each attachment in a process of its own, so call it before a
    transaction and not inside one.

    Raises:
        RuleViolations: one E-SE-02 or E-SE-03 for each field or attachment at
            fault.
    """
    places = [("title", notice.title)]
    places += [
        (spec.name, notice.values.get(spec.name, "")) for spec in fields_of(notice.kind)
    ]
    found = _hits(places)
    for attachment in notice.attachments.select_related("file"):
        found += _refused(partial(check_public_file, attachment.file, field="file"))
    if found:
        raise RuleViolations(found)


def refuse_hits(places: list[tuple[str, str]]) -> None:
    """Refuse (field, text) pairs in which personal data is found.

    Raises:
        RuleViolations: one E-SE-02 for each pair with a find.
    """
    found = _hits(places)
    if found:
        raise RuleViolations(found)


def _hits(places: list[tuple[str, str]]) -> list[RuleViolation]:
    found = []
    for field, text in places:
        found += _refused(partial(check_public_text, text, field=field))
    return found


def _refused(check: Callable[[], None]) -> list[RuleViolation]:
    try:
        check()
    except RuleViolation as refused:
        return [refused]
    return []
