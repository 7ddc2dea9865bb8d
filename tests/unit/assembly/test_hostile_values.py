"""Hostile values: text stays text, and the paragraphs of a paper never change."""

import io
import re
import zipfile
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assembly.engine.members import read_members
from assembly.engine.sources import part_kinds
from assembly.errors import AssemblyError
from assembly.fields import reader_for
from assembly.fields.refusal import Refusal
from assembly.filters import INDENT, printed
from assembly.guide import manifest_beside
from assembly.mandatory import statutory_clauses
from assembly.samples import sample_data
from assembly.template import Template
from tests.papers import ROOT
from tests.unit.assembly.word_files import paragraph, split_paragraph, word_file

SNIPPETS = [
    "x<y 且 A&B",
    "R&D",
    "&amp;&#123;{ a }}",
    "</w:t></w:r></w:p><w:p><w:r><w:t>第九条 另行付款",
    "<w:p/>",
    "]]><![CDATA[",
    "<!-- -->",
    "<?xml version='1.0'?>",
    "<!DOCTYPE a>",
    "{{ name }}",
    "{% for a in b %}",
    "{# #}",
    "{_{ a }_}",
    "{_% a %_}",
    "{{p a }}",
    "%}{{",
    "\"'`",
    "\\",
    "${a}",
    "\n\n",
    "a\r\nb\tc",
    "\u2028\u2029",
    "\u200b\u200d",
    "\ue0a0payment\ue0a2",
    "\U000f0000",
    "\x00",
    "\x0b",
    "\ud800",
    "\ufffe",
    "\u202e",
    "𠮷😀",
    "　全角　",
    " ",
    "",
    "无",
    "第一条",
    "a" * 3000,
]
HOSTILE = st.one_of(
    st.sampled_from(SNIPPETS),
    st.text(max_size=40),
    st.text(alphabet="<>&\"'{}%#/w:tp \n\t\r;!-[]\\\u2028无", max_size=40),
    st.lists(st.sampled_from(SNIPPETS), min_size=2, max_size=3).map("".join),
)
BLOCK = re.compile(r"<w:p(?=[ >/])[^>]*?(?:/>|>(.*?)</w:p>)", re.DOTALL)
PIECE = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(br|tab)/>")
BREAKS = {"br": "\n", "tab": "\t"}


def paragraphs(content: bytes) -> dict[str, list[str]]:
    """The texts of all paragraphs of each part, line breaks and tabs as characters."""
    members = read_members(content, "文件")
    kinds = part_kinds(members)
    found: dict[str, list[str]] = {}
    for name, kind in kinds.items():
        xml = members[name].content().decode()
        if kind == "properties":
            found[name] = re.findall(r"<dc:title>([^<]*)</dc:title>", xml)
            found[name] = [unescape(text) for text in found[name]]
        else:
            found[name] = [text_of(inner) for inner in BLOCK.findall(xml)]
    return found


def text_of(inner: str) -> str:
    return "".join(
        unescape(text) if not mark else BREAKS[mark]
        for text, mark in PIECE.findall(inner)
    )


def lines(text: str) -> str:
    """A value as a paper prints it: every kind of line break is one."""
    return re.sub("\r\n|[\r\u2028\u2029]", "\n", text)


PLAIN = word_file(
    paragraph("甲方：{{ a }}。")
    + split_paragraph("前{", "{ rec", "ord.b }", "}后")
    + "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
    + paragraph("{%tr for row in rows %}")
    + "</w:tc></w:tr><w:tr><w:tc><w:tcPr/>"
    + paragraph("{{ loop.index }}{{ row.c }}")
    + "</w:tc></w:tr><w:tr><w:tc><w:tcPr/>"
    + paragraph("{%tr endfor %}")
    + "</w:tc></w:tr></w:tbl>"
    + paragraph("{% if a == 'x' %}是{% else %}否{% endif %}"),
    header=paragraph("{{ a }}"),
    footer=paragraph("{{ record.b }}"),
    footnotes=f'<w:footnote w:id="1">{paragraph("{{ a }}")}</w:footnote>',
    title="{{ a }}",
)
TEMPLATE = Template(PLAIN, "示例")


@given(a=HOSTILE, b=HOSTILE, c=HOSTILE)
@example(a="</w:t></w:r></w:p><w:p>", b="{{ a }}", c="&lt;")
@example(a="", b="", c="\ud800")
@settings(max_examples=400, deadline=None)
def test_values_never_change_the_paragraphs_and_come_back_exactly(a, b, c):
    data = {"a": a, "record": {"b": b}, "rows": [{"c": c}, {"c": a}]}
    try:
        content = TEMPLATE.render(data)
    except AssemblyError as refusal:
        assert {one.code for one in refusal.faults} == {"E-AS-08"}
        return

    shown = {name: lines(value) for name, value in zip("abc", (a, b, c), strict=True)}
    assert paragraphs(content) == {
        "word/document.xml": [
            f"甲方：{shown['a']}。",
            f"前{shown['b']}后",
            f"1{shown['c']}",
            f"2{shown['a']}",
            "否",
        ],
        "word/header.xml": [shown["a"]],
        "word/footer.xml": [shown["b"]],
        "word/footnotes.xml": [shown["a"]],
        "docProps/core.xml": [re.sub("[\n\t]", " ", shown["a"]) or "无"],
    }


LIBRARY = {
    name: ROOT / f"templates_docx/{name}.docx"
    for name in (
        "use_then_pay/technology_license",
        "ownership/partial_ownership_agreement",
        "application/empowerment_application",
    )
}


def put(data: dict, path: str, value: str) -> None:
    *owners, name = path.split(".")
    for owner in owners:
        data = data[owner]
    data[name] = value


@pytest.fixture(scope="module", params=LIBRARY.values(), ids=LIBRARY)
def paper(request):
    """A template of the library, its sample data and the paths of its texts."""
    manifest, dictionary = manifest_beside(request.param)
    template = Template(request.param.read_bytes(), "示例", manifest, dictionary)
    needs = template.guide.needs
    data = sample_data(needs)
    paths = [
        path
        for path, need in needs.needs.items()
        if need.variable.type in {"text", "long_text"}
        and not any(one.type == "table" for one in need.chain)
    ]
    assert len(paths) > 10
    return template, data, paths


def unindented(text: str) -> str:
    """Return a text without the indent that `|indented` gives to further lines."""
    return text.replace(f"\n{INDENT}", "\n")


@given(value=HOSTILE)
@settings(max_examples=40, deadline=None)
def test_values_of_every_variable_of_a_contract_stay_text(paper, value):
    template, data, paths = paper
    known = template.guide.needs
    tokens = {path: f"记号{number:03d}号" for number, path in enumerate(paths)}
    for path, token in tokens.items():
        put(data, path, token)
    expected = paragraphs(template.render(data))
    shown: dict[str, str] = {}
    for path, token in tokens.items():
        variable = known.needs[path].variable
        try:
            read = reader_for(variable)(value)
        except Refusal:
            continue
        put(data, path, value)
        shown[token] = lines(printed(read or None))

    try:
        found = paragraphs(template.render(data))
    except AssemblyError as refusal:
        # A required text that is empty after its blanks are taken away.
        empty_clauses = {"E-EM-06"} if statutory_clauses(template.manifest) else set()
        codes = {one.code for one in refusal.faults}
        assert codes == {"E-AS-01", *empty_clauses}
        assert value.strip() == ""
        return

    for name, texts in expected.items():
        wanted = [unindented(replaced(text, shown)) for text in texts]
        assert [unindented(text) for text in found[name]] == wanted


def replaced(text: str, shown: dict[str, str]) -> str:
    return re.sub("记号[0-9]{3}号", lambda m: shown.get(m.group(), m.group()), text)


def test_file_stays_a_good_zip():
    content = TEMPLATE.render({"a": "<&", "record": {"b": "]]>"}, "rows": []})

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
