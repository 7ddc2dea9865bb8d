"""A row of the table of intellectual property: number by kind, dates in order."""

from typing import Any

from assembly.fields.identifiers import read_patent_number
from assembly.fields.refusal import Refusal
from assembly.filters import printed

PATENTS = frozenset({"invention", "utility_model", "design", "patent_application"})
_WITHOUT_NUMBER = "know_how"
# Each date is not later than the next ones that are filled.
_ORDER = (
    ("filed_on", "申请日", ("announced_on", "granted_on", "expires_on")),
    ("announced_on", "授权公告日", ("expires_on",)),
    ("granted_on", "授权日", ("expires_on",)),
)
_NAMES = {"announced_on": "授权公告日", "granted_on": "授权日", "expires_on": "届满日"}


def check_ip_item(row: dict[str, Any]) -> None:
    """Check a bound row; a patent's number is put into its usual form.

    Raises:
        Refusal: E-ID-03, E-ID-04 the number, E-AS-56 none, E-AS-57 the dates.
    """
    kind, number = row.get("kind"), row.get("number")
    if kind is not None and "number" in row:
        if number is None and kind != _WITHOUT_NUMBER:
            raise Refusal("E-AS-56", kind=printed(kind))
        if number is not None and kind in PATENTS:
            row["number"] = read_patent_number(number)
    for name, label, followers in _ORDER:
        day = row.get(name)
        for other in followers if day is not None else ():
            if row.get(other) is not None and row[other] < day:
                raise Refusal("E-AS-57", first=label, second=_NAMES[other])
