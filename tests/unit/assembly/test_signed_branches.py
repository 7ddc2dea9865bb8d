"""Branches of the ownership papers as a signer reads them, filled with other answers."""

import io
import json
from typing import Any

import pytest

from assembly.outline import outline
from tests.snapshots import ANSWERS, library


def read(instrument: str, mode: str, **changes: Any) -> str:
    """Return a paper's text; changes are `record__field=value`."""
    data = json.loads((ANSWERS / f"{mode}.json").read_text("utf-8"))
    for name, value in changes.items():
        record, _, field = name.partition("__")
        if field:
            data[record][field] = value
        else:
            data[record] = value
    return outline(io.BytesIO(library().template(instrument).render(data)))


@pytest.mark.parametrize("instrument", ["D-09", "D-13", "D-15"])
def test_reward_floor_names_the_income_it_is_measured_on(instrument):
    together = read(instrument, "M1", empowerment__reward_counting="counts_toward")
    apart = read(instrument, "M1", empowerment__reward_counting="in_addition")

    assert "甲方和乙方就该成果取得的全部转化收入扣除" in together
    assert "甲方自己取得的转化收入扣除" not in together
    assert "甲方自己取得的转化收入扣除" in apart
    assert "全部转化收入扣除" not in apart


@pytest.mark.parametrize(
    ("instrument", "mode"), [("D-13", "M1"), ("D-14", "M1"), ("D-16", "M2")]
)
def test_full_title_is_not_promised_beside_other_co_owners(instrument, mode):
    alone = read(instrument, mode)
    shared = read(instrument, mode, empowerment__has_co_owners=True)

    assert "全部所有权（100%）" in alone
    assert "全部所有权（100%）" not in shared
    assert "与其他共有人按份共有标的成果" in shared


def test_share_price_bears_joint_duty_and_no_royalty_delays_title():
    price = {
        "kind": "one_off",
        "trigger": "合同生效",
        "evidence": "银行回单",
        "amount": "1000000.00",
        "due": "生效后三十日内",
        "latest_on": "2026-12-31",
        "payer": "成果完成人团队",
        "payee": "柳州示例理工大学",
    }
    changes = {
        "payment__consideration": "price",
        "payment__total": "1000000.00",
        "payment__invoice": "收款后开具",
        "payments": [price],
    }

    text = read("D-13", "M1", **changes)
    assert "登记的申请条件为固定金额的价款全部付清" in text
    assert "收入提成不作为申请条件" in text
    assert "承担连带责任，内部依照首部所列份额分担" in text
    assert "独立于本合同的对价，分别结算" in text
    exit_text = read("D-15", "M1", payment__consideration="price")
    assert "互不抵扣" in exit_text
    assert "具体化" not in exit_text


def test_income_as_consideration_carries_its_cap_into_the_contract():
    with_cap = read("D-13", "M1")
    without = read("D-13", "M1", revenue__cap=None)

    assert "累计取得的对价不超过人民币5,000,000.00元（大写：伍佰万元整）" in with_cap
    assert "累计取得的对价不超过" not in without
    assert "登记的申请条件为本合同生效。" in with_cap


def test_deposit_and_damages_never_stand_side_by_side():
    deposit = read("D-16", "M2", payment__breach_remedy="deposit")
    damages = read("D-16", "M2", payment__breach_remedy="damages")

    assert "各方已经选择适用定金罚则" in deposit
    assert "各方已经选择适用违约金" not in deposit
    assert "应当双倍返还定金。定金不足以弥补损失" not in damages
    assert "应当支付违约金，数额为人民币50,000.00元" in damages


@pytest.mark.parametrize(
    ("point", "recorded"), [("deposit", False), ("milestone", True)]
)
def test_interim_license_is_put_on_record(point, recorded):
    text = read("D-16", "M2", payment__transfer_point=point)

    assert ("3个月内向国务院专利行政部门办理备案" in text) is recorded
    assert ("同意前述许可和转移" in text) is recorded


def test_joint_stock_company_has_its_own_majority_and_full_payment():
    joint_stock = read("D-17", "M2")
    limited = read("D-17", "M2", equity__company_form="limited")

    assert "出席会议的股东所持表决权的三分之二以上通过" in joint_stock
    assert "变更登记之前全额缴足" in joint_stock
    assert "不超过五年" not in joint_stock
    assert "代表三分之二以上表决权的股东通过" in limited
    assert "自本次增资登记之日起不超过五年" in limited
    assert "均放弃对新增注册资本按照实缴的出资比例优先认缴的权利" in limited


@pytest.mark.parametrize(("instrument", "mode"), [("D-14", "M1"), ("D-20", "M3")])
def test_shares_before_and_after_are_whole(instrument, mode):
    assert "| ! 合计 | < | — | 100% | 100%" in read(instrument, mode)


def test_ledger_achievement_is_transferred_though_title_was_allotted():
    changes = {"grant__ownership": "ex_ante", "grant__price": None}
    from_ledger = read("D-19", "M3", **changes)
    outside = read("D-19", "M3", empowerment__is_in_ledger=False, **changes)

    assert "# 科技成果权属约定确认书" in from_ledger
    assert "（本页为《科技成果权属约定确认书》签署页）" in from_ledger
    assert "不属于事前约定归属" in from_ledger
    assert "优先受让权" in from_ledger
    assert "不属于事前约定归属" not in outside
    assert "优先受让权" not in outside


def test_allotted_title_leaves_other_co_owners_their_share():
    allotted = {"grant__ownership": "ex_ante", "grant__price": None}
    alone = read("D-19", "M3", **allotted)
    shared = read("D-19", "M3", empowerment__has_co_owners=True, **allotted)

    assert "即由乙方享有全部所有权（100%）" in alone
    assert "100%" not in shared.split("所有权的归属")[1].split("背景知识产权")[0]
    assert "由乙方与其他共有人按份共有标的成果" in shared
    assert "登记其他知识产权的权利由乙方与其他共有人共同享有" in shared


def test_money_of_a_grant_project_flows_in_one_direction():
    text = read("D-21", "M3")

    for way in (
        "（一）丁方取得",
        "（二）甲方（持有主体）",
        "（三）丁方以外",
        "（四）丙方",
    ):
        assert way in text
    assert "不是向股东分配利润" in text


def test_priority_is_answered_in_fifteen_days_and_names_secrets():
    text = read("D-97", "M1")

    assert "自通知送达之日起不满十五日的，以满十五日之日为准" in text
    assert "并包括下列技术秘密：旋压工艺参数包。" in text
    assert "协商不成的，按照转让时各自的权属份额比例受让" in text


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("M1", "将留存的份额让渡给成果完成人"),
        ("M2", "将留存的份额有偿转让给承接对象"),
        ("M3", "全部份额赋予（转让给）承接对象"),
    ],
)
def test_co_owner_is_asked_about_the_later_transfer_of_the_mode(mode, words):
    text = read("D-99", mode)

    assert words in text
    assert "在同等条件下的优先购买权：放弃" in text


def test_co_owner_of_a_use_right_is_not_asked_about_priority():
    assert "优先购买权" not in read("D-99", "M4")


def test_team_paper_lists_addresses_and_accounts_for_its_own_use_only():
    text = read("D-01", "M1")

    assert "| ^ 梁示例 | ^ 13900000002 | 柳州市城中区示例大道1号教工宿舍2栋 |" in text
    assert "不得用于公示或者其他目的" in text
    assert "以本项为准" in text
