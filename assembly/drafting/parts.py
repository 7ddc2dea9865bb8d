"""The other parts of the package, and the package itself."""

import io
import re
import zipfile
from xml.sax.saxutils import escape

from assembly.drafting.body import document_part
from assembly.drafting.markup import TAG, Outline, Paragraph
from assembly.drafting.styles import (
    NAMES,
    PAGES,
    Page,
    font_table_part,
    indent,
    styles_part,
)
from assembly.drafting.xml import (
    BOTH_NAMESPACES,
    DECLARATION,
    HINT,
    RELATIONS_URI,
    WORD_NAMESPACE,
    paragraph,
    runs,
)

PACKAGE_URI = "http://schemas.openxmlformats.org/package/2006"
TYPE_PREFIX = "application/vnd.openxmlformats-officedocument.wordprocessingml."
# Fixed instants: the same outline gives the same bytes.
CREATED_AT = "2026-01-01T00:00:00Z"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def package(outline: Outline) -> bytes:
    """Return the bytes of the .docx file of an outline."""
    page = PAGES[outline.layout]
    word = {"styles": styles_part(page), "settings": _settings(page)}
    word["fontTable"] = font_table_part()
    for kind in _kinds(page):
        if outline.header:
            word[f"header-{kind}"] = _header(outline.header)
        word[f"footer-{kind}"] = _footer(page, kind)
    members = {
        "[Content_Types].xml": _content_types(word),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(outline, page),
        "docProps/app.xml": _app(),
        "word/document.xml": document_part(outline),
        "word/_rels/document.xml.rels": _document_relations(word),
        **{f"word/{name}.xml": content for name, content in word.items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            file.writestr(entry, content.encode())
    return buffer.getvalue()


def _kinds(page: Page) -> tuple[str, ...]:
    return ("default",) if page.counts_pages else ("even", "default")


def _relation_type(name: str) -> str:
    return name.split("-", maxsplit=1)[0]


def _content_types(word: dict[str, str]) -> str:
    kinds = {"document": "document.main", **{name: name.split("-")[0] for name in word}}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE_PREFIX}{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE_URI}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml" ContentType='
        '"application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
        "</Types>"
    )


def _relations(rows: list[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in rows
    )
    return (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE_URI}/relationships">'
        f"{inner}</Relationships>"
    )


def _package_relations() -> str:
    core = f"{PACKAGE_URI}/relationships/metadata/core-properties"
    return _relations(
        [
            ("document", f"{RELATIONS_URI}/officeDocument", "word/document.xml"),
            ("core", core, "docProps/core.xml"),
            ("app", f"{RELATIONS_URI}/extended-properties", "docProps/app.xml"),
        ]
    )


def _document_relations(word: dict[str, str]) -> str:
    return _relations(
        [
            (name, f"{RELATIONS_URI}/{_relation_type(name)}", f"{name}.xml")
            for name in word
        ]
    )


def _core(outline: Outline, page: Page) -> str:
    """Return the core properties; the category names the layout."""
    lines = (
        block.text
        for block in outline.blocks
        if isinstance(block, Paragraph) and block.kind == "title"
    )
    title = re.sub(r"\*\*|⏎", "", TAG.sub("", next(lines, "")))
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE_URI}/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{CREATED_AT}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{CREATED_AT}</dcterms:modified>'
        f"<cp:category>{page.category}</cp:category></cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/'
        'officeDocument/2006/extended-properties">'
        "<Application>Chengzhuan</Application></Properties>"
    )


def _settings(page: Page) -> str:
    """Return word/settings.xml; a line that ends with ⏎ is not stretched."""
    even_and_odd = "" if page.counts_pages else "<w:evenAndOddHeaders/>"
    return (
        f'{DECLARATION}<w:settings {WORD_NAMESPACE}><w:zoom w:percent="100"/>'
        f'<w:defaultTabStop w:val="420"/>{even_and_odd}'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:doNotExpandShiftReturn/>"
        '<w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _header(text: str) -> str:
    line = paragraph(NAMES["header"][0], runs(text))
    return f"{DECLARATION}<w:hdr {BOTH_NAMESPACES}>{line}</w:hdr>"


def _field(name: str) -> str:
    return (
        f'<w:fldSimple w:instr=" {name} "><w:r><w:rPr><w:noProof/></w:rPr>'
        "<w:t>1</w:t></w:r></w:fldSimple>"
    )


def _text(text: str) -> str:
    return f'<w:r><w:rPr>{HINT}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _footer(page: Page, kind: str) -> str:
    """Return 第X页 共Y页 for contracts, — X — for all other papers."""
    extra = ""
    if page.counts_pages:
        content = (
            f"{_text('第')}{_field('PAGE')}{_text('页　共')}"
            f"{_field('NUMPAGES')}{_text('页')}"
        )
    else:
        content = f"{_text('— ')}{_field('PAGE')}{_text(' —')}"
        side = {"left": 1} if kind == "even" else {"right": 1}
        align = "left" if kind == "even" else "right"
        extra = f'{indent(page, **side)}<w:jc w:val="{align}"/>'
    line = paragraph(NAMES["footer"][0], content, extra)
    return f"{DECLARATION}<w:ftr {BOTH_NAMESPACES}>{line}</w:ftr>"
