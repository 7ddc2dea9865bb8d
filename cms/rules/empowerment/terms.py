"""Terms: the use right of ten years, and patents that end before it (EM-01, EM-14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cms.rules.achievements import IpType
from cms.rules.counting import add_months, last_day_of_right
from cms.rules.periods import PERIODS
from cms.rules.violations import RuleViolation

# 专利法42: years from the filing day.
PATENT_YEARS = {IpType.INVENTION: 20, IpType.UTILITY_MODEL: 10, IpType.DESIGN: 15}


@dataclass(frozen=True, slots=True)
class PatentTerm:
    """A patent and its last valid day."""

    number: str
    last_day: date


def last_valid_day(kind: IpType, filed_on: date) -> date | None:
    """Return a patent's last valid day, None for what is no granted patent.

    It is the day before the anniversary of the filing day, without any roll.
    """
    years = PATENT_YEARS.get(kind)
    if years is None:
        return None
    return add_months(filed_on, 12 * years) - timedelta(days=1)


def earliest_end(starts_on: date, edition: str) -> date:
    """Return the earliest lawful last day of a long-term use right (EM-01)."""
    years = PERIODS.get("LONG_USE_MIN", edition).amount
    return last_day_of_right(starts_on, years)


def check_use_right(starts_on: date, ends_on: date, edition: str) -> None:
    """Refuse a use right of less than ten years (主方案一(一)2).

    Raises:
        RuleViolation: E-EM-03 with the earliest last day.
    """
    earliest = earliest_end(starts_on, edition)
    if ends_on < earliest:
        raise RuleViolation(
            "E-EM-03", field="empowerment.ends_on", d=earliest.isoformat()
        )


def warn_expiries(ends_on: date, patents: Iterable[PatentTerm]) -> list[RuleViolation]:
    """Return W-EM-10 for each patent that ends before the term; none is raised."""
    return [
        RuleViolation(
            "W-EM-10",
            field="ip_items",
            patent=patent.number,
            date=patent.last_day.isoformat(),
        )
        for patent in patents
        if patent.last_day < ends_on
    ]


def recordal_end(ends_on: date, patents: Iterable[PatentTerm]) -> date:
    """Return the end to put on record: never past the first patent's end (PS-03)."""
    return min([ends_on, *(patent.last_day for patent in patents)])


def check_recordal_end(ends_on: date, patents: Iterable[PatentTerm]) -> None:
    """Refuse to put on record an end past a patent's last valid day (PS-03).

    Raises:
        RuleViolation: E-PS-01 with the last lawful day.
    """
    latest = recordal_end(ends_on, patents)
    if ends_on > latest:
        raise RuleViolation("E-PS-01", field="license.ends_on", date=latest.isoformat())
