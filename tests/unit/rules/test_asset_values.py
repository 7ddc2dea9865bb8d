"""The asset-value decision table of 附件2十 (§17.10)."""

import pytest

from cms.rules.asset_ledger.stages import StageState
from cms.rules.asset_ledger.values import (
    AssetValue,
    DevelopmentOutcome,
    Expense,
    Recognition,
    decide_value,
)

S, D, E, R = StageState, DevelopmentOutcome, Expense, Recognition
CURRENT = (E.CURRENT, R.NONE)
FEES = (E.CURRENT, R.FEES)


@pytest.mark.parametrize(
    ("stage", "granted", "outcome", "expense", "recognition"),
    [
        *[(S.RESEARCH, False, outcome, *CURRENT) for outcome in D],
        *[(S.RESEARCH, True, outcome, *FEES) for outcome in D],
        *[(S.INDISTINCT, False, outcome, *CURRENT) for outcome in D],
        *[(S.INDISTINCT, True, outcome, *FEES) for outcome in D],
        (S.DEVELOPMENT, False, D.ONGOING, E.COLLECTED, R.PENDING),
        (S.DEVELOPMENT, True, D.ONGOING, E.COLLECTED, R.PENDING),
        (S.DEVELOPMENT, False, D.ASSET, E.CAPITALIZED, R.FULL),
        (S.DEVELOPMENT, True, D.ASSET, E.CAPITALIZED, R.FULL),
        pytest.param(
            *(S.DEVELOPMENT, False, D.NO_ASSET, E.WRITTEN_OFF, R.NONE),
            id="i07-no-asset-to-current-expense",
        ),
        (S.DEVELOPMENT, True, D.NO_ASSET, E.WRITTEN_OFF, R.NONE),
    ],
)
def test_value_follows_the_table(stage, granted, outcome, expense, recognition):
    value = decide_value(stage, is_right_granted=granted, outcome=outcome)

    assert value == AssetValue(expense, recognition)
