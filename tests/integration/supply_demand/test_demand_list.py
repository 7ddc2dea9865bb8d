"""The public demand list: strict filters, facets, export, queries, canary."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.http import QueryDict
from django.test import Client
from openpyxl import load_workbook

from cms.rules.roles import Role
from cms.rules.violations import RuleViolation
from cms.supply_demand.models import DemandPage
from cms.supply_demand.queries.demand_list import (
    DemandFilter,
    list_public_demands,
    parse_filter,
)
from cms.supply_demand.queries.suggestions import suggest_demands, suggest_offers
from tests.factories.demands import AT, make_call, make_demand, make_offer
from tests.factories.parties import make_actor, make_enterprise

pytestmark = pytest.mark.django_db


def facets(found):
    return {
        name: [(option.value, option.count) for option in options]
        for name, options in found.facets.items()
    }


def numbers(query):
    found = list_public_demands(parse_filter(QueryDict(query)))
    return [row.number for row in found.rows]


@pytest.fixture
def three():
    """Three demands of one enterprise that differ in every facet."""
    enterprise, bureau = make_enterprise(), make_actor(Role.BUREAU)
    call = make_call(bureau)
    make_demand(enterprise, bureau=bureau, call=call)
    make_demand(
        enterprise,
        bureau=bureau,
        at=AT + timedelta(days=1),
        title="切削液长效抑菌",
        industry="34",
        district="450204",
        modes=("transfer",),
        budget="",
        valid_until=date(2026, 12, 31),
    )
    make_demand(
        enterprise,
        bureau=bureau,
        at=AT + timedelta(days=2),
        title="稻米干燥节能",
        industry="A",
        district="450222",
        modes=("license", "transfer"),
        budget="negotiable",
        needed_by=None,
    )


def test_facets_count_what_each_choice_would_leave(three):
    found = list_public_demands(DemandFilter())

    assert found.total == 3
    assert facets(found) == {
        "industry": [("A", 1), ("C", 2)],
        "district": [("450203", 1), ("450204", 1), ("450222", 1)],
        "mode": [("use_then_pay", 1), ("license", 2), ("transfer", 2)],
        "budget": [("negotiable", 1), ("from_10", 1)],
        "call": [("ZJ-2026-0001", 1), ("regular", 2)],
        "state": [("published", 3)],
    }


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (
            "district=450203",
            "district",
            [("450203", 1), ("450204", 1), ("450222", 1)],
        ),
        ("budget=from_10", "budget", [("negotiable", 1), ("from_10", 1)]),
        ("call=regular", "call", [("ZJ-2026-0001", 1), ("regular", 2)]),
        ("call=regular", "district", [("450204", 1), ("450222", 1)]),
        ("mode=license&budget=from_10", "budget", [("negotiable", 1), ("from_10", 1)]),
        ("mode=license&budget=from_10", "district", [("450203", 1)]),
    ],
)
def test_chosen_facet_still_offers_its_other_choices(three, query, name, expected):
    found = list_public_demands(parse_filter(QueryDict(query)))

    assert facets(found)[name] == expected


def test_a_facet_keeps_its_other_choices_and_narrows_the_rest(three):
    found = list_public_demands(DemandFilter(mode="transfer", industry="C"))

    assert [row.number for row in found.rows] == ["XQ-2026-0002"]
    assert facets(found)["mode"] == [
        ("use_then_pay", 1),
        ("license", 1),
        ("transfer", 1),
    ]
    assert facets(found)["industry"] == [("34", 1)]
    assert facets(found)["district"] == [("450204", 1)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["XQ-2026-0003", "XQ-2026-0002", "XQ-2026-0001"]),
        ("sort=closing", ["XQ-2026-0002", "XQ-2026-0001", "XQ-2026-0003"]),
        ("sort=needed", ["XQ-2026-0001", "XQ-2026-0002", "XQ-2026-0003"]),
        ("industry=C", ["XQ-2026-0002", "XQ-2026-0001"]),
        ("industry=36", ["XQ-2026-0001"]),
        ("industry=361", ["XQ-2026-0001"]),
        ("district=450222", ["XQ-2026-0003"]),
        ("district=450200", ["XQ-2026-0003", "XQ-2026-0002", "XQ-2026-0001"]),
        ("mode=license", ["XQ-2026-0003", "XQ-2026-0001"]),
        ("budget=from_10", ["XQ-2026-0001"]),
        ("call=ZJ-2026-0001", ["XQ-2026-0001"]),
        ("call=regular", ["XQ-2026-0003", "XQ-2026-0002"]),
        ("call=ZJ-2099-0001", []),
        ("state=resolved", []),
        ("q=抑菌", ["XQ-2026-0002"]),
        ("q=xq-2026-0001", ["XQ-2026-0001"]),
    ],
)
def test_filters(three, query, expected):
    assert numbers(query) == expected


@pytest.mark.parametrize(
    ("query", "code", "message"),
    [
        ("modes=license", "E-QP-01", "不支持的筛选参数“modes”，最接近的是“mode”。"),
        ("mode=barter", "E-QP-02", "筛选参数“mode”的值“barter”无效。"),
        ("mode=license&mode=transfer", "E-QP-02", "筛选参数“mode”的值“transfer”无效。"),
        ("size=7", "E-QP-02", "筛选参数“size”的值“7”无效。"),
        ("page=0", "E-QP-02", "筛选参数“page”的值“0”无效。"),
        ("page=9", "E-QP-03", "第9页不存在，共1页。"),
        ("call=GS-1", "E-QP-02", "筛选参数“call”的值“GS-1”无效。"),
        ("sort=random", "E-QP-02", "筛选参数“sort”的值“random”无效。"),
        ("state=draft", "E-QP-02", "筛选参数“state”的值“draft”无效。"),
        ("q=" + "长" * 61, "E-QP-02", f"筛选参数“q”的值“{'长' * 20}”无效。"),
    ],
)
def test_what_is_not_understood_is_refused(query, code, message):
    with pytest.raises(RuleViolation) as refused:
        list_public_demands(parse_filter(QueryDict(query)))

    assert (refused.value.code, refused.value.message) == (code, message)


def test_refused_parameter_gives_a_helpful_page():
    for path in ("/demands/", "/demands/export.xlsx"):
        response = Client().get(f"{path}?secret=1")
        assert response.status_code == 400
        assert "E-QP-01" in response.content.decode()


def test_query_string_is_stable_and_leaves_defaults_out():
    asked = parse_filter(
        QueryDict("sort=newest&mode=license&page=2&industry=C&size=20")
    )

    assert asked.query_string() == "industry=C&mode=license"
    assert asked.query_string(page=2) == "industry=C&mode=license&page=2"
    assert asked.query_string(mode="") == "industry=C"
    assert DemandFilter().query_string() == ""


def copies(page, count):
    """Add rows like a page by the table, which is enough to be listed."""
    from cms.core.pages import add_page
    from cms.supply_demand.models import DemandIndexPage
    from cms.supply_demand.tree import get_index_page

    fields = {
        field.attname: getattr(page, field.attname)
        for field in DemandPage._meta.local_fields
        if field.attname not in ("page_ptr_id", "number")
    }
    for place in range(count):
        number = f"XQ-2026-9{place:03d}"
        add_page(
            get_index_page(DemandIndexPage),
            DemandPage(
                title=f"{page.title}{place}",
                slug=number.lower(),
                number=number,
                **fields,
            ),
            at=AT,
        )


def test_empty_list_says_so():
    assert "暂无已发布的需求" in Client().get("/demands/").content.decode()
    found = Client().get("/demands/?mode=license").content.decode()
    assert "没有符合条件的需求" in found


def test_export_has_the_filtered_rows_and_no_formula():
    make_demand(title="=cmd变形控制")
    make_demand(title="抑菌", modes=("transfer",))

    response = Client().get("/demands/export.xlsx?mode=license")

    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 3
    assert rows[1][:3] == ("需求编号", "需求名称", "企业")
    assert rows[2][1] == "'=cmd变形控制"
    assert sheet.cell(3, 2).data_type == "s"


def test_canary_no_public_surface_shows_what_is_private(client_as):
    enterprise = make_enterprise(name="柳州金丝雀精密有限公司", short_name="金丝雀精密")
    call = make_call()
    demand = make_demand(enterprise, is_anonymous=True, call=call)
    make_demand(title="另一需求")
    offer = make_offer()
    anonymous = Client()
    paths = (
        "/",
        "/demands/",
        f"/demands/{demand.number.lower()}/",
        "/demands/?q=金丝雀",
        f"/calls/{call.number.lower()}/",
        "/calls/",
        "/events/",
        "/statistics/",
        "/site-map/",
        "/sitemap.xml",
        f"/supply/{offer.slug}/",
    )

    for path in paths:
        response = anonymous.get(path)
        text = response.content.decode()
        for canary in ("金丝雀精密", enterprise.credit_code, "13800000011", "李示例"):
            assert canary not in text, (path, canary)
    export = anonymous.get("/demands/export.xlsx")
    sheet = load_workbook(BytesIO(b"".join(export.streaming_content))).active
    cells = " ".join(str(c) for row in sheet.iter_rows(values_only=True) for c in row)
    assert "金丝雀" not in cells
    assert enterprise.credit_code not in cells


def test_suggestions_show_the_best_first_with_reasons():
    demand = make_demand()
    fitting = make_offer()
    make_offer(
        number="FB-2026-0902",
        title="稻米干燥",
        abstract="稻谷干燥",
        industry="051",
        district="450222",
    )

    offers = suggest_offers(DemandPage.objects.get())
    demands = suggest_demands(fitting)

    assert [one.page.pk for one in offers] == [fitting.pk]
    assert offers[0].fit.points == 80
    assert offers[0].fit.reasons == (
        "行业相同",
        "同一地区",
        "合作方式一致：先使用后付费、许可",
        "共同用词：“铝合金薄壁件铣削变形”、“残余应力在线检测与补偿”",
    )
    assert [one.page.number for one in demands] == [demand.number]
