"""What the forms, notices and letters say, and what they never print."""

import re

import pytest

from tests.factories.cases import DICTIONARY, LIBRARY, paper_text

PAPERS = {
    "D-01": "team/income_sharing_agreement",
    "D-02": "application/empowerment_application",
    "D-03": "application/transformation_plan",
    "D-04": "reviews/negative_list_check",
    "D-04b": "reviews/conduct_check",
    "D-05": "application/relationship_declaration",
    "D-06": "reviews/empowerment_approval",
    "D-06b": "reviews/transformation_approval",
    "D-07": "notices/empowerment_notice",
    "D-08": "notices/notice_result_report",
    "D-27": "use_then_pay/release_application",
    "D-28": "use_then_pay/supply_release",
    "D-29": "use_then_pay/technology_demand",
    "D-30": "use_then_pay/letter_of_intent",
    "D-37": "notices/negotiated_price_notice",
    "D-63": "filing/contract_filing",
    "D-97": "ownership/priority_declaration",
    "D-98": "reviews/due_diligence",
    "D-99": "ownership/co_owner_consent",
    "D-100": "reviews/objection_conclusion",
}
USE_RIGHT = {"empowerment.kind": "use_right", "empowerment.mode": "M5"}
NO_PRICE = {"notice.price_formula": "净销售额的3%"}
PRICE = {"notice.price": "3200000.00"}
# The fields of the missing official form, 附件6六(一), with their groups.
APPLICATION_FIELDS = {
    "unit": "name credit_code kind pilot_status department",
    "achievement": "name ledger_number form attribute district industry"
    " technology_field discipline trl stage abstract scenario advantage audience"
    " project_restriction",
    "supply": "form_version handler handler_phone pictures team_consents"
    " is_title_clear has_disputes dispute_note is_empowered license_kind use_term"
    " free_term trigger latest_on reference_price price_formula royalty_base"
    " royalty_rate territory is_sublicensable services accepted_parties requirements"
    " contact contact_phone contact_email has_related_party secrecy_review"
    " ethics_review is_export_restricted export_note is_declassified_defense"
    " declassification_number other_form_proof attachments unit_opinion valid_months"
    " valid_until batch received_on receiver review_opinion reviewer reviewed_on"
    " release_number",
    "item": "kind name number owner filed_on granted_on expires_on legal_status"
    " fee_paid_until encumbrance item result evidence",
    "project": "name source number",
    "team": "representative members",
    "empowerment": "mode remaining_share starts_on ends_on",
    "payment": "form other_form",
    "approval": "pricing_method",
    "dates": "application_on",
}
DEMAND_FIELDS = {
    "company": "name credit_code size",
    "demand": "number is_anonymous district industry title problem indicators modes"
    " budget needed_by contact contact_phone valid_until accepts_push"
    " consents_to_publication states_truth states_secrecy received_on receiver",
}


def source(instrument: str) -> str:
    return (LIBRARY / f"{PAPERS[instrument]}.outline.txt").read_text(encoding="utf-8")


def lacking(text: str, fields: dict[str, str]) -> list[str]:
    return [
        f"{record}.{name}"
        for record, names in fields.items()
        for name in names.split()
        if not re.search(rf"\b{record}\.{name}\b", text)
    ]


def test_release_application_asks_every_field_of_the_register():
    assert lacking(source("D-27"), APPLICATION_FIELDS) == []


def test_demand_form_asks_every_field_of_the_register():
    assert lacking(source("D-29"), DEMAND_FIELDS) == []


@pytest.mark.parametrize("instrument", ["D-07", "D-08", "D-28", "D-37"])
def test_paper_for_the_public_reads_nothing_personal(instrument):
    personal = {
        field
        for fields in DICTIONARY.records.values()
        for field, variable in fields.items()
        if variable.personal
    } - {variable.name for variable in DICTIONARY.records["notice"].values()}
    read = set(re.findall(r"\b[a-z]\w*\.([a-z]\w*)", source(instrument)))

    assert read & personal == set()


@pytest.mark.parametrize("instrument", PAPERS)
@pytest.mark.parametrize("changes", [{}, USE_RIGHT], ids=["ownership", "use-right"])
def test_paper_leaves_no_tag_and_no_empty_value(instrument, changes):
    text = paper_text(PAPERS[instrument], changes)

    assert re.findall(r"\{\{|\{%|None", text) == []
    assert "：。" not in text


@pytest.mark.parametrize("instrument", ["D-01", "D-02", "D-05", "D-27", "D-63"])
def test_unfilled_value_prints_none_in_words(instrument):
    assert "无" in paper_text(PAPERS[instrument]).replace("无误", "")


def test_team_agreement_splits_ownership_only_where_ownership_is_granted():
    members = {"team.members": [{"ownership_share": "60"}, {"ownership_share": "40"}]}

    granted = paper_text(PAPERS["D-01"], members)
    used = paper_text(PAPERS["D-01"], members | USE_RIGHT)

    assert "权属份额" in granted
    assert "第四条　权属份额" in granted
    assert "权属份额" not in used


def test_team_agreement_names_members_from_outside():
    inside = paper_text(PAPERS["D-01"], {"team.members": [{}]})
    outside = paper_text(
        PAPERS["D-01"], {"team.members": [{"name": "吴示例", "is_external": True}]}
    )

    assert "所在单位归属声明" not in inside
    assert "所在单位归属声明" in outside


def test_shares_of_the_team_add_up_in_print():
    rows = [{"revenue_share": share} for share in ("33.3333", "33.3333", "33.3334")]

    assert "| ^ 100%" in paper_text(PAPERS["D-01"], {"team.members": rows})


def test_use_right_application_asks_for_the_plan():
    assert "5.成果转化方案" in paper_text(PAPERS["D-02"], USE_RIGHT)
    assert "5.成果转化方案" not in paper_text(PAPERS["D-02"])


@pytest.mark.parametrize(("changes", "number"), [({}, "5"), (USE_RIGHT, "6")])
def test_enclosures_are_numbered_without_a_gap(changes, number):
    shared = changes | {"empowerment.has_co_owners": True}

    assert f"{number}.其他共有人书面同意书" in paper_text(PAPERS["D-02"], shared)


def test_plan_adds_up_its_funds():
    rows = [{"amount": "300000.00"}, {"amount": "1200000.50"}]

    assert ">> 1,500,000.50" in paper_text(PAPERS["D-03"], {"plan.funds": rows})


def test_withdrawn_objection_is_not_judged():
    text = paper_text(PAPERS["D-100"], {"objection.result": "withdrawn"})

    assert "异议人已撤回异议，本件异议终结" in text
    assert "经审议" not in text


def test_approval_speaks_of_an_appraisal_only_where_there_is_one():
    appraised = {"approval.needs_appraisal": True, "approval.appraisal": "评估报告一份"}

    assert "评估报告一份" in paper_text(PAPERS["D-06"], appraised)
    assert "由单位自主决定，不作评估" in paper_text(PAPERS["D-06"])


@pytest.mark.parametrize(
    ("mode", "manner"),
    [
        ("M1", "单位让渡其余份额，完成人以全部所有权作价入股"),
        ("M2", "单位份额转让给企业，完成人份额作价入股"),
        ("M3", "所有权转让给项目公司，拨款按约定转为股权"),
        ("M4", "技术许可，一次性收取许可费"),
        ("M5", "技术许可，免费期满按约定收费"),
        ("M6", "使用权作价入股，按约定分配收益"),
    ],
)
def test_approval_tells_how_each_mode_transforms(mode, manner):
    text = paper_text(PAPERS["D-06"], {"empowerment.mode": mode})

    assert f"| ! 转化方式 | {manner} | ! 定价方式" in text


@pytest.mark.parametrize(("manner", "named"), [("empowerment", 1), ("license", 0)])
def test_transformation_by_empowerment_names_the_mode(manner, named):
    text = paper_text(PAPERS["D-06b"], {"approval.manner": manner})

    assert text.count("⏎赋权方式：赋予部分所有权+技术转让+约定收益") == named


def test_supply_page_tells_pledges_and_exclusive_licenses():
    rows = [{"encumbrance": "已质押给示例银行"}]

    assert "已质押给示例银行" in paper_text(PAPERS["D-28"], {"ip_items": rows})


def test_plan_names_the_partner_only_when_there_is_one():
    partner = {"plan.partner": "柳州示例机电有限公司"}

    alone = paper_text(PAPERS["D-03"], partner)
    joint = paper_text(PAPERS["D-03"], partner | {"plan.path": "joint"})

    assert ("柳州示例机电有限公司" in alone, "柳州示例机电有限公司" in joint) == (
        False,
        True,
    )


def test_check_before_signing_is_a_second_column():
    rows = [{"recheck": "absent"}] * 6 + [{}]

    text = paper_text(PAPERS["D-04"], {"negative_list.items": rows})

    assert "签约前⏎复核" in text
    assert text.count("待复核") == 1


@pytest.mark.parametrize("hit", [None, 0, 2, 3, 6])
def test_one_hit_or_one_lacking_condition_decides_the_check(hit):
    results = ["present" if row == hit else "absent" for row in range(7)]
    rows = [{"result": result, "recheck": "absent"} for result in results]

    text = paper_text(PAPERS["D-04"], {"negative_list.items": rows})
    approval = paper_text(PAPERS["D-06"], {"negative_list.items": rows})

    assert ("■属于负面清单情形" in text) == (hit is not None)
    assert ("■不属于负面清单情形" in text) == (hit is None)
    assert ("| 属于负面清单情形（" in approval) == (hit is not None)


@pytest.mark.parametrize(
    ("rechecks", "boxes"),
    [
        (["absent"] * 7, "■没有变化，仍不存在 □有变化"),
        (["absent"] * 6 + ["present"], "□没有变化，仍不存在 ■有变化"),
        (["absent"] * 6 + [None], "□没有变化，仍不存在 □有变化"),
    ],
)
def test_recheck_is_concluded_from_its_column(rechecks, boxes):
    rows = [{"recheck": recheck} for recheck in rechecks]

    assert boxes in paper_text(PAPERS["D-04"], {"negative_list.items": rows})


def test_declaration_of_a_relation_carries_the_words_for_the_notice():
    text = paper_text(
        PAPERS["D-05"],
        {
            "declarations": [
                {"name": "陈示例", "has_relation": True, "party": "柳州示例有限公司"},
                {"name": "周示例"},
            ]
        },
    )

    assert text.count("# 关联关系声明书") == 2
    assert text.count("公示说明⏎文字") == 1


@pytest.mark.parametrize("mode", ["M1", "M2", "M3", "M4"])
def test_notice_of_a_priced_mode_is_also_a_price_notice(mode):
    text = paper_text(PAPERS["D-07"], {"empowerment.mode": mode} | PRICE)

    assert "赋权暨协议定价公示" in text
    assert "人民币3,200,000.00元（大写：叁佰贰拾万元整）" in text
    assert "收益计算" not in text


@pytest.mark.parametrize("mode", ["M5", "M6"])
def test_notice_of_an_unpriced_mode_tells_the_formula(mode):
    text = paper_text(
        PAPERS["D-07"], {"empowerment.mode": mode, "notice.income_formula": "三成"}
    )

    assert "协议定价公示" not in text
    assert "| ! 收益计算⏎办法 | 三成" in text


def test_price_notice_prints_a_formula_when_there_is_no_sum():
    text = paper_text(PAPERS["D-37"], NO_PRICE)

    assert "| ! 拟交易价格 | 净销售额的3%" in text


@pytest.mark.parametrize("instrument", ["D-07", "D-37"])
def test_notice_tells_that_the_transferee_is_an_insider(instrument):
    mode = {"empowerment.mode": "M3"}
    insider = mode | {"notice.has_insider": True, "notice.insider_note": "系完成人"}

    assert "：系完成人" in paper_text(PAPERS[instrument], insider | PRICE)
    assert "系完成人" not in paper_text(PAPERS[instrument], mode | PRICE)


@pytest.mark.parametrize("mode", ["M1", "M2", "M4", "M5", "M6"])
def test_notice_of_a_grant_to_the_inventors_always_says_so(mode):
    note = {"notice.has_insider": False, "notice.insider_note": "被许可人系完成人"}
    text = paper_text(PAPERS["D-07"], {"empowerment.mode": mode} | note | PRICE)
    approval = paper_text(PAPERS["D-06b"], {"empowerment.mode": mode})

    assert "现予说明：被许可人系完成人" in text
    assert "意向转化对象不是完成人" not in approval


def test_notice_report_counts_the_later_of_two_venues():
    unit_last = {"dates.notice_closed_on": "2026-10-26"}
    platform = {
        "notice.has_platform_venue": True,
        "notice.platform_opened_on": "2026-10-14",
        "notice.platform_closed_on": "2026-10-29",
    }
    two = paper_text(PAPERS["D-08"], unit_last | platform)

    assert "以较晚届满的时间为准，即2026年10月29日24时公示届满" in two
    assert "| 公开交易平台 | ^ 2026年10月14日 | ^ 2026年10月29日" in two
    assert "以较晚届满的时间为准" not in paper_text(PAPERS["D-08"])


@pytest.mark.parametrize("instrument", ["D-07", "D-37"])
@pytest.mark.parametrize("later", ["2026-10-26", "2026-10-29"])
def test_notice_of_two_venues_ends_with_the_later(instrument, later):
    other = {"2026-10-26": "2026-10-29", "2026-10-29": "2026-10-26"}[later]
    days = {
        "empowerment.mode": "M4",
        "notice.has_platform_venue": True,
        "dates.notice_closed_on": later,
        "notice.platform_closed_on": other,
    }

    text = paper_text(PAPERS[instrument], days | PRICE)

    assert "公示期自次日起算，至2026年10月26日24时止" in text
    assert "以较晚届满的2026年10月29日24时为准" in text


def test_notice_report_tells_of_objections():
    some = {"notice.objections": 2, "notice.handling": "均已办结"}

    assert "收到书面异议2件" in paper_text(PAPERS["D-08"], some)
    assert "没有收到异议" in paper_text(PAPERS["D-08"], {"notice.objections": 0})


def test_intention_binds_by_numbers_that_follow_the_clauses():
    exclusive = paper_text(PAPERS["D-30"], {"intention.is_exclusive": True})
    related = paper_text(PAPERS["D-30"], {"notice.has_insider": True})

    assert "第三条、第四条、第五条、第六条、第八条、第九条和第十条对双方" in exclusive
    assert "第三条、第四条、第五条、第六条、第九条、第十条和第十一条对双方" in related


def test_filing_informs_and_never_asks_for_approval():
    text = paper_text(PAPERS["D-63"])

    assert "不属于报请审批" in text
    assert re.search(r"请予(审批|批准|备案)", text) is None


def test_filing_adds_up_the_sums_that_are_known():
    rows = [{"amount": "3200000.00"}, {"amount": "500000.00"}, {}]

    text = paper_text(PAPERS["D-63"], {"filing.contracts": rows})

    assert ">> 3,700,000.00" in text
    assert "3份" in text


def test_priority_declaration_answers_for_every_inventor():
    answers = [{"name": "陈示例", "choice": "waive"}, {"choice": "exercise"}]

    text = paper_text(PAPERS["D-97"], {"priority.answers": answers})

    assert "□行使 ■放弃" in text
    assert "■行使 □放弃" in text
    assert "仅对本次转让" in text
    assert "愿意按上列同等条件受让" in text


def test_refusing_co_owner_grants_nothing():
    text = paper_text(PAPERS["D-99"], {"co_owners": [{"opinion": "refuse"}]})

    assert "我方不同意上述事项" in text
    assert "同意贵单位与成果完成人签订赋权协议" not in text


def test_sustained_objection_ends_the_notice():
    sustained = paper_text(PAPERS["D-100"], {"objection.result": "sustained"})
    dismissed = paper_text(PAPERS["D-100"], {"objection.result": "dismissed"})

    assert "本次公示终止" in sustained
    assert "公示期未满的，公示继续至届满" in dismissed


def test_anonymous_demand_keeps_the_name_back():
    text = paper_text(PAPERS["D-29"], {"demand.is_anonymous": True})

    assert "■匿名显示" in text
    assert "企业名称仅在双方均同意对接后告知对方" in text
