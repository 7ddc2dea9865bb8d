"""State tables against the register, row by row (§17.2, §17.9, FP-08, FP-13).

The generated tests ask whether `advance` does what a table says; these ask whether
the table says what the register says. `!` marks four eyes: the submitter never decides.
"""

import pytest

from cms.rules.tables import TABLES

REGISTER = {
    "supply": """
        draft submit TTO submitted
        submitted return STB! draft
        submitted publish STB! published
        submitted retract TTO draft
        published revise TTO revision_submitted
        revision_submitted return STB! published
        revision_submitted publish STB! published
        revision_submitted retract TTO published
        published renew TTO published
        matching revise TTO matching_revision_submitted
        matching_revision_submitted return STB! matching
        matching_revision_submitted publish STB! matching
        matching_revision_submitted retract TTO matching
        matching renew TTO matching
        published withdraw STB+TTO withdrawn
        published expire SYS expired
        revision_submitted withdraw STB+TTO withdrawn
        revision_submitted expire SYS expired
        matching withdraw STB+TTO withdrawn
        matching expire SYS expired
        matching_revision_submitted withdraw STB+TTO withdrawn
        matching_revision_submitted expire SYS expired
        published match ENT+SYS+TTO matching
        revision_submitted match ENT+SYS+TTO matching_revision_submitted
        matching convert STB+TTO converted
        expired renew TTO published
    """,
    "demand": """
        draft submit ENT submitted
        submitted return STB! draft
        submitted publish STB! published
        submitted retract ENT draft
        published revise ENT revision_submitted
        revision_submitted return STB! published
        revision_submitted publish STB! published
        revision_submitted retract ENT published
        matching revise ENT matching_revision_submitted
        matching_revision_submitted return STB! matching
        matching_revision_submitted publish STB! matching
        matching_revision_submitted retract ENT matching
        published withdraw ENT+STB withdrawn
        published expire SYS expired
        published resolve ENT resolved
        revision_submitted withdraw ENT+STB withdrawn
        revision_submitted expire SYS expired
        revision_submitted resolve ENT resolved
        matching withdraw ENT+STB withdrawn
        matching expire SYS expired
        matching resolve ENT resolved
        matching_revision_submitted withdraw ENT+STB withdrawn
        matching_revision_submitted expire SYS expired
        matching_revision_submitted resolve ENT resolved
        published match ENT+TTO matching
        revision_submitted match ENT+TTO matching_revision_submitted
    """,
    "match": """
        pending accept ENT+TTO matching
        pending decline ENT+TTO declined
        pending withdraw ENT+TTO withdrawn
        pending expire SYS expired
        matching record_intent ENT+TTO intent_recorded
        matching close ENT+SYS+TTO closed
        intent_recorded close ENT+SYS+TTO closed
    """,
    "achievement": """
        draft submit TTO submitted
        returned submit TTO submitted
        revising submit TTO revision_submitted
        revision_returned submit TTO revision_submitted
        submitted recall TTO draft
        revision_submitted recall TTO revising
        submitted return PLA+STB! returned
        submitted publish PLA+STB! published
        revision_submitted return PLA+STB! revision_returned
        revision_submitted publish PLA+STB! published
        published revise TTO revising
        revising abandon TTO published
        revision_returned abandon TTO published
        published withdraw PLA+STB+TTO withdrawn
        revising withdraw PLA+STB+TTO withdrawn
        revision_submitted withdraw PLA+STB+TTO withdrawn
        revision_returned withdraw PLA+STB+TTO withdrawn
        published expire SYS expired
        revising expire SYS expired
        revision_submitted expire SYS expired
        revision_returned expire SYS expired
        withdrawn reopen TTO draft
        expired reopen TTO draft
    """,
    "notice": """
        draft submit TTO awaiting_review
        rejected revise TTO draft
        awaiting_review approve APV+PLA+STB+TTO! awaiting_publication
        awaiting_review reject APV+PLA+STB+TTO! rejected
        awaiting_publication reject APV+PLA+STB+TTO! rejected
        awaiting_publication publish APV+PLA+STB+TTO open
        open open_venue APV+PLA+STB+TTO open
        open suspend PLA+STB+SYS suspended
        suspended resume PLA+STB+SYS open
        open extend PLA+STB open
        open replace APV+PLA+STB+TTO terminated
        suspended replace APV+PLA+STB+TTO terminated
        open terminate APV+PLA+STB+SYS+TTO terminated
        suspended terminate APV+PLA+STB+SYS+TTO terminated
        open close SYS closed
    """,
}
BY_NAME = {table.name: table for table in TABLES}


@pytest.mark.parametrize("name", REGISTER)
def test_table_has_the_rows_of_the_register_and_no_others(name: str) -> None:
    rows = [
        " ".join(
            (
                row.source,
                row.event,
                "+".join(sorted(row.roles)) + "!" * row.four_eyes,
                row.target,
            )
        )
        for row in BY_NAME[name].transitions
    ]

    lines = REGISTER[name].strip().splitlines()
    assert sorted(rows) == sorted(line.strip() for line in lines)
