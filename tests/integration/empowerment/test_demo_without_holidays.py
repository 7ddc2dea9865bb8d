"""The demo cases in a year whose holidays are not known yet (T-07)."""

import pytest

from cms.core import demo as core_demo
from cms.empowerment.demo import load_demo
from cms.empowerment.models import EmpowermentCase
from cms.parties import demo as parties_demo
from tests.factories.notices import at


@pytest.mark.parametrize(
    ("day", "unpublished"),
    [("2026-12-20 09:00", set()), ("2027-03-01 09:00", {"M2", "M4", "M5"})],
    ids=["known_holidays", "unknown_holidays"],
)
def test_notices_wait_for_the_holidays_of_their_year(db, day, unpublished):
    """The shipped calendar ends with 2026: what closes later is not opened (T-07)."""
    for demo in (core_demo, parties_demo):
        demo.load_demo(at(day))
    load_demo(at(day))

    waiting = EmpowermentCase.objects.filter(status="awaiting_notice")
    assert set(waiting.values_list("mode", flat=True)) == unpublished
