"""House style: pages, fonts and named paragraph styles of each kind of paper."""

from dataclasses import dataclass, replace

from assembly.drafting.xml import DECLARATION, WORD_NAMESPACE

SONG, FANG, KAI, HEI = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体"
BIAO = "方正小标宋简体"
# What Word and WPS use where a font is not installed.
FALLBACKS = {
    BIAO: ("宋体,SimSun,Noto Serif CJK SC", "auto"),
    FANG: ("仿宋,FangSong,Noto Serif CJK SC", "modern"),
    KAI: ("楷体,KaiTi,Noto Serif CJK SC", "modern"),
    HEI: ("SimHei,Noto Sans CJK SC", "modern"),
    SONG: ("SimSun,Noto Serif CJK SC", "auto"),
}
LATIN = "Times New Roman"


@dataclass(frozen=True)
class Page:
    """Geometry in twips, sizes in half-points, fixed line pitch in twips."""

    category: str
    top: int
    bottom: int
    left: int
    right: int
    footer: int
    font: str
    size: int
    line: int
    title_size: int
    cell_size: int
    cell_line: int
    row_height: int
    letter_spacing: int
    counts_pages: bool

    @property
    def text_width(self) -> int:
        """Return the width of the text block in twips."""
        return PAGE_WIDTH - self.left - self.right


PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
# GB/T 9704: top 37 mm, left 28 mm, text block 156 × 225 mm, 22 lines of 28 characters.
_OFFICIAL = Page(
    category="公示",
    top=2098,
    bottom=1985,
    left=1588,
    right=1474,
    footer=1247,
    font=FANG,
    size=32,
    line=579,
    title_size=44,
    cell_size=24,
    cell_line=400,
    row_height=510,
    letter_spacing=-5,
    counts_pages=False,
)
PAGES = {
    "contract": Page(
        category="合同",
        top=1440,
        bottom=1440,
        left=1588,
        right=1474,
        footer=850,
        font=SONG,
        size=24,
        line=460,
        title_size=44,
        cell_size=21,
        cell_line=340,
        row_height=400,
        letter_spacing=0,
        counts_pages=True,
    ),
    "notice": _OFFICIAL,
    "form": replace(
        _OFFICIAL, category="表单", cell_size=21, cell_line=340, row_height=454
    ),
    "letter": replace(_OFFICIAL, category="函件", cell_size=21, cell_line=340),
}
# kind in the outline → (style id, name shown in Word). No name is the Chinese
# name of a style built into Word: Word would take the two for one.
NAMES = {
    "title": ("PaperTitle", "文书标题"),
    "subtitle": ("PaperSubtitle", "文书副标题"),
    "heading": ("HeadingOne", "一级标题"),
    "subheading": ("HeadingTwo", "二级标题"),
    "clause": ("ClauseHeading", "条标题"),
    "body": ("IndentedBody", "首行缩进"),
    "flush": ("FlushBody", "顶格"),
    "right": ("AlignedRight", "右对齐"),
    "center": ("Centered", "居中"),
    "item": ("Item", "缩进项"),
    "note": ("Note", "附注"),
    "tag": ("TagLine", "条件标记"),
    "break": ("PageBreakLine", "分页行"),
    "spacer": ("AfterTable", "表后分隔"),
    "cell.text": ("CellText", "表格文字"),
    "cell.label": ("CellLabel", "表头"),
    "cell.center": ("CellCentered", "表格居中"),
    "cell.right": ("CellRight", "表格右对齐"),
    "cell.tag": ("CellTag", "表格标记"),
    "cell.sign": ("CellSignature", "签署栏"),
    "header": ("PaperHeader", "文书页眉"),
    "footer": ("PaperFooter", "文书页脚"),
}
TABLE_STYLES = {True: ("BorderedTable", "有框表格"), False: ("PlainTable", "无框表格")}


def fonts(east_asian: str) -> str:
    """Return the rFonts element of a style."""
    return (
        f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}"'
        f' w:eastAsia="{east_asian}" w:cs="{LATIN}"/>'
    )


@dataclass(frozen=True)
class Look:
    """One paragraph style: the parts of pPr in schema order, then of rPr."""

    keep: str = ""
    line: int = 0
    before: int = 0
    after: int = 0
    indent: str = ""
    align: str = "both"
    level: int | None = None
    font: str = ""
    size: int = 0
    color: str = ""
    is_bold: bool = False

    def xml(self, style_id: str, name: str, parent: str = "Normal") -> str:
        """Return the style element."""
        level = "" if self.level is None else f'<w:outlineLvl w:val="{self.level}"/>'
        snap = '<w:snapToGrid w:val="0"/>'
        spacing = (
            f'<w:spacing w:before="{self.before}" w:after="{self.after}"'
            f' w:line="{self.line}" w:lineRule="exact"/>'
        )
        run = "".join(
            (
                fonts(self.font) if self.font else "",
                "<w:b/><w:bCs/>" if self.is_bold else "",
                f'<w:color w:val="{self.color}"/>' if self.color else "",
                f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>',
            )
        )
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id}">'
            f'<w:name w:val="{name}"/><w:basedOn w:val="{parent}"/><w:qFormat/>'
            f"<w:pPr>{self.keep}{snap}{spacing}{self.indent}"
            f'<w:jc w:val="{self.align}"/>{level}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
        )


KEEP_NEXT = "<w:keepNext/><w:keepLines/>"


def indent(page: Page, first: int = 0, left: int = 0, right: int = 0) -> str:
    """Return an indent in characters; negative `first` hangs."""
    width = page.size * 10 + page.letter_spacing
    parts = []
    if left:
        parts.append(f'w:leftChars="{left * 100}" w:left="{left * width}"')
    if right:
        parts.append(f'w:rightChars="{right * 100}" w:right="{right * width}"')
    if first:
        name = "firstLine" if first > 0 else "hanging"
        count = abs(first)
        parts.append(f'w:{name}Chars="{count * 100}" w:{name}="{count * width}"')
    return f"<w:ind {' '.join(parts)}/>" if parts else ""


def looks(page: Page) -> dict[str, Look]:
    """Return the look of every style of a layout."""
    line, size = page.line, page.size
    two = indent(page, first=2)
    heading = "" if page.counts_pages else two
    gap = line // 4 if page.counts_pages else 0
    return {
        "title": Look(
            KEEP_NEXT, 700, 0, line // 2, "", "center", None, BIAO, page.title_size
        ),
        "subtitle": Look(
            KEEP_NEXT, line, 0, line // 2, "", "center", None, KAI, min(size, 28)
        ),
        "heading": Look(KEEP_NEXT, line, gap, 0, heading, "both", 0, HEI, size),
        "subheading": Look(KEEP_NEXT, line, 0, 0, two, "both", 1, KAI, size),
        "clause": Look(KEEP_NEXT, line, gap, 0, heading, "both", 0, HEI, size),
        "body": Look("", line, indent=two, size=size),
        "flush": Look("", line, size=size),
        "right": Look("", line, indent=indent(page, right=2), align="right", size=size),
        "center": Look("", line, align="center", size=size),
        "item": Look("", line, indent=indent(page, first=-2, left=4), size=size),
        "note": Look("", page.cell_line, 60, 0, "", "both", None, KAI, page.cell_size),
        "tag": Look("", 240, align="left", color="808080", size=18),
        "break": Look("", 20, size=2),
        "spacer": Look("", 160 if page.counts_pages else 100, size=2),
        "cell.text": _cell_look(page, "left"),
        "cell.label": _cell_look(page, "center", HEI),
        "cell.center": _cell_look(page, "center"),
        "cell.right": _cell_look(page, "right"),
        "cell.tag": Look("", 240, align="left", color="808080", size=18),
        "cell.sign": Look("", line, align="left", size=size),
        "header": Look("", 300, align="right", font=SONG, size=18),
        "footer": Look(
            "",
            300 if page.counts_pages else 360,
            align="center",
            font=SONG,
            size=18 if page.counts_pages else 28,
        ),
    }


def _cell_look(page: Page, align: str, font: str = "") -> Look:
    font = font or page.font
    return Look(line=page.cell_line, align=align, font=font, size=page.cell_size)


def styles_part(page: Page) -> str:
    """Return word/styles.xml of a layout."""
    spacing = (
        f'<w:spacing w:val="{page.letter_spacing}"/>' if page.letter_spacing else ""
    )
    paragraph_styles = "".join(
        look.xml(*NAMES[kind]) for kind, look in looks(page).items()
    )
    return (
        f"{DECLARATION}<w:styles {WORD_NAMESPACE}>"
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(page.font)}{spacing}"
        f'<w:sz w:val="{page.size}"/><w:szCs w:val="{page.size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl/><w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/>'
        "<w:semiHidden/></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{cell_margins()}</w:tblPr></w:style>'
        f"{paragraph_styles}{_table_style(True)}{_table_style(False)}</w:styles>"
    )


def cell_margins() -> str:
    """Return the inner margins of every table."""
    sides = (("top", 40), ("left", 57), ("bottom", 40), ("right", 57))
    inner = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    return f"<w:tblCellMar>{inner}</w:tblCellMar>"


def borders(has_borders: bool) -> str:
    """Return the tblBorders element."""
    kind = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    none = 'w:val="nil"'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    inner = "".join(f"<w:{side} {kind if has_borders else none}/>" for side in sides)
    return f"<w:tblBorders>{inner}</w:tblBorders>"


def _table_style(has_borders: bool) -> str:
    style_id, name = TABLE_STYLES[has_borders]
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr>{borders(has_borders)}</w:tblPr></w:style>"
    )


def font_table_part() -> str:
    """Return word/fontTable.xml: usual Chinese fonts with their fallbacks."""
    east_asian = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{fallback}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="default"/></w:font>'
        for name, (fallback, family) in FALLBACKS.items()
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )
    return f"{DECLARATION}<w:fonts {WORD_NAMESPACE}>{east_asian}{latin}</w:fonts>"
