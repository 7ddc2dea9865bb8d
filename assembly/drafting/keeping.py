"""Which blocks of a paper stay on one page with the block that follows."""

from assembly.drafting.markup import Block, PageBreak, Paragraph, Table

# Paragraphs that stay with the table or the signature that follows.
_LEADING = ("right", "body", "flush", "item", "note", "center")
# Lines that close a paper: they stay with the signature block above them.
_CLOSING = ("right", "flush", "note")


def kept_blocks(blocks: tuple[Block, ...]) -> set[int]:
    """Return the numbers of the blocks that never part from the next one.

    A paragraph that ends with a colon stays with what it announces, the paragraph
    before a table or a signature (right-aligned lines) with it, and a signature
    block with the last lines of the paper. Headings are kept by their style.
    """
    kinds = [_kind(block) for block in blocks]
    kept = {
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and block.text.endswith("：")
    }
    for index, kind in enumerate(kinds):
        if kind in ("right", "table", "signature"):
            kept |= _leading(kinds, index)
    return kept | _closing(kinds)


def paragraphs_under_two_headings(blocks: tuple[Block, ...]) -> set[int]:
    """Return the paragraphs that may leave a single line at the end of a page.

    LibreOffice 7 leaves the first of two headings behind when the paragraph under
    them would have to move as a whole for the sake of its last line.
    """
    printed = [(n, _kind(b)) for n, b in enumerate(blocks) if _kind(b) != "tag"]
    return {
        printed[place][0]
        for place in range(2, len(printed))
        if [kind for _, kind in printed[place - 2 : place]] == ["heading", "clause"]
        and printed[place][1] == "body"
    }


def _kind(block: Block) -> str:
    if isinstance(block, Table):
        return "table" if block.has_borders else "signature"
    return "page" if isinstance(block, PageBreak) else block.kind


def _leading(kinds: list[str], index: int) -> set[int]:
    """Return the paragraph before a block; tags that vanish may stand between."""
    before = index - 1
    while before >= 0 and kinds[before] == "tag":
        before -= 1
    if before < 0 or kinds[before] not in _LEADING:
        return set(range(before + 1, index))
    return set(range(before, index))


def _closing(kinds: list[str]) -> set[int]:
    """Return the signature block at the end and the lines under it but the last."""
    first = len(kinds)
    while first and kinds[first - 1] in _CLOSING:
        first -= 1
    is_signature = 0 < first < len(kinds) and kinds[first - 1] == "signature"
    return set(range(first - 1, len(kinds) - 1)) if is_signature else set()
