"""How large an uploaded template may be, and which kinds of content it may hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one upload; sizes in bytes."""

    file_size: int = 10 * 2**20
    entries: int = 300
    entry_size: int = 20 * 2**20
    total_size: int = 60 * 2**20
    ratio: int = 200  # deflate of real Word XML reaches about 40
    ratio_from: int = 2**20  # small parts may be as repetitive as they like
    name_length: int = 200
    elements: int = 500_000
    depth: int = 200
    token: int = 2**20  # one tag of markup with all its attributes
    faults: int = 100
    image_size: int = 5 * 2**20
    image_side: int = 20_000  # pixels
    image_pixels: int = 40_000_000


LIMITS = Limits()

MAIN_TYPE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
WORD_TYPES = frozenset(
    f"{_WORD}{kind}+xml"
    for kind in (
        "document.main",
        "document.glossary",
        "styles",
        "settings",
        "webSettings",
        "fontTable",
        "numbering",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
    )
)
XML_TYPES = WORD_TYPES | {
    "application/xml",
    f"{_OFFICE}theme+xml",
    f"{_OFFICE}extended-properties+xml",
    f"{_OFFICE}custom-properties+xml",
    f"{_OFFICE}customXmlProperties+xml",
    "application/vnd.openxmlformats-package.core-properties+xml",
    "application/vnd.openxmlformats-package.relationships+xml",
    "application/vnd.ms-word.stylesWithEffects+xml",
    "application/vnd.ms-office.classificationlabels+xml",
}
IMAGE_TYPES = {
    "image/png": ("png",),
    "image/jpeg": ("jpeg", "jpg"),
    "image/gif": ("gif",),
}
# Word for a part that is refused, by what its content type or its name says.
REFUSED_PARTS = {
    "macroenabled": "宏",
    "vba": "宏",
    "oleobject": "OLE 对象",
    "embeddings": "嵌入的文件",
    "activex": "ActiveX 控件",
    "ms-office": "控件",
    "spreadsheetml": "嵌入的表格文件",
    "chart": "图表",
    "diagram": "SmartArt 图形",
    "font": "嵌入的字体",
    "html": "网页",
    "svg": "SVG 图片",
    "emf": "EMF 图片",
    "wmf": "WMF 图片",
}

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REFUSED_ELEMENTS = {
    "altChunk": "插入的外部文档（altChunk）",
    "object": "OLE 对象",
    "OLEObject": "OLE 对象",
    "control": "ActiveX 控件",
    "subDoc": "子文档链接",
    "attachedTemplate": "附加的模板（请在“文档模板”中改回 Normal）",
    "mailMerge": "邮件合并数据源",
    "frameset": "网页框架",
    "saveThroughXslt": "XSLT 转换",
    "webVideoPr": "网页视频",
    "contentPart": "墨迹内容",
    "linkedToFile": "链接的网页框架",
}
# Fields whose result depends on nothing outside the paper.
FIELDS = frozenset(
    {
        "PAGE",
        "NUMPAGES",
        "SECTION",
        "SECTIONPAGES",
        "TOC",
        "TC",
        "REF",
        "PAGEREF",
        "NOTEREF",
        "STYLEREF",
        "SEQ",
        "HYPERLINK",
        "EQ",
        "SYMBOL",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
    }
)
