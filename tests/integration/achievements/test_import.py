"""Excel in: template, dry run, every cell error, all or nothing, undo, hostile files."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cms.achievements.import_rows import parse_workbook
from cms.core.spreadsheets import reading
from cms.pages.catalog.import_sheets import import_template
from cms.rules.violations import RuleViolation
from tests.factories.import_workbooks import workbook

pytestmark = pytest.mark.django_db


def parse(content, ledger_numbers=frozenset(), names=frozenset()):
    return parse_workbook(
        BytesIO(content),
        len(content),
        ledger_numbers=set(ledger_numbers),
        names=set(names),
    )


def places(parsed):
    return [(e.sheet, e.row, e.column, e.header, e.code) for e in parsed.errors]


def test_template_is_read_back_without_an_error():
    parsed = parse(import_template())

    assert parsed.errors == []
    [entry] = parsed.entries
    assert entry.row == 2
    assert entry.values["industry"] == "367"
    assert entry.values["district"] == "450203"
    assert entry.values["transfer_modes"] == ["transfer", "license"]
    assert str(entry.values["reference_price"]) == "500000.00"
    assert entry.values["ip_items"][0]["filed_on"] == "2018-02-01"


def test_template_offers_lists_help_and_examples():
    book = load_workbook(BytesIO(import_template()))

    assert book.sheetnames == ["成果", "知识产权", "填写说明", "代码表"]
    rules = book["成果"].data_validations.dataValidation
    assert len(rules) == 10
    assert rules[3].formula1 == "'代码表'!$D$2:$D$474"
    assert book["成果"]["A1"].value == "成果名称*"
    assert book["填写说明"]["A1"].value == "每行一项成果，最多5000行；带*的栏目必填。"


@pytest.mark.parametrize(
    ("row", "column", "header", "code", "message"),
    [
        ({"name": None}, "A", "成果名称", "E-XL-08", "必填项未填写。"),
        ({"name": "长" * 81}, "A", "成果名称", "E-XL-17", "超过80字（当前81字）。"),
        ({"form": "奖状"}, "C", "成果形式", "E-XL-09", "“奖状”不在可选值中。"),
        ({"industry": "36"}, "F", "行业分类", "E-XL-09", "“36”不在可选值中。"),
        ({"trl": 10}, "I", "成熟度（TRL）", "E-XL-09", "“10”不在可选值中。"),
        ({"trl": 6.5}, "I", "成熟度（TRL）", "E-XL-09", "“6.5”不在可选值中。"),
        (
            {"name": "=1+1"},
            "A",
            "成果名称",
            "E-XL-14",
            "单元格含有公式，请改为数值或文字。",
        ),
        (
            {"reference_price": "五十万"},
            "R",
            "参考价格（元）",
            "E-XL-11",
            "“五十万”不是有效数字。",
        ),
        (
            {"reference_price": "1.234"},
            "R",
            "参考价格（元）",
            "E-CA-11",
            "参考价格须为大于0、最多两位小数的金额，或选择面议。",
        ),
        (
            {"contact_email": "zhang.example.com"},
            "Y",
            "成果联系人邮箱",
            "E-XL-18",
            "“zhang.example.com”不是有效的电子邮箱。",
        ),
        (
            {"transfer_modes": "转让、先使用后付费"},
            "P",
            "转让方式",
            "E-XL-09",
            "“先使用后付费”不在可选值中。",
        ),
        (
            {"abstract": "太短"},
            "K",
            "简介",
            "E-CA-02",
            "简介须为50至800字（当前2字）。",
        ),
        ({"stage": "小试"}, "J", "成熟度阶段", "E-CA-03", "成熟度7级与“小试”不一致。"),
        (
            {"scenario": "电话13800138000"},
            "L",
            "应用场景",
            "E-SE-02",
            "公开内容包含疑似个人信息或账号：手机号138****8000，请删除。",
        ),
        (
            {"reference_price": None},
            "S",
            "价格说明",
            "E-LS-01",
            "信息不完整，缺少：参考价格（或面议说明）。",
        ),
    ],
    ids=lambda value: str(value)[:20],
)
def test_faulty_cell_is_named(row, column, header, code, message):
    parsed = parse(workbook(row))

    [error] = parsed.errors
    assert (error.sheet, error.row) == ("成果", 2)
    assert (error.column, error.header) == (column, header)
    assert (error.code, error.message) == (code, message)


def test_all_errors_of_all_rows_are_shown():
    parsed = parse(
        workbook(
            {"ledger_number": "T1", "form": "x", "trl": 0},
            {"ledger_number": "T2", "name": "乙"},
            {"ledger_number": "T3", "name": None},
            rights=[
                {"entry": "T2", "number": "ZL201810123456.7"},
                {"entry": "T9"},
                {"entry": "T2", "filed_on": "2018-13-01"},
            ],
        )
    )

    assert places(parsed) == [
        ("成果", 2, "C", "成果形式", "E-XL-09"),
        ("成果", 2, "I", "成熟度（TRL）", "E-XL-09"),
        ("成果", 4, "A", "成果名称", "E-XL-08"),
        ("知识产权", 2, "", "", "E-ID-03"),
        ("知识产权", 3, "A", "台账登记号", "E-XL-15"),
        ("知识产权", 4, "F", "申请日", "E-XL-10"),
        ("知识产权", 4, "", "", "E-CA-06"),
    ]


def test_duplicates_in_the_file_and_in_the_unit_are_found():
    content = workbook(
        {"ledger_number": "T1", "name": "甲"},
        {"ledger_number": "T1", "name": "乙"},
        {"ledger_number": "T3", "name": "甲"},
        {"ledger_number": "T4", "name": "丁"},
    )

    parsed = parse(content, ledger_numbers={"T4"}, names={"丁"})

    assert [(e.row, e.column, e.header, e.code, e.message) for e in parsed.errors] == [
        (3, "B", "台账登记号", "E-XL-12", "与第2行重复。"),
        (4, "A", "成果名称", "E-XL-12", "与第2行重复。"),
        (5, "B", "台账登记号", "E-XL-13", "本单位已有相同的成果（台账登记号 T4）。"),
        (5, "A", "成果名称", "E-XL-13", "本单位已有相同的成果（成果名称 丁）。"),
    ]


def test_line_breaks_stay_in_long_texts_only():
    parsed = parse(
        workbook(
            {
                "name": "轻量化\n副车架",
                "audience": "主机厂\n零部件企业",
                "transfer_modes": "转让;许可\n作价投资",
            }
        )
    )

    assert parsed.errors == []
    values = parsed.entries[0].values
    assert values["name"] == "轻量化 副车架"
    assert values["audience"] == "主机厂\n零部件企业"
    assert values["transfer_modes"] == ["transfer", "license", "equity_contribution"]


def test_file_without_the_sheet_is_told_its_name():
    def change(book):
        book["成果"].title = "Sheet1"

    with pytest.raises(RuleViolation) as refused:
        parse(workbook({}, change=change))

    assert refused.value.code == "E-XL-19"
    assert refused.value.message == "文件中没有“成果”工作表，请使用模板填写。"


def test_excel_dates_numbers_and_blank_rows_are_read():
    def change(book):
        book["知识产权"]["F2"] = datetime(2018, 2, 1)
        book["成果"].append([None] * 5)

    parsed = parse(
        workbook(
            {"industry": 367, "reference_price": 1234.5, "trl": 7.0},
            rights=[{"granted_on": "2020/6/2", "is_encumbered": "是"}],
            change=change,
        )
    )

    assert parsed.errors == []
    [entry] = parsed.entries
    assert entry.values["industry"] == "367"
    assert str(entry.values["reference_price"]) == "1234.50"
    assert entry.values["trl"] == 7
    assert entry.values["ip_items"][0] == {
        "kind": "invention",
        "name": "一种副车架半固态成形方法",
        "number": "ZL201810123456.5",
        "holder": "柳州示例大学",
        "filed_on": "2018-02-01",
        "granted_on": "2020-06-02",
        "expires_on": "2038-01-31",
        "legal_status": "有效",
        "fees_paid_until": None,
        "is_encumbered": True,
    }


def packed(parts):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(name, content=b"x"):
    stream = BytesIO(workbook({}))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"not a zip", "E-XL-01"),
        (lambda: packed({"a.txt": b"x"}), "E-XL-01"),
        (lambda: packed({"xl/workbook.xml": b"<broken"}), "E-XL-01"),
        (lambda: b"PK" + b"\0" * (reading.MAX_BYTES), "E-XL-02"),
        (
            lambda: packed({"xl/workbook.xml": b"", "big": b"\0" * 3_000_000}),
            "E-XL-03",
        ),
        (
            lambda: packed(
                {"xl/workbook.xml": b""} | {f"p{n}": b"" for n in range(201)}
            ),
            "E-XL-03",
        ),
        (lambda: with_part("xl/vbaProject.bin"), "E-XL-04"),
        (lambda: with_part("xl/externalLinks/externalLink1.xml"), "E-XL-04"),
        (lambda: with_part("xl/embeddings/a.bin"), "E-XL-04"),
        (
            lambda: with_part("xl/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
            "E-XL-04",
        ),
        (lambda: workbook({}, drop={"form", "trl"}), "E-XL-06"),
        (workbook, "E-XL-07"),
    ],
    ids=[
        "no zip",
        "no workbook",
        "broken workbook",
        "too large",
        "zip bomb",
        "too many parts",
        "macro",
        "external link",
        "embedded object",
        "entity",
        "headers",
        "no rows",
    ],
)
def test_harmful_or_wrong_file_is_refused(make, code):
    with pytest.raises(RuleViolation) as refusal:
        parse(make())
    assert refusal.value.code == code


def test_missing_headers_are_named():
    with pytest.raises(RuleViolation, match="缺少：成果形式、成熟度（TRL）。"):
        parse(workbook({}, drop={"form", "trl"}))


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    rows = [{"ledger_number": f"T{n}", "name": f"成果{n}"} for n in range(3)]

    assert len(parse(workbook(*rows[:2])).entries) == 2
    with pytest.raises(RuleViolation, match="E-XL-05 行数超过上限：最多2行。"):
        parse(workbook(*rows))
