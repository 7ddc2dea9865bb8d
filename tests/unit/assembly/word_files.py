"""Small Word files built by code: every part can be given or replaced."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = R + "/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The smallest pictures: one pixel each.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a4944415478da63600000000200015e5fd7310000000049454e44ae426082"
)


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph with one run."""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def split_paragraph(*texts: str) -> str:
    """A paragraph whose text is split over several runs, as Word does."""
    runs = "".join(
        f'<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t xml:space="preserve">{escape(one)}</w:t></w:r>'
        for one in texts
    )
    return f"<w:p>{runs}</w:p>"


def field(code: str, shown: str = "1") -> str:
    """A paragraph with one complex field."""
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{shown}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def part(root: str, content: str) -> str:
    """A WordprocessingML part with `root` around its content."""
    return f"{DECLARATION}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def relationships(*rows: tuple[str, str, str], external: bool = False) -> str:
    """A .rels part from (id, kind, target); `external` marks all of them so."""
    mode = ' TargetMode="External"' if external else ""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{kind if ":" in kind else _REL + kind}" '
        f'Target="{escape(target)}"{mode}/>'
        for key, kind, target in rows
    )
    uri = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARATION}<Relationships xmlns="{uri}">{inner}</Relationships>'


STYLES = part(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>",
)


def parts(body: str = "", **others: str) -> dict[str, str | bytes]:
    """The parts of a small file; `others` are header, footer, footnotes, title …."""
    core = (
        f"{DECLARATION}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(others.pop('title', '示例'))}</dc:title></cp:coreProperties>"
    )
    found: dict[str, str | bytes] = {"word/styles.xml": others.pop("styles", STYLES)}
    rows = [("rId1", "styles", "styles.xml")]
    section = ""
    for number, (name, content) in enumerate(others.items(), 2):
        root = {"header": "hdr", "footer": "ftr"}.get(name, name)
        found[f"word/{name}.xml"] = part(root, content)
        rows.append((f"rId{number}", name, f"{name}.xml"))
        if name in {"header", "footer"}:
            section += f'<w:{name}Reference w:type="default" r:id="rId{number}"/>'
    body = f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_WORD}{_kind(name)}+xml"/>'
        for name in ["word/document.xml", *found]
    )
    types = (
        f"{DECLARATION}<Types "
        'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        '<Default Extension="gif" ContentType="image/gif"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        "</Types>"
    )
    core_kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return {
        "[Content_Types].xml": types,
        "_rels/.rels": relationships(
            ("rId1", "officeDocument", "word/document.xml"),
            ("rId2", core_kind, "docProps/core.xml"),
        ),
        "word/document.xml": part("document", body),
        "word/_rels/document.xml.rels": relationships(*rows),
        **found,
        "docProps/core.xml": core,
    }


def _kind(name: str) -> str:
    kind = name.removeprefix("word/").removesuffix(".xml")
    return "document.main" if kind == "document" else kind


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """The members as a zip file with fixed dates."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def word_file(body: str = "", **others: str) -> bytes:
    """A small .docx."""
    return zipped(parts(body, **others))
