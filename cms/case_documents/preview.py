"""A paper as a web page shows it: its passages in order, and why each clause stands."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assembly import AssemblyError
from assembly.drafting.markup import Paragraph, Table
from assembly.passages import Passage, Tracer, plain_passages
from cms.case_documents.actions.papers import document_of
from cms.case_documents.models import Paper, TemplateVersion
from cms.case_documents.templates_in_use import template_of

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)
_NUMBERED = re.compile(r"^第[〇零一二三四五六七八九十百]+条\s*")
MOST_TRACED = 64


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One cell with the columns and rows it spans."""

    text: SafeString
    kind: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class PreviewBlock:
    """A paragraph of a kind, or a table; `begins` are the clauses that start here."""

    kind: str
    text: str = ""
    header: list[list[PreviewCell]] = field(default_factory=list)
    rows: list[list[PreviewCell]] = field(default_factory=list)
    has_borders: bool = True
    begins: tuple[Mapping[str, Any], ...] = ()
    is_conditional: bool = False


def preview(document: bytes) -> list[PreviewBlock]:
    """Return the blocks of a Word file that we assembled."""
    return [_block(one, {}) for one in plain_passages(document)]


def preview_with_reasons(
    paper: Paper, reasons: Iterable[Mapping[str, Any]]
) -> list[PreviewBlock]:
    """Return the blocks of a paper, each clause's reason where the clause begins."""
    by_name = {reason["name"]: reason for reason in reasons}
    return [_block(one, by_name) for one in _passages(paper, by_name)]


def _passages(paper: Paper, reasons: Mapping[str, Mapping[str, Any]]) -> list[Passage]:
    """Return the passages of the file as kept, with clauses where they can be told.

    The template is filled again; only where that gives the very text of the file are
    its clauses those of the file. Else the headings tell them by their titles.
    """
    kept = plain_passages(document_of(paper))
    if not reasons:
        return kept
    try:
        traced = _tracer(paper.template).passages(json.loads(paper.answers))
    except AssemblyError:
        traced = []
    if [one.block for one in traced] == [one.block for one in kept]:
        return traced
    titles = {reason["title"]: name for name, reason in reasons.items()}
    return [_by_heading(one, titles) for one in kept]


def _by_heading(passage: Passage, titles: Mapping[str, str]) -> Passage:
    block = passage.block
    if not isinstance(block, Paragraph) or block.kind != "clause":
        return passage
    name = titles.get(_NUMBERED.sub("", block.text).strip())
    return Passage(block, name, begins=(name,)) if name else passage


@lru_cache(maxsize=MOST_TRACED)
def _traced(sha256: str, key: int) -> Tracer:
    return Tracer(template_of(TemplateVersion.objects.get(pk=key)))


def _tracer(version: TemplateVersion) -> Tracer:
    return _traced(version.sha256, version.pk)


def _block(passage: Passage, reasons: Mapping[str, Mapping[str, Any]]) -> PreviewBlock:
    block = passage.block
    begins = tuple(reasons[name] for name in passage.begins if name in reasons)
    inside = any(name in reasons for name in passage.clauses)
    if isinstance(block, Table):
        return PreviewBlock(
            "table",
            header=[_cells(row.cells) for row in block.rows if row.is_header],
            rows=[_cells(row.cells) for row in block.rows if not row.is_header],
            has_borders=block.has_borders,
            begins=begins,
            is_conditional=inside,
        )
    return PreviewBlock(
        block.kind, _text(block.text), begins=begins, is_conditional=inside
    )


def _cells(cells: tuple[Any, ...]) -> list[PreviewCell]:
    shown: list[PreviewCell] = []
    for cell in cells:
        kind, text = cell.kind, cell.text
        if kind == "<" and shown:
            last = shown[-1]
            shown[-1] = PreviewCell(last.text, last.kind, last.columns + 1)
        elif kind == "^":
            shown.append(PreviewCell(SafeString("〃"), "center"))
        else:
            shown.append(PreviewCell(_text(text), kind))
    return shown


def _text(text: str) -> SafeString:
    """Return a text escaped, with its bold passages and line breaks."""
    html = _BOLD.sub(r"<strong>\1</strong>", escape(text)).replace("⏎", "<br>")
    return mark_safe(html)  # noqa: S308  escaped above
