"""The demo office holds a case of each mode in its state, loaded once."""

import pytest

from cms.core import answers as sheets
from cms.core import clock
from cms.empowerment.demo import CASES, load_demo
from cms.empowerment.guards import signing_gates
from cms.empowerment.models import EmpowermentCase

pytestmark = pytest.mark.django_db


def states() -> dict[str, str]:
    return dict(EmpowermentCase.objects.values_list("mode", "status"))


def test_each_mode_has_a_case_in_its_state(demo_office: None):
    load_demo(clock.now())

    assert EmpowermentCase.objects.count() == len(CASES)
    assert states() == {plan.mode.value: plan.state.value for plan in CASES}


def test_case_with_a_closed_notice_is_ready_to_sign(demo_office: None):
    case = EmpowermentCase.objects.get(status="notice_closed")

    assert signing_gates(case, sheets.answers_of(case), clock.now()) == []
