"""Numbers have no gap and no double, also with many writers at once."""

from functools import partial

import pytest
from django.db import transaction

from cms.core import evidence
from cms.core.actors import SYSTEM
from cms.core.models import EvidenceEntry
from cms.core.numbering import next_number
from tests import processes
from tests.factories.evidence import AT


@pytest.mark.django_db
def test_numbers_run_for_each_prefix_and_year() -> None:
    with transaction.atomic():
        given = [
            next_number(*key)
            for key in [("GS", 2026), ("GS", 2026), ("SQ", 2026), ("GS", 2027)]
        ]

    assert given == ["GS-2026-0001", "GS-2026-0002", "SQ-2026-0001", "GS-2027-0001"]


@pytest.mark.django_db
def test_number_of_a_rolled_back_act_is_given_again() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert next_number("GS", 2026) == "GS-2026-0001"
        raise ZeroDivisionError

    with transaction.atomic():
        assert next_number("GS", 2026) == "GS-2026-0001"


@pytest.mark.django_db(transaction=True)
def test_number_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"inside transaction\.atomic"):
        next_number("GS", 2026)


def number_acts(writer: int) -> None:
    for turn in range(20):
        try:
            with transaction.atomic():
                number = next_number("GS", 2026)
                evidence.record("test.numbered", number, {}, by=SYSTEM, at=AT)
                if turn % 4 == writer % 4:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            continue


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_no_gap() -> None:
    ended = processes.run_all([partial(number_acts, writer) for writer in range(8)])

    assert ended == [processes.Ended(0, None)] * 8
    given = list(
        EvidenceEntry.objects.filter(kind="test.numbered").values_list(
            "subject", flat=True
        )
    )
    assert given == [f"GS-2026-{number:04d}" for number in range(1, 121)]
