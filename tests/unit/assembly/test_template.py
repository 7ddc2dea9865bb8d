"""A template filled with plain data."""

import hashlib
import io
import zipfile

import pytest

from assembly import AssemblyError, Template
from assembly.receipt import data_hash, read_receipt
from tests.factories.papers import texts, word_file

CONTRACT = (
    "合同编号：{{ number }}",
    "{%p if is_paid %}",
    "{{ article.payment }}　付款{{ license.fee }}元，终止见{{ ref.end }}。",
    "{%p endif %}",
    "{{ article.end }}　终止",
    [
        ["{%tr for item in items %}", ""],
        ["{{ loop.index }}", "{{ item.name }}"],
        ["{%tr endfor %}", ""],
    ],
)
DATA = {
    "number": "<甲>&“乙”",
    "is_paid": True,
    "license": {"fee": 3},
    "items": [{"name": "一"}, {"name": "二"}],
}


def template(*paragraphs: object) -> Template:
    return Template(word_file(*(paragraphs or CONTRACT)), "合同.docx")


def test_template_fills_conditions_rows_and_clause_numbers():
    assert texts(template().render(DATA)) == [
        "合同编号：<甲>&“乙”",
        "第一条　付款3元，终止见第二条。",
        "第二条　终止",
        "1|一",
        "2|二",
    ]


def test_clauses_are_renumbered_when_a_condition_drops_one():
    printed = texts(template().render(DATA | {"is_paid": False}))

    assert printed[1] == "第一条　终止"


def test_same_template_and_data_give_the_same_bytes():
    content = word_file(*CONTRACT)

    first, again = (Template(content, "合同.docx").render(DATA) for _ in range(2))

    assert first == again


def test_receipt_is_known_before_the_document_is_made():
    contract = template()

    assert contract.receipt_for(DATA, salt="盐") == (
        contract.assemble(DATA, salt="盐").receipt
    )


def test_document_carries_its_receipt():
    paper = template().assemble(DATA, salt="盐")

    receipt = read_receipt(paper.content, "合同.docx")

    assert receipt == paper.receipt
    assert receipt.data == data_hash(DATA, "盐") != data_hash(DATA)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"license": {}},
            {
                "code": "E-AS-06",
                "message": "模板中没有变量“license.fee”对应的数据，"
                "标签是 {{ license.fee }}。",
                "field": "license.fee",
                "part": "word/document.xml",
                "paragraph": 3,
                "quote": CONTRACT[2],
            },
        ),
        (
            {"items": [{"name": "一"}, {}]},
            {
                "code": "E-AS-06",
                "message": "模板中没有变量“items[1].name”对应的数据，"
                "标签是 {{ item.name }}。",
                "field": "items[1].name",
                "part": "word/document.xml",
                "paragraph": 9,
                "quote": "{{ item.name }}",
            },
        ),
        (
            {"number": "甲\x07"},
            {
                "code": "E-AS-08",
                "message": "“甲□”含有不能写入文书的字符（U+0007）。",
                "part": "word/document.xml",
                "paragraph": 1,
                "quote": CONTRACT[0],
            },
        ),
    ],
    ids=["missing field", "missing field of a row", "control character"],
)
def test_fault_names_field_part_paragraph_and_text(change, fault):
    with pytest.raises(AssemblyError) as refusal:
        template().render(DATA | change)

    assert refusal.value.as_data() == {"errors": [fault]}


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    "number", ["短", "长" * 70_000, "<&>\n第二行\t格"], ids=["short", "long", "marked"]
)
def test_quick_document_has_the_same_members(number):
    data = DATA | {"number": number}

    paper = template()
    whole, quick = paper.assemble(data), paper.assemble_quickly(data)

    assert members(quick.content) == members(whole.content)
    assert hashlib.sha256(quick.content).hexdigest() == quick.sha256
    assert hashlib.sha256(whole.content).hexdigest() == whole.sha256
