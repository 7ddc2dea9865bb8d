"""Excel in for demands: template, dry run, every fault, all or nothing."""

from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from cms.core.models import EvidenceEntry, PrivateFile
from cms.rules.roles import Role
from cms.supply_demand.demand_columns import COLUMNS, DEMAND_SHEET
from cms.supply_demand.models import Demand
from cms.supply_demand.queries.demands import facts_of
from tests.factories.demands import AT, PROBLEM, make_draft
from tests.factories.parties import make_enterprise, make_person
from tests.factories.pictures import png

pytestmark = pytest.mark.django_db
HEADERS = [column.header for column in COLUMNS]
IMPORT = "/my/demands/import/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


def row_of(enterprise, **changes):
    values = {
        "enterprise_name": enterprise.name,
        "credit_code": enterprise.credit_code,
        "is_anonymous": "否",
        "size": "小型",
        "district": "450203 鱼峰区",
        "industry": "36",
        "title": "铝合金薄壁件铣削变形控制",
        "problem": PROBLEM,
        "modes": "先使用后付费、许可",
        "budget": "面议",
        "valid_until": "2027-10-31",
        "contact_name": "李示例",
        "contact_phone": "13800000011",
        **changes,
    }
    return [values.get(column.field) for column in COLUMNS]


def workbook(*rows, headers=HEADERS):
    book = Workbook()
    sheet = book.active
    sheet.title = DEMAND_SHEET
    sheet.append(headers)
    for row in rows:
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("需求.xlsx", stream.getvalue())


def upload(client, enterprise, file):
    data = {"organization": enterprise.pk, "file": file}
    return client.post(IMPORT, data, follow=True)


@pytest.fixture
def enterprise():
    return make_enterprise()


@pytest.fixture
def ent(client_as, enterprise):
    return client_as(make_person(Role.ENTERPRISE, enterprise))


def test_dry_run_writes_nothing_and_the_import_writes_all(ent, enterprise):
    file = workbook(row_of(enterprise), row_of(enterprise, title="切削液抑菌"))

    response = upload(ent, enterprise, file)
    assert "共 2 条需求，没有错误" in response.content.decode()
    assert Demand.objects.count() == 0
    done = ent.post(response.redirect_chain[-1][0])

    assert done["Location"] == "/my/demands/"
    demand = Demand.objects.get(title="铝合金薄壁件铣削变形控制")
    facts = facts_of(demand)
    assert demand.status == "draft"
    assert (facts.size, facts.district, facts.industry) == ("small", "450203", "36")
    assert facts.modes == ("use_then_pay", "license")
    assert facts.contact_phone == "13800000011"
    assert not facts.states_truth
    entry = EvidenceEntry.objects.get(kind="demand.imported")
    assert entry.payload["rows"] == 2


def test_every_fault_is_shown_and_nothing_is_written(ent, enterprise):
    make_draft(enterprise, title="已有需求")
    file = workbook(
        row_of(enterprise),
        row_of(enterprise),
        row_of(enterprise, title="已有需求"),
        row_of(enterprise, title="甲", size="巨型", valid_until="明年", problem=None),
        row_of(enterprise, title="乙", credit_code="91450200MA5N0000X3"),
        row_of(enterprise, title="丙", enterprise_name="别家公司"),
        row_of(enterprise, title="丁", valid_until="2026-11-01", problem="太短"),
        row_of(enterprise, title="戊", problem=PROBLEM + "电话13800138000"),
        row_of(enterprise, title="=1+1"),
    )

    response = upload(ent, enterprise, file)

    found = [
        (error.row, error.column, error.header, error.code)
        for error in response.context["errors"]
    ]
    assert found == [
        (3, "G", "需求名称", "E-XL-12"),
        (4, "G", "需求名称", "E-DM-08"),
        (5, "D", "企业规模", "E-XL-09"),
        (5, "H", "问题描述", "E-XL-08"),
        (5, "M", "有效期至", "E-XL-10"),
        (6, "B", "统一社会信用代码", "E-ID-01"),
        (7, "B", "统一社会信用代码", "E-DM-05"),
        (8, "M", "有效期至", "E-DM-02"),
        (8, "H", "问题描述", "E-DM-03"),
        (9, "H", "问题描述", "E-SE-02"),
        (10, "G", "需求名称", "E-XL-14"),
    ]
    again = ent.post(response.redirect_chain[-1][0])
    assert again.status_code == 200
    assert Demand.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (lambda: SimpleUploadedFile("a.xlsx", b"not a workbook"), "E-XL-01"),
        (lambda: SimpleUploadedFile("a.csv", "名称".encode("gbk")), "E-XL-01"),
        (lambda: SimpleUploadedFile("a.png", png()), "E-XL-01"),
        (lambda: workbook(headers=HEADERS), "E-XL-07"),
        (lambda: workbook([1], headers=["企业名称"]), "E-XL-06"),
    ],
    ids=["not-excel", "csv", "picture", "empty", "wrong-head"],
)
def test_file_as_a_whole_is_refused(ent, enterprise, file, code):
    response = upload(ent, enterprise, file())

    assert code in response.content.decode()
    assert Demand.objects.count() == 0


def test_too_many_rows_are_refused(ent, enterprise):
    rows = [row_of(enterprise, title=f"需求{n}") for n in range(501)]

    response = upload(ent, enterprise, workbook(*rows))

    assert "E-XL-05" in response.content.decode()


def test_template_reads_back_without_faults_but_the_name(ent, enterprise):
    response = ent.get("/my/demands/template.xlsx")

    book = load_workbook(BytesIO(response.content))
    sheet = book[DEMAND_SHEET]
    assert [str(cell.value).removesuffix("*") for cell in sheet[1]] == HEADERS
    assert len(sheet.data_validations.dataValidation) == 6
    assert book.sheetnames == ["需求", "填写说明", "代码表"]
    file = SimpleUploadedFile("模板.xlsx", response.content)
    checked = upload(ent, enterprise, file)
    assert [error.code for error in checked.context["errors"]] == ["E-DM-05"]


def test_another_enterprise_cannot_see_or_run_the_import(ent, enterprise, client_as):
    response = upload(ent, enterprise, workbook(row_of(enterprise)))
    path = response.redirect_chain[-1][0]
    other = client_as(make_person(Role.ENTERPRISE))

    assert other.get(path).status_code == 404
    assert other.post(path).status_code == 404
    assert client_as(make_person(Role.TRANSFER_OFFICE)).get(IMPORT).status_code == 404
    assert Demand.objects.count() == 0


def test_own_export_comes_back_as_it_was(ent, enterprise, client_as):
    draft = row_of(
        enterprise,
        title="-40℃低温密封",
        indicators="@漏率\n+5%以内",
        budget="10万—50万元",
        needed_by="2027-06-30",
        is_anonymous="是",
        accepts_push="是",
        contact_phone="+86 772 2660001",
        contact_email="li@example.com",
    )
    shown = upload(ent, enterprise, workbook(draft, row_of(enterprise)))
    assert "没有错误" in shown.content.decode(), shown.context["errors"]
    ent.post(f"{IMPORT}{PrivateFile.objects.get().pk}/")
    before = [facts_of(row) for row in Demand.objects.order_by("title")]

    exported = ent.get("/my/demands/export.xlsx").content
    sheet = load_workbook(BytesIO(exported))[DEMAND_SHEET]
    assert [cell.value for cell in sheet[2]][-2:] == ["草稿", None]
    Demand.objects.all().delete()
    upload(ent, enterprise, SimpleUploadedFile("我的需求.xlsx", exported))
    ent.post(f"{IMPORT}{PrivateFile.objects.latest('pk').pk}/")

    assert [facts_of(row) for row in Demand.objects.order_by("title")] == before
    assert before[0].title == "-40℃低温密封"
    assert before[0].indicators == "@漏率\n+5%以内"
