"""How far the papers of a case are, and what keeps them from being made."""

import pytest

from assembly import AssemblyError
from cms.case_documents import actions
from cms.case_documents.kinds import kind_of
from cms.case_documents.queries.overview import Progress, overview_of
from cms.core import answers as sheets
from cms.rules.empowerment import EmpowermentMode
from cms.rules.violations import RuleViolations
from tests.conftest import Cast
from tests.factories.agreements import make_agreement
from tests.factories.case_documents import full_answers, make_full_case
from tests.factories.empowerment import make_case
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")
BUNDLES = {
    "M1": "D-01 D-02 D-04 D-04b D-05 D-98 D-06 D-06b D-07 D-37 D-08 D-97 D-09 D-13 D-14 D-15 D-63",
    "M2": "D-01 D-02 D-04 D-04b D-05 D-98 D-06 D-06b D-07 D-37 D-08 D-97 D-09 D-16 D-17 D-63",
    "M4": "D-01 D-02 D-03 D-04 D-04b D-05 D-98 D-06 D-06b D-07 D-37 D-08 D-11 D-22 D-63",
    "M5": "D-01 D-02 D-03 D-04 D-04b D-05 D-98 D-06 D-06b D-07 D-08 D-11 D-23 D-63",
    "M6": "D-01 D-02 D-03 D-04 D-04b D-05 D-98 D-06 D-06b D-07 D-08 D-11 D-26 D-24 D-25 D-63",
}


def progress(case, instrument):
    return row_of(case, instrument).progress


def row_of(case, instrument):
    rows = {row.instrument: row for row in overview_of(case, at=WHEN).rows}
    return rows[instrument]


def assemble(cast, case, *instruments):
    return actions.assemble_bundle(
        case,
        instruments,
        salts=["00" * 16] * len(instruments),
        by=cast.actor("tto"),
        at=WHEN,
    )


def answer(cast, case, **changes):
    sheet = sheets.get_sheet(case)
    sheets.write(
        case,
        {**sheets.read(sheet), **changes},
        version=sheet.version,
        by=cast.actor("tto"),
        at=WHEN,
    )


@pytest.mark.parametrize("mode", list(EmpowermentMode))
def test_insider_of_a_mode_cannot_be_answered_away(actors: Cast, mode):
    case = make_case(actors, mode, when=WHEN)

    said = kind_of(case).fixed(case).get("notice")

    assert said == (None if mode == EmpowermentMode.M3 else {"has_insider": True})


@pytest.mark.parametrize("mode", sorted(BUNDLES))
def test_complete_answers_make_every_needed_paper_ready(templates, actors: Cast, mode):
    case = make_full_case(actors, EmpowermentMode(mode), when=WHEN)

    overview = overview_of(case, at=WHEN)

    assert " ".join(row.instrument for row in overview.ready) == BUNDLES[mode]
    assert overview.missing_by_paper == ()
    assert overview.broken_rules == ()


def test_missing_answers_are_told_by_label(templates, actors: Cast):
    case = make_full_case(actors, when=WHEN, without=("license",))

    row = row_of(case, "D-22")

    assert row.progress is Progress.LACKING
    assert ("license.fee", "许可·许可费（元）") in row.missing
    overview = overview_of(case, at=WHEN)
    assert overview.lacking is not None
    assert overview.lacking.code == "E-FP-12"
    assert overview.lacking.message.startswith("模式四缺少文书：D-01 团队内部")


def test_paper_bears_the_reference_of_its_case(templates, actors: Cast):
    case = make_full_case(actors, when=WHEN, without=("document",))

    (paper,) = assemble(actors, case, "D-22")

    assert f"赋权〔2026〕{case.pk}号—D-22" in paper.answers


def test_assembled_paper_is_current_until_an_answer_it_reads_changes(
    templates, actors: Cast
):
    case = make_full_case(actors, when=WHEN)
    assemble(actors, case, "D-22")
    assert progress(case, "D-22") is Progress.ASSEMBLED
    terms = full_answers("M4")["terms"]

    answer(actors, case, declarations=[])
    assert progress(case, "D-22") is Progress.ASSEMBLED
    answer(actors, case, terms={**terms, "copies": 12})
    assert progress(case, "D-22") is Progress.OUTDATED

    (again,) = assemble(actors, case, "D-22")
    assert again.number == 2
    assert progress(case, "D-22") is Progress.ASSEMBLED


def test_as05_later_paper_must_agree_with_an_earlier_one(templates, actors: Cast):
    case = make_full_case(actors, when=WHEN)
    assemble(actors, case, "D-11")
    unit = {**full_answers("M4")["unit"], "name": "柳州示例学院"}
    answer(actors, case, unit=unit)

    with pytest.raises(RuleViolations) as refused:
        assemble(actors, case, "D-22")

    assert [v.message for v in refused.value.violations] == [
        "文书间不一致：单位名称（D-11=柳州示例理工大学，D-22=柳州示例学院）。"
    ]
    assemble(actors, case, "D-11", "D-22")
    assert overview_of(case, at=WHEN).disagreements == ()


def test_as05_dates_must_be_in_order(templates, actors: Cast):
    dates = {**full_answers("M4")["dates"], "signed_on": "2026-10-01"}
    case = make_full_case(actors, when=WHEN)
    answer(actors, case, dates=dates)

    with pytest.raises(RuleViolations) as refused:
        assemble(actors, case, "D-11", "D-22")

    assert {v.code for v in refused.value.violations} == {"E-AS-02"}
    assert "日期顺序" in refused.value.violations[0].message


def test_bundle_is_assembled_whole_or_not_at_all(templates, actors: Cast):
    case = make_full_case(actors, when=WHEN, without=("license",))

    with pytest.raises(AssemblyError):
        assemble(actors, case, "D-01", "D-22")

    assert progress(case, "D-01") is Progress.READY


def test_form_is_assembled_before_the_rules_of_the_mode_are_kept(
    templates, actors: Cast
):
    case = make_full_case(actors, EmpowermentMode.M1, when=WHEN, without=("revenue",))

    assert [paper.instrument for paper in assemble(actors, case, "D-01")] == ["D-01"]
    with pytest.raises(RuleViolations) as refused:
        assemble(actors, case, "D-15")
    assert refused.value.violations[0].code == "E-FP-19"


def test_agreement_asks_for_approval_and_due_diligence(actors: Cast):
    actions.load_library(at=WHEN)
    agreement = make_agreement(actors, when=WHEN)

    rows = {row.instrument: row for row in overview_of(agreement, at=WHEN).rows}

    for instrument, path in (
        ("D-98", "due_diligence.conclusion"),
        ("D-04b", "conduct.items"),
        ("D-06b", "approval.opinions"),
    ):
        assert rows[instrument].progress is Progress.LACKING
        assert path in {missing for missing, _ in rows[instrument].missing}
    asked = {path for row in rows.values() for path, _ in row.missing}
    assert not asked & {"approval.manner", "empowerment.mode"}
    known = kind_of(agreement).known(agreement)
    assert known["approval"] == {"recipient": actors.enterprise.name}
    assert known["due_diligence"] == {"subject": actors.enterprise.name}
