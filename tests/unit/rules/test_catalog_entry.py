"""What an entry must say before it may be published (OT-04, §20)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cms.rules.achievements import (
    AcceptedParty,
    AchievementAttribute,
    AchievementFacts,
    AchievementForm,
    IpItem,
    IpType,
    MaturityStage,
    PricingMethod,
    TransferMode,
)
from cms.rules.catalog_entry import (
    check_complete,
    check_publishable,
    find_faults,
    find_missing,
    find_personal,
    ip_faults,
    is_in_force,
)
from cms.rules.violations import RuleViolation, RuleViolations

RIGHT = IpItem(
    kind=IpType.INVENTION,
    name="一种薄板点焊方法",
    number="ZL201810123456.5",
    holder="柳州示例大学",
    filed_on=date(2018, 10, 12),
    granted_on=date(2020, 3, 6),
    expires_on=date(2038, 10, 12),
)
FACTS = AchievementFacts(
    name="薄板点焊质量在线检测",
    ledger_number="示例-2026-001",
    form=AchievementForm.PATENT,
    attribute=AchievementAttribute.GRANTED,
    district="450203",
    industry="342",
    technology_field="03",
    trl=6,
    stage=MaturityStage.PILOT,
    abstract="简" * 50,
    scenario="汽车车身焊装线。",
    transfer_modes=(TransferMode.LICENSE,),
    pricing_method=PricingMethod.NEGOTIATED,
    accepted_parties=(AcceptedParty.LEGAL_PERSON,),
    ip_items=(RIGHT,),
    reference_price=Decimal("500000"),
    contact_name="张示例",
    contact_phone="0772-0000000",
)


def faults(facts: AchievementFacts, *, is_own_entry: bool = True) -> list[tuple]:
    found = find_faults(facts, is_own_entry=is_own_entry)
    return [(fault.code, fault.field, fault.message) for fault in found]


def right_faults(**changes: object) -> list[tuple[str, str]]:
    found = ip_faults(replace(RIGHT, **changes), 2)
    assert {fault.field for fault in found} <= {"ip_items"}
    return [(fault.code, fault.message) for fault in found]


def test_complete_entry_may_be_published():
    check_publishable(FACTS)

    assert faults(FACTS) == []


def test_missing_fields_are_named_in_form_order():
    assert find_missing({}) == [
        "成果名称",
        "台账登记号",
        "成果形式",
        "成果属性",
        "所属地区",
        "行业分类",
        "技术领域",
        "成熟度（TRL）",
        "成熟度阶段",
        "简介",
        "应用场景",
        "转让方式",
        "定价方式",
        "接受成交主体类型",
        "成果联系人姓名",
        "成果联系人电话",
        "参考价格（或面议说明）",
    ]


def test_note_stands_in_for_a_price():
    facts = replace(FACTS, reference_price=None, price_note="按许可范围商定")

    check_publishable(facts)


def test_incomplete_entry_is_refused():
    with pytest.raises(RuleViolation) as caught:
        check_publishable(replace(FACTS, scenario="", reference_price=None))

    assert caught.value.code == "E-LS-01"
    assert caught.value.message == (
        "信息不完整，缺少：应用场景、参考价格（或面议说明）。"
    )


def test_complete_values_pass():
    assert check_complete(dict.fromkeys(_names(), "有")) is None


def _names() -> list[str]:
    return [*AchievementFacts.__dataclass_fields__]


def test_faults_and_personal_data_are_told_together():
    facts = replace(FACTS, stage=MaturityStage.PRODUCTION, scenario="电13800138000")

    with pytest.raises(RuleViolations) as caught:
        check_publishable(facts)

    assert [(fault.code, fault.field) for fault in caught.value.violations] == [
        ("E-CA-03", "stage"),
        ("E-SE-02", "scenario"),
    ]


def test_personal_data_is_found_in_rights_too():
    facts = replace(
        FACTS,
        requirements="来电13800138000",
        ip_items=(RIGHT, replace(RIGHT, holder="张示例 13900139000")),
    )

    assert [fault.field for fault in find_personal(facts)] == [
        "requirements",
        "ip_items",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"name": "名" * 81},
            ("E-CA-01", "name", "成果名称不得超过80字（当前81字）。"),
            id="long name",
        ),
        pytest.param(
            {"abstract": "简" * 49},
            ("E-CA-02", "abstract", "简介须为50至800字（当前49字）。"),
            id="short abstract",
        ),
        pytest.param(
            {"abstract": "简" * 801},
            ("E-CA-02", "abstract", "简介须为50至800字（当前801字）。"),
            id="long abstract",
        ),
        pytest.param(
            {"picture_ids": tuple(range(7))},
            ("E-CA-08", "pictures", "图片不得超过6张。"),
            id="seven pictures",
        ),
        pytest.param(
            {"district": "450200"},
            ("E-CA-04", "district", "“所属地区”的值“450200”不在代码表中。"),
            id="district too coarse",
        ),
        pytest.param(
            {"industry": "34"},
            ("E-CA-04", "industry", "“行业分类”的值“34”不在代码表中。"),
            id="industry too coarse",
        ),
        pytest.param(
            {"technology_field": "99"},
            ("E-CA-04", "technology_field", "“技术领域”的值“99”不在代码表中。"),
            id="unknown field",
        ),
        pytest.param(
            {"discipline": "999"},
            ("E-CA-04", "discipline", "“学科”的值“999”不在代码表中。"),
            id="unknown discipline",
        ),
        pytest.param(
            {"trl": 1, "stage": MaturityStage.PILOT},
            ("E-CA-03", "stage", "成熟度1级与“中试”不一致。"),
            id="stage above the level",
        ),
        pytest.param(
            {"reference_price": Decimal(0)},
            (
                "E-CA-11",
                "reference_price",
                "参考价格须为大于0、最多两位小数的金额，或选择面议。",
            ),
            id="price of nothing",
        ),
        pytest.param(
            {"attribute": AchievementAttribute.UNGRANTED},
            ("E-LG-06", "attribute", "成果属性与知识产权状态不一致。"),
            id="a patent is granted",
        ),
        pytest.param(
            {"form": AchievementForm.PATENT_APPLICATION},
            ("E-LG-06", "attribute", "成果属性与知识产权状态不一致。"),
            id="an application is not",
        ),
        pytest.param(
            {"transfer_modes": (TransferMode.LICENSE, TransferMode.USE_THEN_PAY)},
            (
                "E-CA-05",
                "transfer_modes",
                "“先使用后付费”由先使用后付费申请或先用后转信息形成，不能直接填写。",
            ),
            id="label of an offer",
        ),
        pytest.param(
            {"ip_items": (RIGHT, replace(RIGHT, holder=""))},
            ("E-CA-06", "ip_items", "第2项知识产权缺少：权利人。"),
            id="second right without holder",
        ),
    ],
)
def test_fault(changes, expected):
    assert faults(replace(FACTS, **changes)) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "名" * 80},
        {"abstract": "简" * 800},
        {"picture_ids": tuple(range(6))},
        {"discipline": "120"},
        {"reference_price": Decimal("0.01")},
        {"form": AchievementForm.OTHER, "attribute": AchievementAttribute.UNGRANTED},
        {"form": AchievementForm.BIOMEDICINE},
    ],
    ids=str,
)
def test_value_at_the_bound_is_no_fault(changes):
    assert faults(replace(FACTS, **changes)) == []


def test_offer_brings_its_label_along():
    facts = replace(FACTS, transfer_modes=(TransferMode.USE_THEN_TRANSFER,))

    assert faults(facts, is_own_entry=False) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="good right"),
        pytest.param(
            {"kind": IpType.KNOW_HOW, "number": "", "filed_on": None},
            [],
            id="secret has no number",
        ),
        pytest.param(
            {"kind": IpType.SOFTWARE, "number": "2024SR0000001"},
            [],
            id="software number is free",
        ),
        pytest.param(
            {"name": "", "number": "", "holder": "", "filed_on": None},
            [("E-CA-06", "第2项知识产权缺少：名称、号码、权利人、申请日。")],
            id="all missing",
        ),
        pytest.param(
            {"number": "ZL201810123456.7"},
            [("E-ID-03", "专利号/申请号校验位不符（应为5）。")],
            id="wrong check digit",
        ),
        pytest.param(
            {"number": "2018"},
            [
                (
                    "E-ID-04",
                    "专利号/申请号应为8位或12位数字加校验位，如ZL201810123456.5。",
                )
            ],
            id="malformed number",
        ),
        pytest.param(
            {"granted_on": date(2018, 10, 11)},
            [("E-CA-07", "第2项知识产权的日期先后有误：授权日早于申请日。")],
            id="granted before filed",
        ),
        pytest.param(
            {"granted_on": None, "expires_on": date(2018, 10, 11)},
            [("E-CA-07", "第2项知识产权的日期先后有误：届满日早于申请日。")],
            id="ends before filed",
        ),
        pytest.param(
            {"expires_on": date(2020, 3, 5)},
            [("E-CA-07", "第2项知识产权的日期先后有误：届满日早于授权日。")],
            id="ends before granted",
        ),
    ],
)
def test_faults_of_a_right(changes, expected):
    assert right_faults(**changes) == expected


@pytest.mark.parametrize(
    ("expires_on", "on", "expected"),
    [
        (None, date(2099, 1, 1), True),
        (date(2038, 10, 12), date(2038, 10, 12), True),
        (date(2038, 10, 12), date(2038, 10, 13), False),
    ],
)
def test_last_day_of_a_right_counts(expires_on, on, expected):
    assert is_in_force(replace(RIGHT, expires_on=expires_on), on) is expected
