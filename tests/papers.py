"""The papers of templates_docx, as the tests see them."""

import re
from pathlib import Path

from assembly.drafting.markup import TAG, Table, parse

ROOT = Path(__file__).resolve().parents[1]
OUTLINES = sorted(ROOT.glob("templates_docx/*/*.outline.txt"))


def squeezed(text: str) -> str:
    """Return text without white space."""
    return re.sub(r"\s+", "", text)


def static_texts(outline: str) -> list[str]:
    """Return every piece of fixed text of an outline, tags and marks left out."""
    paper = parse(outline)
    texts = []
    for block in paper.blocks:
        if isinstance(block, Table):
            texts += [cell.text for row in block.rows for cell in row.cells]
        else:
            texts.append(getattr(block, "text", ""))
    pieces = (
        squeezed(piece)
        for text in texts
        for part in TAG.split(text)
        for piece in re.split(r"\*\*|⏎", part)
    )
    return [piece for piece in pieces if piece]
