"""Registration and recordal of signed contracts (PS-01…PS-06)."""

from decimal import Decimal

import pytest

from cms.rules.recordal import (
    Blocker,
    check_blockers,
    check_is_technology_contract,
    check_price_is_clear,
    payment_method,
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
