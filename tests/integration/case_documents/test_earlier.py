"""Parties of a new case filled from the unit's earlier cases."""

import pytest

from cms.case_documents.earlier import filled_from_earlier
from cms.core import answers as sheets
from cms.supply_demand.models import Agreement
from tests.conftest import Cast
from tests.factories.agreements import make_match
from tests.factories.case_documents import full_answers, make_full_case
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")


@pytest.fixture
def case(templates, actors: Cast):
    return make_full_case(actors, when=WHEN)


def test_gaps_of_the_same_party_are_filled_from_earlier_cases(case, actors, client_as):
    office = client_as(actors.people["tto"])
    version = sheets.get_sheet(case).version
    office.post(f"/my/papers/grant/{case.pk}/refresh/", {"version": version})
    earlier = sheets.answers_of(case)["unit"]
    match = make_match(actors, when=WHEN)

    office.post(f"/my/agreements/new/{match.pk}/", {"kind": "D-31"})

    unit = sheets.answers_of(Agreement.objects.get())["unit"]
    assert unit["address"] == full_answers("M4")["unit"]["address"]
    assert unit["account"] == earlier["account"]
    assert unit["name"] == actors.unit.name


def test_another_units_cases_fill_nothing(case, actors, client_as):
    sheet = sheets.get_sheet(case)
    code = {"credit_code": actors.other_unit.credit_code}
    told = sheets.read(sheet)
    told["unit"] = {**told["unit"], **code}
    sheets.write(case, told, version=sheet.version, by=actors.actor("tto"), at=WHEN)

    filled = filled_from_earlier(actors.other_unit, {"unit": code})

    assert filled == {"unit": code}
