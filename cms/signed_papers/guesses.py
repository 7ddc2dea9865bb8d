"""Which variable a found change concerns, and the value it has now: a first guess."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from cms.case_documents.new_values import PaperVariable
from cms.empowerment.facts import as_decimal

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_NUMBERS = ("money", "percent", "integer")


def guess_values(
    variables: Iterable[PaperVariable],
    changes: Iterable[Mapping[str, Any]],
    assembled: str,
    signed: str,
) -> dict[str, str]:
    """Return path → new value where a change plainly exchanges a variable's value.

    Numbers are told by the change itself; days by the sequence of all days in the
    two texts, since a change may name but the day of the month.
    """
    numbers = _exchanged_numbers(changes)
    words = {one["before"]: one["after"] for one in changes if one["before"]}
    days = _exchanged_days(assembled, signed)
    found = {}
    for one in variables:
        if one.type in _NUMBERS:
            new = numbers.get(str(as_decimal(one.value)))
        elif one.type == "date":
            new = days.get(one.value)
        else:
            new = words.get(one.printed) if len(one.printed) > 1 else None
        if new:
            found[one.path] = new
    return found


def _exchanged_numbers(changes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    found = {}
    for one in changes:
        before, after = (as_decimal(one[side].rstrip("%")) for side in _SIDES)
        if before is not None and after is not None:
            found[str(before)] = format(after, "f")
    return found


_SIDES = ("before", "after")


def _exchanged_days(assembled: str, signed: str) -> dict[str, str]:
    old, new = _days(assembled), _days(signed)
    found: dict[str, str] = {}
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag == "replace" and j - i == n - k:
            found.update(zip(old[i:j], new[k:n], strict=True))
    return found


def _days(text: str) -> Sequence[str]:
    """Return the days of a text in ISO form; blanks between the parts do not count."""
    found = []
    for parts in _DATE.findall(re.sub(r"\s", "", text)):
        try:
            found.append(date(*map(int, parts)).isoformat())
        except ValueError:  # what a misread or hostile text may hold
            continue
    return found
