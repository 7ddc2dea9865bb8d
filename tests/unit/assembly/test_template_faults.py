"""Templates that are refused, and data that a template refuses."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml

from assembly import AssemblyError, Template, load_template
from tests.factories.papers import texts, word_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def faults(*paragraphs, data=None, change=None):
    with pytest.raises(AssemblyError) as refusal:
        Template(word_file(*paragraphs, change=change), "合同.docx").render(data or {})
    return refusal.value.faults


def inner(xml):
    """Return a change that puts raw XML at the end of the first paragraph."""
    return lambda document: document.paragraphs[0]._p.append(parse_xml(xml))


FIELD = f"<w:r {W}><w:instrText>INCLUDETEXT {{{{ name }}}}</w:instrText></w:r>"
ATTRIBUTE = f'<w:bookmarkStart {W} w:id="1" w:name="{{{{ name }}}}"/>'


@pytest.mark.parametrize(
    ("paragraph", "xml", "code", "reason"),
    [
        ("甲", FIELD, "E-AS-10", "域代码中不能填写数据"),
        ("甲", ATTRIBUTE, "E-AS-10", "位于 w:bookmarkStart 的属性 w:name 之内"),
    ],
    ids=["field code", "attribute"],
)
def test_value_where_none_may_stand_is_refused(paragraph, xml, code, reason):
    fault = faults(paragraph, change=inner(xml))[0]

    assert (fault.code, fault.paragraph) == (code, 1)
    assert reason in fault.message


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("{% if a %}", "E-AS-05", "模板标签写错了：缺少结束标签（endif 或 endfor）。"),
        (
            "{% endif %}",
            "E-AS-05",
            "模板标签写错了：没有这种标签，或多了一个结束标签。",
        ),
        ("{{ a }", "E-AS-05", "模板标签写错了：花括号不成对。"),
        ("{{ a|nothing }}", "E-AS-20", "没有名为“nothing”的过滤器"),
        ("{{ a.b() }}", "E-AS-20", "不支持调用"),
        ("{% set a = 1 %}", "E-AS-20", "不支持的语句"),
        ("{% if a() %}甲{% endif %}", "E-AS-20", "不支持调用"),
        (
            "{% for x in a if x %}甲{% else %}乙{% endfor %}",
            "E-AS-20",
            "for 里不能再写 if",
        ),
    ],
)
def test_wrong_tag_is_refused_with_its_place(text, code, message):
    fault = faults("好", text)[0]

    assert (fault.code, fault.part, fault.paragraph) == (code, "word/document.xml", 2)
    assert message in fault.message
    assert fault.quote == text


def test_faults_of_all_parts_are_told_at_once():
    def header(document):
        document.sections[0].header.paragraphs[0].text = "{{ b() }}"

    found = faults("{{ a() }}", change=header)

    assert [fault.part for fault in found] == ["word/document.xml", "word/header1.xml"]


@pytest.mark.parametrize(
    ("paragraphs", "message"),
    [
        (
            ("{{ article.a }}", "{{ article.a }}"),
            "条款“a”在文书中出现了两次，编号无法确定。",
        ),
        (("{{ ref.a }}",), "引用的条款“a”没有出现在本文书中。"),
        (
            ("{% for row in rows %}{{ row }}{% endfor %}",),
            "这一处的内容无法计算：{% for row in rows %}（记录和表格不能整个印出，请写出要印的字段）。",
        ),
        (
            ("{% if number < name %}甲{% endif %}",),
            "这一处的内容无法计算：{% if number < name %}（数据的类型不适合这样计算或比较）。",
        ),
        (
            [[["{% cellbg name %}甲"]]],
            "这一处的内容无法计算：{% cellbg name %}（颜色应为六位十六进制数）。",
        ),
        (
            [[["{% colspan name %}甲"]]],
            "这一处的内容无法计算：{% colspan name %}（列数应为 1 至 63 的整数）。",
        ),
    ],
    ids=["clause twice", "no clause", "record", "comparison", "color", "span"],
)
def test_data_that_cannot_be_printed_are_refused(paragraphs, message):
    data = {"name": "甲", "number": 3, "rows": [{"a": 1}]}

    assert faults(*paragraphs, data=data)[0].message == message


def test_clause_may_be_named_within_a_text():
    content = word_file('{{ "本合同" + ref.a + "和" + name }}', "{{ article.a }}　甲")

    printed = texts(Template(content, "合同.docx").render({"name": "<乙>"}))

    assert printed == ["本合同第一条和<乙>", "第一条　甲"]


def test_row_tag_names_the_paragraph_it_stood_in():
    table = [["{%tr for x in rows %}", ""], ["{{ x }}", ""], ["{%tr endfor %}", ""]]

    fault = faults("前", table)[0]

    assert (fault.code, fault.field, fault.paragraph) == ("E-AS-06", "rows", 2)


def test_condition_across_a_table_takes_the_slow_path_and_never_loses_text():
    content = word_file("{% if name %}甲", [["乙{% endif %}"]])
    template = Template(content, "合同.docx")

    assert template.path == "docxtpl"
    assert [str(reason) for reason in template.reasons][:1] == [
        "W-AS-01 这份模板每次填写后要重新检查一遍，比较慢："
        "条件的开头和结尾不在同一层，例如一个在表格里、一个在外。"
        "（word/document.xml 第 1 段）"
    ]
    assert texts(template.render({"name": "有"})) == ["甲", "乙"]
    with pytest.raises(AssemblyError) as refusal:
        template.render({"name": ""})
    assert refusal.value.faults[0].code == "E-AS-17"


def test_values_between_runs_and_between_paragraphs_become_text():
    content = word_file("前{{r name }}后", "{{p name }}")

    assert texts(Template(content, "合同.docx").render({"name": "<甲>"})) == [
        "前<甲>后",
        "<甲>",
    ]


def test_properties_and_notes_are_filled():
    def change(document):
        document.core_properties.title = "{{ name }}合同"
        document.core_properties.keywords = "{{ name }}"

    content = Template(word_file("甲", change=change), "合同.docx").render(
        {"name": "<甲>"}
    )

    properties = Document(io.BytesIO(content)).core_properties
    assert (properties.title, properties.keywords) == ("<甲>合同", "<甲>")


def test_own_properties_of_the_author_are_kept():
    first = Template(word_file("{{ name }}"), "合同.docx").render({"name": "甲"})
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["docProps/custom.xml"] = members["docProps/custom.xml"].replace(
        b"assembly.engine", "部门".encode()
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)

    again = Template(stream.getvalue(), "合同.docx").render({})

    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        xml = archive.read("docProps/custom.xml").decode()
        assert archive.namelist().count("docProps/custom.xml") == 1
    assert xml.count("assembly.template") == 1
    assert xml.count("部门") == 1


def rewritten(change):
    source = zipfile.ZipFile(io.BytesIO(word_file("甲")))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                archive.writestr(name, content)
    return stream.getvalue()


def without_types(name, content):
    return None if name == "[Content_Types].xml" else content


def with_doctype(name, content):
    if name != "word/document.xml":
        return content
    return b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def broken(name, content):
    return content[:-5] if name == "word/document.xml" else content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04", "不是完整的 Word 文件"),
        (b"%PDF-1.7", "不是完整的 Word 文件"),
        (rewritten(without_types), "不是 .docx 文件"),
        (rewritten(with_doctype), "内部文件带有 DOCTYPE"),
        (rewritten(broken), "内部文件不是完整的 XML"),
    ],
    ids=["cut off", "a PDF", "no types", "doctype", "broken part"],
)
def test_file_that_is_no_word_file_is_refused(content, reason):
    with pytest.raises(AssemblyError) as refusal:
        Template(content, "合同.docx")

    assert refusal.value.faults[0].code == "E-AS-19"
    assert reason in refusal.value.faults[0].message


def test_missing_template_is_refused(tmp_path):
    with pytest.raises(AssemblyError) as refusal:
        load_template(tmp_path / "没有.docx")

    assert refusal.value.as_data() == {
        "errors": [{"code": "E-AS-04", "message": "找不到模板：没有.docx。"}]
    }


def test_template_lints_itself():
    template = Template(word_file("｛｛name｝｝"), "合同.docx")

    assert {fault.code for fault in template.lint()} == {"E-AL-03"}


def test_plain_template_without_manifest_has_all_methods(tmp_path):
    path = tmp_path / "合同.docx"
    path.write_bytes(word_file("{{ name }}{% if note %}：{{ note }}{% endif %}"))

    template = load_template(path)

    assert template.lint() == []
    assert template.schema() == {"type": "object"}
    assert template.questions() == []
    assert texts(template.render({"name": "甲", "note": "乙"})) == ["甲：乙"]


def test_preview_shows_the_same_text():
    template = Template(word_file("致{{ name }}"), "合同.docx")

    assert texts(template.preview({"name": "甲"})) == ["致甲"]
