"""The public list: filters, counts, refusals, addresses, queries, export."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from cms.achievements.actions import close_achievement, set_label
from cms.achievements.catalog_query import parse_query
from cms.achievements.models import AchievementPage
from cms.achievements.queries import list_catalog
from cms.core.actors import SYSTEM
from cms.rules.achievements import (
    IpItem,
    IpType,
    MaturityStage,
    PaymentForm,
    PricingMethod,
    PublicStatus,
    TransferMode,
)
from cms.rules.violations import RuleViolation
from tests.factories.achievements import AT, FACTS, make_page
from tests.factories.parties import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit(name="柳州示例大学")


def found(**parameters):
    lists = {
        name: value if isinstance(value, list) else [str(value)]
        for name, value in parameters.items()
    }
    return list_catalog(parse_query(lists))


def names(**parameters):
    return [row.title for row in found(**parameters).rows]


def counts(result, facet):
    return {option.value: option.count for option in result.facets[facet]}


@pytest.fixture
def three(unit):
    other = make_unit(name="示例职业学院")
    know_how = IpItem(IpType.KNOW_HOW, "配方", "", "柳州示例大学")
    make_page(unit, name="甲", reference_price=Decimal(900), district="450203")
    make_page(
        unit,
        at=AT + timedelta(hours=1),
        name="乙",
        district="450204",
        industry="384",
        technology_field="06",
        trl=4,
        stage=MaturityStage.LABORATORY,
        reference_price=None,
        price_note="按评估结果",
        ip_items=(know_how, *FACTS.ip_items),
    )
    make_page(
        other,
        at=AT + timedelta(hours=2),
        name="丙",
        district="100000",
        trl=9,
        stage=MaturityStage.PRODUCTION,
        reference_price=Decimal("120.50"),
        pricing_method=PricingMethod.LISTING,
        payment_form=PaymentForm.INSTALMENTS,
        transfer_modes=(TransferMode.EQUITY_CONTRIBUTION,),
    )
    return unit, other


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["丙", "乙", "甲"]),
        ({"field": "06"}, ["乙"]),
        ({"field": ["03", "06"]}, ["丙", "乙", "甲"]),
        ({"region": "450200"}, ["乙", "甲"]),
        ({"region": "450203"}, ["甲"]),
        ({"region": "ELSEWHERE"}, ["丙"]),
        ({"industry": "C"}, ["丙", "乙", "甲"]),
        ({"industry": "38"}, ["乙"]),
        ({"industry": "367"}, ["丙", "甲"]),
        ({"industry": "A"}, []),
        ({"stage": "production"}, ["丙"]),
        ({"trl_min": 5}, ["丙", "甲"]),
        ({"trl_min": 4, "trl_max": 7}, ["乙", "甲"]),
        ({"ip": "know_how"}, ["乙"]),
        ({"ip": ["know_how", "invention"]}, ["丙", "乙", "甲"]),
        ({"price_mode": "listing"}, ["丙"]),
        ({"payment": "instalments"}, ["丙"]),
        ({"mode": "license"}, ["乙", "甲"]),
        ({"mode": "use_then_pay"}, []),
        ({"region": "450200", "trl_min": 5}, ["甲"]),
        ({"q": "甲"}, ["甲"]),
        ({"q": "cg-2026-0002"}, ["乙"]),
        ({"q": "职业学院"}, ["丙"]),
        ({"q": "示例 乙"}, ["乙"]),
        ({"q": "没有的词"}, []),
        ({"sort": "price_asc"}, ["丙", "甲", "乙"]),
        ({"sort": "price_desc"}, ["甲", "丙", "乙"]),
        ({"sort": "trl_desc"}, ["丙", "甲", "乙"]),
        ({"sort": "updated"}, ["丙", "乙", "甲"]),
    ],
    ids=str,
)
def test_filter_gives_exactly_its_rows(three, parameters, expected):
    assert names(**parameters) == expected


def test_unit_filter_and_its_facet(three):
    unit, other = three

    assert names(unit=unit.pk) == ["乙", "甲"]
    assert counts(found(unit=unit.pk), "unit") == {str(unit.pk): 2, str(other.pk): 1}
    assert [o.label for o in found().facets["unit"]] == ["柳州示例大学", "示例职业学院"]


def test_each_facet_counts_with_the_other_filters_applied(three):
    result = found(field="06", trl_min=4)

    assert counts(result, "field") == {"03": 2, "06": 1}
    assert counts(result, "stage") == {"laboratory": 1}
    assert counts(result, "trl") == {"4": 1}
    assert counts(result, "region") == {"450200": 1, "450204": 1}
    assert counts(result, "payment") == {"one_off": 1}


def test_industry_facet_opens_level_by_level(three):
    assert counts(found(), "industry") == {"C": 3}
    assert counts(found(industry="C"), "industry") == {"C": 3, "36": 2, "38": 1}
    opened = found(industry="36").facets["industry"]
    assert [(o.value, o.count, o.depth, o.selected) for o in opened] == [
        ("C", 3, 0, False),
        ("36", 2, 1, True),
        ("367", 2, 2, False),
        ("38", 1, 1, False),
    ]


def test_label_of_an_offer_is_a_filter(three):
    page = AchievementPage.objects.get(title="甲")
    set_label(page, TransferMode.USE_THEN_PAY, PaymentForm.DEFERRED, by=SYSTEM, at=AT)

    assert names(mode="use_then_pay") == ["甲"]
    assert names(payment="deferred") == ["甲"]
    assert names(payment="one_off") == ["乙"]


def test_closed_rows_leave_list_and_counts(three):
    page = AchievementPage.objects.get(title="丙")
    assert found().count == 3

    close_achievement(page, PublicStatus.WITHDRAWN, by=SYSTEM, at=AT)

    assert names() == ["乙", "甲"]
    assert counts(found(), "mode") == {"transfer": 2, "license": 2}
    assert counts(found(), "unit") == {str(three[0].pk): 2}


@pytest.mark.parametrize(
    ("query", "code", "text"),
    [
        ("feild=03", "E-QP-01", "不支持的筛选参数“feild”，最接近的是“field”。"),
        ("industy=C", "E-QP-01", "不支持的筛选参数“industy”，最接近的是“industry”。"),
        ("field=99", "E-QP-02", "筛选参数“field”的值“99”无效。"),
        ("trl_min=0", "E-QP-02", "筛选参数“trl_min”的值“0”无效。"),
        ("trl_min=7&trl_max=3", "E-QP-02", "筛选参数“trl_max”的值“3”无效。"),
        ("page=-1", "E-QP-02", "筛选参数“page”的值“-1”无效。"),
        ("page=２", "E-QP-02", "筛选参数“page”的值“２”无效。"),
        ("page=2", "E-QP-03", "第2页不存在，共1页。"),
        ("size=30", "E-QP-02", "筛选参数“size”的值“30”无效。"),
        ("sort=cheap", "E-QP-02", "筛选参数“sort”的值“cheap”无效。"),
        ("unit=1%20or%201", "E-QP-02", "筛选参数“unit”的值“1 or 1”无效。"),
        ("view=map", "E-QP-02", "筛选参数“view”的值“map”无效。"),
        (
            "sort=newest&sort=updated",
            "E-QP-02",
            "筛选参数“sort”的值“newest、updated”无效。",
        ),
        ("q=%00", "E-QP-02", "筛选参数“q”的值“\x00”无效。"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_list_refuses_bad_parameters(client, query, code, text):
    response = client.get(f"/achievements/?{query}")

    assert response.status_code == 400
    refusal = response.context["refusal"]
    assert (refusal.code, refusal.message) == (code, text)
    assert code in response.content.decode()


def test_export_refuses_bad_parameters(client):
    assert client.get("/achievements/export.xlsx?nope=1").status_code == 400


def test_refusal_leads_back_without_the_parameter(client):
    response = client.get("/achievements/?field=03&feild=06")

    assert response.context["url_without"] == "/achievements/?field=03"


def test_empty_values_go_to_the_canonical_address(client):
    response = client.get("/achievements/?trl_min=&q=&mode=license&field=03")

    assert response.status_code == 302
    assert response.url == "/achievements/?field=03&mode=license"


def test_addresses_are_stable_whatever_the_order(client):
    first = client.get("/achievements/?mode=license&field=06&field=03&size=20")
    second = client.get("/achievements/?field=03&field=06&mode=license&page=1")

    expected = "http://testserver/achievements/?field=03&field=06&mode=license"
    assert first.context["canonical"] == second.context["canonical"] == expected
    assert f'<link rel="canonical" href="{expected.replace("&", "&amp;")}">' in (
        first.content.decode()
    )


def test_choosing_a_level_replaces_those_above_and_below():
    query = parse_query({"industry": ["C"]})

    assert query.toggled("industry", "36").chosen == {"industry": ("36",)}
    assert query.toggled("industry", "A").chosen == {"industry": ("A", "C")}
    assert query.toggled("industry", "C").chosen == {}
    narrow = parse_query({"industry": ["367"]})
    assert narrow.toggled("industry", "C").chosen == {"industry": ("C",)}


@pytest.mark.parametrize("rows", [1, 50], ids=["1 row", "50 rows"])
@pytest.mark.parametrize("view", ["table", "cards"])
def test_list_takes_the_same_few_queries(unit, rows, view, django_assert_num_queries):
    for number in range(rows):
        make_page(unit, name=f"成果{number}")
    client = Client()
    client.get("/achievements/")  # reads index, site and content types once
    with django_assert_num_queries(5 if view == "cards" else 4):
        response = client.get(f"/achievements/?size=100&view={view}")

    assert response.status_code == 200
    assert response.content.decode().count("/achievements/CG-2026-") == rows


def test_list_of_a_signed_in_person_stays_below_nine_queries(
    unit, actors, client_as, django_assert_max_num_queries
):
    for number in range(50):
        make_page(unit, name=f"成果{number}")
    client = client_as(actors.user("ent"))
    client.get("/achievements/")
    with django_assert_max_num_queries(8):
        client.get("/achievements/?size=100&view=cards")


def test_list_pages_follow_one_another_without_gaps(unit):
    for number in range(45):
        make_page(unit, name=f"成果{number:02d}")

    titles = names() + names(page=2) + names(page=3)

    assert titles == [f"成果{number:02d}" for number in reversed(range(45))]
    with pytest.raises(RuleViolation, match="E-QP-03"):
        found(page=4)


def test_empty_catalog_says_so(client):
    text = client.get("/achievements/").content.decode()

    assert "暂无已发布的成果" in text
    assert "共 0 项成果" in text


def test_export_holds_the_filtered_rows_as_text(client, unit):
    make_page(unit, name="=HYPERLINK(1)", price_note="@SUM", reference_price=None)
    make_page(unit, name="别的成果", technology_field="06")

    response = client.get("/achievements/export.xlsx?field=03")

    assert response.headers["Content-Disposition"].startswith("attachment")
    sheet = load_workbook(BytesIO(response.getvalue())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0].endswith("共 1 条")
    assert len(rows) == 3
    assert rows[2][:3] == ("CG-2026-0001", "'=HYPERLINK(1)", "柳州示例大学")
    assert rows[2][14] == "面议（@SUM）"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_export_states_its_cap(client, unit, monkeypatch):
    monkeypatch.setattr("cms.pages.catalog.list_views.EXPORT_MAX", 2)
    for number in range(3):
        make_page(unit, name=f"成果{number}")

    response = client.get("/achievements/export.xlsx")

    rows = list(load_workbook(BytesIO(response.getvalue())).active.values)
    assert rows[0][0].endswith("共 3 条，本文件只含前 2 条")
    assert [row[1] for row in rows[2:]] == ["成果2", "成果1"]
