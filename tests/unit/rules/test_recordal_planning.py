"""Which tasks follow from which contract, and of what kind it is (PS-01…PS-05)."""

from datetime import date

import pytest

from cms.rules.achievements import IpType
from cms.rules.recordal import (
    ContractKind,
    Right,
    SignedContract,
    TaskKind,
    TitleAuthority,
    contract_kind,
    plan,
)

EDITION = "2026-01-01"
PATENT = Right(IpType.INVENTION, "一种示例方法", "ZL202011102310.6", "示例大学")
APPLICATION = Right(IpType.PATENT_APPLICATION, "一种示例装置", "202611102310.6")
SOFTWARE = Right(IpType.SOFTWARE, "示例软件", "2026SR0000001")
LAYOUT = Right(IpType.LAYOUT_DESIGN, "示例布图", "BS.265000001")
VARIETY = Right(IpType.PLANT_VARIETY, "示例一号", "CNA20260001")
SECRET = Right(IpType.KNOW_HOW, "示例配方")

REGISTRATION, TITLE = TaskKind.CONTRACT_REGISTRATION, TaskKind.TITLE_REGISTRATION
RECORDAL, TAXES = TaskKind.LICENSE_RECORDAL, TaskKind.TAX_AND_ACCOUNTS
FILING = TaskKind.FILING
MOVES = [REGISTRATION, TITLE, TAXES, FILING]
LICENSED = [REGISTRATION, RECORDAL, TAXES, FILING]


def contract(
    instrument: str, *rights: Right, mode: str = "", **facts: object
) -> SignedContract:
    return SignedContract(
        instrument=instrument,
        rights=rights or (PATENT,),
        rule_edition=EDITION,
        mode=mode,
        signed_on=date(2026, 11, 5),
        effective_on=date(2026, 11, 5),
        **facts,
    )


@pytest.mark.parametrize(
    ("instrument", "mode", "expected"),
    [
        ("D-09", "M1", [TITLE, FILING]),
        ("D-10", "", MOVES),
        ("D-11", "M4", [FILING]),
        ("D-11", "M5", [FILING]),
        ("D-11", "M6", LICENSED),
        ("D-13", "M1", MOVES),
        ("D-14", "M1", MOVES),
        ("D-15", "M1", []),
        ("D-16", "M2", MOVES),
        ("D-17", "M2", MOVES),
        ("D-18", "M3", []),
        ("D-19", "M3", MOVES),
        ("D-20", "M3", []),
        ("D-21", "M3", []),
        ("D-22", "M4", LICENSED),
        ("D-23", "M5", LICENSED),
        ("D-24", "M6", [REGISTRATION, TAXES, FILING]),
        ("D-25", "M6", []),
        ("D-26", "M6", []),
        ("D-31", "", LICENSED),
        ("D-32", "", LICENSED),
    ],
)
def test_tasks_of_an_instrument_on_one_patent(instrument, mode, expected):
    assert [task.kind for task in plan(contract(instrument, mode=mode))] == expected


@pytest.mark.parametrize(
    ("mode", "named"), [("M4", "D-22"), ("M5", "D-23"), ("M6", "D-11")]
)
def test_one_contract_of_a_use_right_goes_on_record(mode, named):
    found = [
        instrument
        for instrument in ("D-11", "D-22", "D-23", "D-24", "D-25", "D-26")
        if RECORDAL in [t.kind for t in plan(contract(instrument, mode=mode))]
    ]

    assert found == [named]


@pytest.mark.parametrize("right", [APPLICATION, SOFTWARE, LAYOUT, VARIETY, SECRET])
def test_license_without_a_granted_patent_has_no_recordal(right):
    kinds = [task.kind for task in plan(contract("D-31", right))]

    assert kinds == [REGISTRATION, TAXES, FILING]


def test_each_right_has_its_own_title_and_authority():
    rights = (PATENT, APPLICATION, SOFTWARE, LAYOUT, VARIETY, SECRET)

    found = [task for task in plan(contract("D-16", *rights)) if task.kind is TITLE]

    assert [(task.right, task.authority, task.is_optional) for task in found] == [
        (PATENT, TitleAuthority.PATENT_OFFICE, False),
        (APPLICATION, TitleAuthority.PATENT_OFFICE, False),
        (SOFTWARE, TitleAuthority.SOFTWARE_OFFICE, True),
        (LAYOUT, TitleAuthority.LAYOUT_OFFICE, False),
        (VARIETY, TitleAuthority.VARIETY_OFFICE, False),
    ]
    assert found[3].note == "布图设计专有权的转让自登记之日起生效。"


@pytest.mark.parametrize(("is_state_held", "asked"), [(True, True), (False, False)])
def test_state_unit_needs_approval_for_a_plant_variety(is_state_held, asked):
    facts = contract("D-16", VARIETY, is_state_held=is_state_held)

    (title,) = [task for task in plan(facts) if task.kind is TITLE]

    assert ("应当先报行政主管部门批准" in title.note) is asked


def test_right_allotted_from_the_outset_moves_nothing():
    own = Right(IpType.INVENTION, "一种示例方法", "ZL1", "柳州示例项目有限公司")
    facts = contract("D-19", own, PATENT, is_allotted=True, taker=own.holder)

    found = plan(facts)

    assert [(task.kind, task.right) for task in found] == [
        (TITLE, PATENT),
        (FILING, None),
    ]


@pytest.mark.parametrize(
    ("rights", "transfer", "license_"),
    [
        ((PATENT, SECRET), "patent_transfer", "patent_license"),
        ((APPLICATION,), "patent_application_transfer", "patent_license"),
        ((SOFTWARE, SECRET), "other_transfer", "other_license"),
        ((SECRET,), "secret_transfer", "secret_license"),
    ],
    ids=["patent", "application", "software", "secret"],
)
def test_kind_goes_by_the_weightiest_right(rights, transfer, license_):
    assert contract_kind(contract("D-16", *rights)) == ContractKind(transfer)
    assert contract_kind(contract("D-31", *rights)) == ContractKind(license_)


def test_contract_without_any_right_is_of_another_kind():
    facts = SignedContract("D-31", (), EDITION)
    told = SignedContract("D-31", (), EDITION, has_secrets=True)

    assert contract_kind(facts) is ContractKind.OTHER_LICENSE
    assert contract_kind(told) is ContractKind.SECRET_LICENSE
