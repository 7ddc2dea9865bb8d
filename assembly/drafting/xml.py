"""Pieces of WordprocessingML that every part shares."""

from xml.sax.saxutils import escape

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS_URI = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_NAMESPACE = f'xmlns:w="{WORD_URI}"'
BOTH_NAMESPACES = f'{WORD_NAMESPACE} xmlns:r="{RELATIONS_URI}"'
# The hint makes Word draw “ ” … — in the Chinese font.
HINT = '<w:rFonts w:hint="eastAsia"/>'
BOLD = "<w:b/><w:bCs/>"


def runs(text: str) -> str:
    """Return the runs of a paragraph: ** switches bold, ⏎ breaks the line."""
    pieces = text.split("**")
    return "".join(
        _run(piece, is_bold=bool(index % 2))
        for index, piece in enumerate(pieces)
        if piece
    )


def _run(text: str, *, is_bold: bool) -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else ""
        for line in text.split("⏎")
    )
    return f"<w:r><w:rPr>{HINT}{BOLD if is_bold else ''}</w:rPr>{lines}</w:r>"


def paragraph(style_id: str, content: str, extra: str = "") -> str:
    """Return a paragraph; `extra` is what follows pStyle in pPr."""
    properties = f'<w:pPr><w:pStyle w:val="{style_id}"/>{extra}</w:pPr>'
    return f"<w:p>{properties}{content}</w:p>"
