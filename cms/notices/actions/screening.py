"""Personal data never reaches a notice (E-SE-02): text, values, attachments."""

from cms.core.file_text import read_text
from cms.notices.models import Notice
from cms.rules.notices import fields_of
from cms.rules.personal_data import find_personal_data
from cms.rules.violations import RuleViolation, RuleViolations


def refuse_personal_data(notice: Notice) -> None:
    """Refuse a notice in which personal data is found.

    Raises:
        RuleViolations: one E-SE-02 for each field or attachment with a find.
    """
    places = [("title", notice.title)]
    places += [
        (spec.name, notice.values.get(spec.name, "")) for spec in fields_of(notice.kind)
    ]
    for attachment in notice.attachments.select_related("file"):
        with attachment.file.file.open("rb") as content:
            places.append(("file", read_text(attachment.name, content.read())))
    refuse_hits(places)


def refuse_hits(places: list[tuple[str, str]]) -> None:
    """Refuse (field, text) pairs in which personal data is found.

    Raises:
        RuleViolations: one E-SE-02 for each pair with a find.
    """
    found = []
    for field, text in places:
        hits = find_personal_data(text)
        if hits:
            shown = "、".join(str(hit) for hit in hits)
            found.append(RuleViolation("E-SE-02", field=field, hit=shown))
    if found:
        raise RuleViolations(found)
