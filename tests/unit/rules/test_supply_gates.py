"""Gates of publication: filer, object, negative list, labels, review (FP-04, FP-14)."""

import pytest

from cms.rules.achievements import AchievementForm
from cms.rules.parties import OrganizationKind, PilotStatus
from cms.rules.supply_demand.eligibility import (
    ObjectFacts,
    SecrecyStatus,
    check_filer,
    check_object,
    may_file,
)
from cms.rules.supply_demand.license_kinds import LicenseKind, check_labels
from cms.rules.supply_demand.negative_list import (
    Condition,
    NegativeItem,
    check_negative_list,
)
from cms.rules.supply_demand.review import (
    ReviewItem,
    check_checklist,
    check_recusal,
    check_return,
)
from cms.rules.supply_demand.supply_states import SUPPLY, SupplyState
from cms.rules.violations import RuleViolation

NO_HIT = dict.fromkeys(NegativeItem, False)
ALL_MET = dict.fromkeys(Condition, True)
PASSED = {item.value: "passed" for item in ReviewItem}


@pytest.mark.parametrize(
    ("kind", "pilot", "expected"),
    [
        (OrganizationKind.UNIVERSITY, PilotStatus.PILOT, True),
        (OrganizationKind.INSTITUTE, PilotStatus.REFERENCE, True),
        (OrganizationKind.UNIVERSITY, PilotStatus.NONE, False),
        (OrganizationKind.RESIDENT_INSTITUTE, PilotStatus.NONE, True),
        (OrganizationKind.ENTERPRISE, PilotStatus.PILOT, False),
    ],
)
def test_who_may_file(
    kind: OrganizationKind, pilot: PilotStatus, expected: bool
) -> None:
    assert may_file(kind, pilot) is expected


def test_h01_enterprise_may_not_file() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_filer(OrganizationKind.ENTERPRISE, PilotStatus.NONE)

    assert refused.value.message == "仅试点单位及驻柳科研单位可申请发布。"
    check_filer(OrganizationKind.UNIVERSITY, PilotStatus.PILOT)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            ObjectFacts(AchievementForm.PATENT, SecrecyStatus.NONE), [], id="patent"
        ),
        pytest.param(
            ObjectFacts(AchievementForm.PATENT, SecrecyStatus.STATE_SECRET),
            ["E-SE-01 本系统为非涉密系统，不得录入涉密信息。"],
            id="state_secret",
        ),
        pytest.param(
            ObjectFacts(
                AchievementForm.PATENT, SecrecyStatus.CONFIDENTIAL_PATENT, True
            ),
            ["E-FP-01 成果类型不可发布：保密专利不得发布。"],
            id="confidential",
        ),
        pytest.param(
            ObjectFacts(AchievementForm.PATENT, SecrecyStatus.DECLASSIFIED),
            ["E-FP-01 成果类型不可发布：已解密国防专利须附解密证明。"],
            id="declassified_no_proof",
        ),
        pytest.param(
            ObjectFacts(AchievementForm.PATENT, SecrecyStatus.DECLASSIFIED, True),
            [],
            id="declassified",
        ),
        pytest.param(
            ObjectFacts(AchievementForm.SOFTWARE, SecrecyStatus.DECLASSIFIED, True),
            [
                "E-FP-01 成果类型不可发布：已解密国防专利的成果形式须为专利权或专利申请权。"
            ],
            id="declassified_software",
        ),
        pytest.param(
            ObjectFacts(AchievementForm.OTHER, SecrecyStatus.NONE),
            ["E-FP-01 成果类型不可发布：其他技术成果须附本单位认定文件。"],
            id="other_no_decision",
        ),
        pytest.param(
            ObjectFacts(
                AchievementForm.OTHER, SecrecyStatus.NONE, has_unit_decision=True
            ),
            [],
            id="other",
        ),
    ],
)
def test_object_is_checked(facts: ObjectFacts, expected: list[str]) -> None:
    assert [str(violation) for violation in check_object(facts)] == expected


def test_negative_list_without_a_hit() -> None:
    assert check_negative_list(NO_HIT, ALL_MET) == []


@pytest.mark.parametrize("item", [*NegativeItem, *Condition])
def test_j11_each_item_must_be_checked(item: NegativeItem | Condition) -> None:
    items = {key: value for key, value in NO_HIT.items() if key is not item}
    conditions = {key: value for key, value in ALL_MET.items() if key is not item}

    found = check_negative_list(items, conditions)

    assert [str(violation) for violation in found] == ["E-FP-08 未完成负面清单核查。"]


def test_negative_list_names_each_hit() -> None:
    found = check_negative_list(
        {**NO_HIT, NegativeItem.STATE_SECRET: True},
        {**ALL_MET, Condition.BRIGHT_PROSPECT: False},
    )

    assert [violation.message for violation in found] == [
        "存在不可赋权情形：涉及国家秘密，在解密或降密之前，不能提交。",
        "存在不可赋权情形：不具备应用前景明朗条件，不能提交。",
    ]


@pytest.mark.parametrize(
    ("pay", "transfer", "kind", "exclusive", "refused"),
    [
        pytest.param(True, True, LicenseKind.ORDINARY, False, False, id="both"),
        pytest.param(
            True, True, LicenseKind.ORDINARY, True, True, id="exclusive_lives"
        ),
        pytest.param(True, True, LicenseKind.SOLE, False, True, id="sole_offered"),
        pytest.param(True, False, LicenseKind.EXCLUSIVE, True, False, id="one_label"),
    ],
)
def test_both_labels(
    pay: bool, transfer: bool, kind: LicenseKind, exclusive: bool, refused: bool
) -> None:
    try:
        check_labels(
            use_then_pay=pay,
            use_then_transfer=transfer,
            offered=kind,
            has_exclusive_license=exclusive,
        )
        found = ""
    except RuleViolation as violation:
        found = violation.code

    assert found == ("E-UT-06" if refused else "")


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        pytest.param(PASSED, [], id="passed"),
        pytest.param({}, ["E-FP-08", "E-CC-02"], id="unchecked"),
        pytest.param({**PASSED, "ethics": "failed"}, ["E-EM-01"], id="failed_gate"),
        pytest.param({**PASSED, "export": "failed"}, ["E-CC-02"], id="failed_other"),
    ],
)
def test_checklist(results: dict[str, str], expected: list[str]) -> None:
    assert [violation.code for violation in check_checklist(results)] == expected


def test_return_must_say_something() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_return({"title": " "}, "")

    assert refused.value.code == "E-FP-07"
    check_return({"title": "改"}, "")
    check_return({}, "改")


@pytest.mark.parametrize(
    ("reviewer", "is_refused"),
    [("张 示例", True), ("李示例", False), ("", False)],
)
def test_recusal(reviewer: str, is_refused: bool) -> None:
    try:
        check_recusal(reviewer, ["张示例", ""])
        found = False
    except RuleViolation as violation:
        found = violation.code == "E-EM-05"

    assert found is is_refused


def test_supply_table_is_whole() -> None:
    pairs = [(row.source, row.event) for row in SUPPLY.transitions]
    targets = {row.target for row in SUPPLY.transitions}

    assert len(pairs) == len(set(pairs)) == 26
    assert targets == set(SupplyState)
