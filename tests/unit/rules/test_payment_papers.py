"""Which papers a payment may have in each state (D-33)."""

import pytest

from cms.rules.payment_papers import PaymentPaperKind, check_paper, papers_for
from cms.rules.supply_demand.payment_states import PaymentState
from cms.rules.violations import RuleViolation

PAPERS = {
    "triggered": ["D-33"],
    "payable": ["D-33", "D-33b"],
    "part_paid": ["D-33", "D-33b"],
    "overdue": ["D-33", "D-33b", "D-33c"],
}


@pytest.mark.parametrize("state", list(PaymentState))
def test_papers_of_a_state(state):
    expected = PAPERS.get(state.value, [])

    assert papers_for(state, is_by_date=False) == expected
    by_date = [kind for kind in expected if kind != "D-33"]
    assert papers_for(state, is_by_date=True) == by_date


def test_paper_out_of_place_is_refused():
    check_paper(PaymentPaperKind.NOTICE, "payable", "待付", is_by_date=True)
    with pytest.raises(RuleViolation) as refused:
        check_paper(PaymentPaperKind.DEMAND, "payable", "待付", is_by_date=False)

    assert (refused.value.field, refused.value.message) == (
        "kind",
        "本笔付款的状态为“待付”，现在不能生成逾期付款催告函。",
    )
