"""From the blocks of an outline to word/document.xml."""

from itertools import pairwise

from assembly.drafting.keeping import (
    kept_blocks,
    paragraphs_under_two_headings,
)
from assembly.drafting.markup import (
    MERGED_LEFT,
    MERGED_UP,
    Block,
    Cell,
    Outline,
    PageBreak,
    Paragraph,
    Row,
    Table,
)
from assembly.drafting.styles import (
    KEEP_NEXT,
    NAMES,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PAGES,
    TABLE_STYLES,
    Page,
    borders,
    cell_margins,
)
from assembly.drafting.xml import BOTH_NAMESPACES, DECLARATION, paragraph, runs

# Paragraphs that want some air before a table that follows.
SET_OFF = ("body", "flush", "item", "heading", "subheading", "clause")
TOTAL = "合计"
SINGLE_LINES = '<w:widowControl w:val="0"/>'


def document_part(outline: Outline) -> str:
    """Return word/document.xml."""
    page = PAGES[outline.layout]
    kept = kept_blocks(outline.blocks)
    loose = paragraphs_under_two_headings(outline.blocks)
    blocks = ""
    previous = ""
    for index, block in enumerate(outline.blocks):
        if isinstance(block, Table) and previous in SET_OFF:
            blocks += paragraph(NAMES["spacer"][0], "", KEEP_NEXT)
        extra = KEEP_NEXT if index in kept else ""
        extra += SINGLE_LINES if index in loose else ""
        blocks += _block(block, page, extra)
        previous = getattr(block, "kind", "")
    return (
        f"{DECLARATION}<w:document {BOTH_NAMESPACES}><w:body>"
        f"{blocks}{_section(page, bool(outline.header))}</w:body></w:document>"
    )


def _block(block: Block, page: Page, extra: str) -> str:
    if isinstance(block, Paragraph):
        return paragraph(NAMES[block.kind][0], runs(block.text), extra)
    if isinstance(block, PageBreak):
        return paragraph(NAMES["break"][0], '<w:r><w:br w:type="page"/></w:r>')
    # Word joins tables that touch, also when a tag between them is gone.
    return _table(block, page) + paragraph(NAMES["spacer"][0], "", extra)


def _table(table: Table, page: Page) -> str:
    widths = _widths(table.columns, page.text_width)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [
        _row(table, index, widths, page.row_height) for index in range(len(table.rows))
    ]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLES[table.has_borders][0]}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'{borders(table.has_borders)}<w:tblLayout w:type="fixed"/>'
        f'{cell_margins()}<w:tblLook w:val="0000"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _widths(columns: tuple[int, ...], whole: int) -> list[int]:
    """Return widths that fill the text block, so that tables end at one line."""
    edges = [
        whole * sum(columns[:count]) // sum(columns)
        for count in range(len(columns) + 1)
    ]
    return [right - left for left, right in pairwise(edges)]


def _row(table: Table, index: int, widths: list[int], height: int) -> str:
    row = table.rows[index]
    # A signature block never breaks over pages; a section's name stays with it.
    is_section = row.cells[0].kind == "label" and all(
        cell.kind == MERGED_LEFT for cell in row.cells[1:]
    )
    # So do the rows above a total, lest it stands alone on the next page.
    is_bound = not table.has_borders or table.rows[-1].cells[0].text == TOTAL
    is_kept = row.is_header or is_section or (is_bound and index + 1 < len(table.rows))
    header = "<w:tblHeader/>" if row.is_header else ""
    properties = (
        f'<w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        f"{header}</w:trPr>"
    )
    return f"<w:tr>{properties}{''.join(_cells(table, index, widths, is_kept))}</w:tr>"


def _cells(table: Table, index: int, widths: list[int], is_kept: bool) -> list[str]:
    row = table.rows[index]
    if row.is_tag:
        return [_cell(Cell("tag", row.cells[0].text), sum(widths), len(widths))]
    found = []
    position = 0
    while position < len(row.cells):
        end = position + 1
        while end < len(row.cells) and row.cells[end].kind == MERGED_LEFT:
            end += 1
        found.append(
            _cell(
                row.cells[position],
                sum(widths[position:end]),
                end - position,
                merge=_merge(table, index, position),
                is_kept=is_kept,
                is_signature=not table.has_borders,
            )
        )
        position = end
    return found


def _merge(table: Table, index: int, position: int) -> str:
    """Return the vMerge element of a cell."""
    if table.rows[index].cells[position].kind == MERGED_UP:
        return "<w:vMerge/>"
    following = next(
        (row for row in table.rows[index + 1 :] if not row.is_tag), Row(())
    )
    below = following.cells[position : position + 1]
    if below and below[0].kind == MERGED_UP:
        return '<w:vMerge w:val="restart"/>'
    return ""


def _cell(
    cell: Cell,
    width: int,
    span: int,
    *,
    merge: str = "",
    is_kept: bool = False,
    is_signature: bool = False,
) -> str:
    kind = "text" if cell.kind == MERGED_UP else cell.kind
    if is_signature and kind == "text":
        kind = "sign"
    grid_span = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    align = "" if is_signature else '<w:vAlign w:val="center"/>'
    content = paragraph(
        NAMES[f"cell.{kind}"][0], runs(cell.text), KEEP_NEXT if is_kept else ""
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid_span}{merge}{align}'
        f"</w:tcPr>{content}</w:tc>"
    )


def _section(page: Page, has_header: bool) -> str:
    """Return sectPr; notices number odd pages on the right, even on the left."""
    kinds = ("default",) if page.counts_pages else ("even", "default")
    references = ""
    for part in ("header", "footer"):
        if part == "footer" or has_header:
            references += "".join(
                f'<w:{part}Reference w:type="{kind}" r:id="{part}-{kind}"/>'
                for kind in kinds
            )
    return (
        f"<w:sectPr>{references}"
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}"'
        f' w:left="{page.left}" w:header="851" w:footer="{page.footer}" w:gutter="0"/>'
        '<w:cols w:space="425"/></w:sectPr>'
    )
