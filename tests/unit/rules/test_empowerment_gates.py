"""Gates of an empowerment case, and agreement between its papers (AS-05)."""

from datetime import date

import pytest

from cms.rules.empowerment import (
    Opinion,
    PaperFacts,
    check_agreement,
    check_bundle,
    check_clauses,
    check_co_owners,
    check_dates,
    check_extension,
    check_materials,
    check_opinions,
    check_plan,
    check_scope,
)
from cms.rules.notices.fields import GrantKind
from cms.rules.violations import RuleViolation


def refused(check, *arguments):
    with pytest.raises(RuleViolation) as refusal:
        check(*arguments)
    return refusal.value.message


def test_g11_missing_mandatory_clause_is_named():
    present = ["revenue_share", "decision", "cost_sharing", "duties"]

    assert refused(check_clauses, GrantKind.PARTIAL_OWNERSHIP, present) == (
        "协议缺少必备条款：知识产权维持费用。"
    )
    check_clauses(GrantKind.PARTIAL_OWNERSHIP, [*present, "maintenance"])


def test_g08_use_right_needs_a_plan():
    assert refused(check_plan, GrantKind.LONG_TERM_USE, False) == (
        "长期使用权申请须附成果转化方案。"
    )
    check_plan(GrantKind.LONG_TERM_USE, True)
    check_plan(GrantKind.FULL_OWNERSHIP, False)


def test_other_co_owners_must_consent():
    assert refused(check_co_owners, True, False) == (
        "存在其他共有人，须上传其书面同意。"
    )
    check_co_owners(True, True)
    check_co_owners(False, False)


def test_g34_extension_needs_three_proofs():
    assert refused(check_extension, ["performance", "progress"]) == (
        "延期须附履约、转化进展、收益三项证明。"
    )
    check_extension(["performance", "progress", "revenue"])


def test_g35_use_right_does_not_transfer_title():
    assert refused(check_scope, GrantKind.LONG_TERM_USE, "D-60") == (
        "仅持有长期使用权，不能转让所有权。"
    )
    check_scope(GrantKind.LONG_TERM_USE, "D-22")
    check_scope(GrantKind.PARTIAL_OWNERSHIP, "D-13")


def test_decision_waits_for_every_department():
    given = [Opinion("科研", True), Opinion("财务", None)]

    assert refused(check_opinions, ["科研", "财务", "纪检"], given) == (
        "关键材料缺失：财务意见、纪检意见。"
    )
    check_opinions(["科研"], given)


def test_missing_materials_and_instruments_are_named():
    required = {"D-01": "团队协议", "D-06": "审批表"}

    assert refused(check_materials, required, ["D-01"]) == "关键材料缺失：审批表。"
    assert refused(check_bundle, "M1", required, ["D-06"]) == ("M1缺少文书：团队协议。")
    check_materials(required, ["D-01", "D-06"])
    check_bundle("M1", required, ["D-01", "D-06"])


def paper(instrument, month=None, day=None, **values):
    dated = date(2026, month, day) if month else None
    return PaperFacts(instrument, values, dated)


def test_papers_that_differ_name_both_values():
    papers = [
        paper("D-09", 单位="甲大学", 金额="100.00"),
        paper("D-13", 单位="甲大学", 金额="100.01"),
    ]

    (violation,) = check_agreement(papers)

    assert violation.message == "文书间不一致：金额（D-09=100.00，D-13=100.01）。"
    assert check_agreement(papers[:1]) == []


def test_g14_m1_transfer_dated_before_the_grant_is_refused():
    papers = [paper("D-09", 11, 20), paper("D-13", 11, 19)]

    (violation,) = check_dates(papers)

    assert violation.code == "E-AS-02"
    assert violation.message == (
        "文书间不一致：日期顺序（D-09=2026-11-20，D-13=2026-11-19）。"
    )


@pytest.mark.parametrize(
    ("papers", "count"),
    [
        ([], 0),
        ([paper("D-13", 11, 1)], 0),
        ([paper("D-01", 10, 1), paper("D-02", 10, 1), paper("D-06", 10, 8)], 0),
        ([paper("D-07", 10, 9), paper("D-08", 10, 9)], 1),
        ([paper("D-07", 10, 9), paper("D-08", 10, 28), paper("D-11", 10, 28)], 0),
        ([paper("D-02", 10, 9), paper("D-06", 10, 8)], 1),
        ([paper("D-02"), paper("D-06", 10, 8)], 0),
        ([paper("D-11", 11, 2), paper("D-22", 11, 1), paper("D-23", 11, 3)], 1),
    ],
    ids=[
        "none",
        "contract alone",
        "same day",
        "notice of no days",
        "in order",
        "approval before application",
        "undated",
        "license before grant",
    ],
)
def test_dates_run_from_team_agreement_to_contracts(papers, count):
    assert len(check_dates(papers)) == count
