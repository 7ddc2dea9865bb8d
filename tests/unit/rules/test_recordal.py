"""Registration and recordal of signed contracts (PS-01…PS-06)."""

from datetime import date
from decimal import Decimal

import pytest

from cms.rules.achievements import IpType
from cms.rules.recordal import (
    AccountItem,
    Blocker,
    Ending,
    Right,
    TaskKind,
    TaskState,
    check_blockers,
    check_checklist,
    check_complete,
    check_day,
    check_in_force,
    check_is_technology_contract,
    check_late_reason,
    check_price_is_clear,
    check_reason,
    check_result,
    lapses,
    may_complete,
    may_reopen,
    payment_method,
    suspected_blockers,
)
from cms.rules.violations import RuleViolation


@pytest.mark.parametrize("formula", ["另行协商", "", "  "])
def test_j04_open_price_cannot_be_registered(formula):
    with pytest.raises(RuleViolation) as refusal:
        check_price_is_clear(None, formula)

    assert refusal.value.message == "价款/使用费约定不明确，无法认定登记。"


def test_sum_or_formula_is_clear():
    check_price_is_clear(Decimal("1.00"), "")
    check_price_is_clear(None, "净销售额的3%")
    check_price_is_clear(None, "净销售额的3%，面议部分另签")


def test_j05_testing_service_is_no_technology_contract():
    with pytest.raises(RuleViolation) as refusal:
        check_is_technology_contract("设备检验检测服务")

    assert refusal.value.message == "该类行为不属于技术合同/知识产权转让许可。"
    check_is_technology_contract("焊接变形控制方法专利实施许可")


def test_h23_no_fee_is_free_of_charge():
    assert payment_method(Decimal(0), "一次总付") == "无偿"
    assert payment_method(Decimal("0.01"), "一次总付") == "一次总付"


def test_blockers_are_named_in_order():
    with pytest.raises(RuleViolation) as refusal:
        check_blockers({Blocker.DUPLICATE, Blocker.PLEDGED})

    assert refusal.value.message == (
        "存在不予备案的情形：已质押且质权人未同意、重复备案。"
    )
    check_blockers(set())


def refused(check, *arguments, **named) -> str:
    with pytest.raises(RuleViolation) as refusal:
        check(*arguments, **named)
    return f"{refusal.value.code} {refusal.value.message}"


def test_ended_contract_is_not_registered():
    last = date(2031, 8, 31)

    check_in_force(last, last)
    check_in_force(None, date(2050, 1, 1))

    assert refused(check_in_force, last, date(2031, 9, 1)) == (
        "E-PS-05 合同已于2031-08-31终止，认定登记和备案须在合同有效期内办理。"
    )


def test_late_recordal_says_why():
    last = date(2026, 10, 8)

    check_late_reason(last, last, "")
    check_late_reason(last, date(2026, 10, 9), "许可方更名，证明材料补办")
    check_late_reason(None, date(2026, 10, 9), "")

    assert refused(check_late_reason, last, date(2026, 10, 9), " ") == (
        "E-PS-06 已超过2026-10-08的备案期限，合同有效期内仍可办理，请写明逾期的原因。"
    )


def test_missing_data_are_named():
    check_complete([])

    assert refused(check_complete, ["卖方地区码", "技术交易额（元）"]) == (
        "E-PS-07 登记数据缺少：卖方地区码、技术交易额（元）。"
    )


def test_reason_must_say_something():
    check_reason("重复立项")

    assert refused(check_reason, " \n") == "E-PS-09 请写明理由。"


@pytest.mark.parametrize("day", [date(2026, 11, 4), date(2026, 11, 21)])
def test_day_lies_between_signing_and_today(day):
    signed, today = date(2026, 11, 5), date(2026, 11, 20)
    check_day(signed, signed, today, "申请日期", field="submitted_on")
    check_day(today, None, today, "申请日期", field="submitted_on")

    told = refused(check_day, day, signed, today, "申请日期", field="submitted_on")

    assert told == "E-PS-10 申请日期不能早于2026-11-05，也不能晚于今天。"


def test_result_must_be_there():
    check_result(True, "认定登记号", field="number")

    assert refused(check_result, False, "认定登记号", field="number") == (
        "E-PS-11 请填写或者上传认定登记号。"
    )


def test_open_item_of_the_taxes_needs_a_note():
    every = [item.value for item in AccountItem]
    check_checklist(every, "")
    check_checklist(every[1:], "本合同未申请减免")

    assert refused(check_checklist, every[:-1], "") == (
        "E-PS-12 尚有未完成的事项：职务科技成果单列管理台账已更新。"
        "不适用的请在说明中写明。"
    )


def patent(**facts: object) -> Right:
    return Right(IpType.INVENTION, "一种示例方法", "ZL202011102310.6", **facts)


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        (patent(), ()),
        (patent(fee_paid_until=date(2026, 11, 20)), ()),
        (patent(fee_paid_until=date(2026, 11, 19)), (Blocker.FEES_IN_ARREARS,)),
        (patent(encumbrance="已质押给示例银行"), (Blocker.PLEDGED,)),
        (patent(encumbrance="无质押"), ()),
        (patent(encumbrance="权属纠纷未决"), (Blocker.TITLE_DISPUTE,)),
        (patent(encumbrance="无权属争议"), ()),
        (Right(IpType.SOFTWARE, "软件", encumbrance="已质押"), ()),
    ],
    ids=["clean", "paid", "arrears", "pledged", "unpledged", "dispute", "none", "soft"],
)
def test_blockers_that_the_rights_themselves_suggest(right, expected):
    assert suspected_blockers([right], date(2026, 11, 20)) == expected


def test_one_pledged_patent_is_enough():
    rights = [patent(encumbrance="无质押"), patent(encumbrance="已质押")]

    assert suspected_blockers(rights, date(2026, 11, 20)) == (Blocker.PLEDGED,)


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        (TaskKind.CONTRACT_REGISTRATION, "认定登记号"),
        (TaskKind.TITLE_REGISTRATION, "登记证明编号"),
        (TaskKind.LICENSE_RECORDAL, "备案号"),
        (TaskKind.TAX_AND_ACCOUNTS, "文号（凭证号）"),
    ],
)
def test_number_of_a_task_has_its_name(kind, label):
    assert kind.number_label == label


def test_right_is_told_by_kind_name_and_number():
    patent = Right(IpType.INVENTION, "一种示例方法", "ZL202011102310.6")
    secret = Right(IpType.SOFTWARE, "示例软件")

    assert str(patent).endswith("“一种示例方法”（ZL202011102310.6）")
    assert str(secret) == f"{IpType.SOFTWARE.label}“示例软件”"


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (Ending.RESCINDED, set(TaskKind)),
        (
            Ending.EXPIRED,
            {TaskKind.CONTRACT_REGISTRATION, TaskKind.LICENSE_RECORDAL},
        ),
    ],
)
def test_ground_of_a_task_falls_away_with_its_contract(ending, expected):
    assert {kind for kind in TaskKind if lapses(kind, ending)} == expected


@pytest.mark.parametrize("kind", TaskKind)
def test_lapsed_task_is_settled_only_after_an_application(kind):
    assert may_complete(kind, TaskState.LAPSED, is_applied_for=True)
    assert not may_complete(kind, TaskState.LAPSED, is_applied_for=False)


@pytest.mark.parametrize(
    ("kind", "is_direct"),
    [
        (TaskKind.CONTRACT_REGISTRATION, False),
        (TaskKind.TITLE_REGISTRATION, False),
        (TaskKind.LICENSE_RECORDAL, False),
        (TaskKind.TAX_AND_ACCOUNTS, True),
        (TaskKind.FILING, True),
    ],
)
def test_only_taxes_and_reports_need_no_application(kind, is_direct):
    assert may_complete(kind, TaskState.TODO, is_applied_for=False) is is_direct
    assert may_complete(kind, TaskState.SUBMITTED, is_applied_for=True)
    assert may_reopen(kind, TaskState.LAPSED) is is_direct
    assert may_reopen(kind, TaskState.REFUSED)
