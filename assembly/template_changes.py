"""What a new version of a template changes: its text, its questions, its clauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from assembly.plain_text import plain_text
from assembly.template import Template
from notation.numerals import format_numeral

PREAMBLE = "首部"
_ARTICLE = re.compile(r"\{\{-?\s*article\.\w+\s*-?\}\}")


@dataclass(frozen=True, slots=True)
class TextChange:
    """A paragraph that was added, left out or rewritten, under its clause."""

    clause: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause of the manifest; an empty side: it is new, or it is gone."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TemplateChanges:
    """All that is different; `asked` and `dropped` are (path, label) of questions."""

    texts: tuple[TextChange, ...]
    asked: tuple[tuple[str, str], ...]
    dropped: tuple[tuple[str, str], ...]
    clauses: tuple[ClauseChange, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the changes as plain data."""
        return asdict(self)


def compare_templates(
    older: Template, newer: Template, files: tuple[bytes, bytes]
) -> TemplateChanges:
    """Return what changed from one version to the next; `files` are both .docx."""
    before, after = _questions(older), _questions(newer)
    return TemplateChanges(
        tuple(_texts(*(_lines(content) for content in files))),
        tuple(one for one in after.items() if one[0] not in before),
        tuple(one for one in before.items() if one[0] not in after),
        tuple(_clauses(older, newer)),
    )


def _lines(content: bytes) -> list[tuple[str, str]]:
    """Return each paragraph under its clause; articles carry their numbers."""
    found, clause, number = [], PREAMBLE, 0
    for line in plain_text(content).splitlines():
        text = line.strip()
        if _ARTICLE.match(text):
            number += 1
            text = _ARTICLE.sub(f"第{format_numeral(number)}条", text, count=1)
            clause = text
        found.append((clause, text))
    return found


def _texts(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> Iterator[TextChange]:
    # A clause that only moved under another number has not changed.
    old_keys, new_keys = (
        [_unnumbered(text) for _, text in side] for side in (before, after)
    )
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, added = before[a:b], after[c:d]
        for place in range(max(len(gone), len(added))):
            old = gone[place] if place < len(gone) else ("", "")
            new = added[place] if place < len(added) else ("", "")
            yield TextChange(new[0] or old[0], old[1], new[1])


def _unnumbered(text: str) -> str:
    return re.sub(r"^第[〇零一二三四五六七八九十百]+条", "", text)


def _questions(template: Template) -> dict[str, str]:
    return {
        question.path: f"{group.label}：{question.label}"
        for group in template.questions()
        for question in group.questions
    }


def _clauses(older: Template, newer: Template) -> Iterator[ClauseChange]:
    before, after = _conditions(older), _conditions(newer)
    for name in dict.fromkeys((*before, *after)):
        title, was = before.get(name, ("", ""))
        now_title, now = after.get(name, ("", ""))
        if (title, was) != (now_title, now):
            yield ClauseChange(now_title or title, was, now)


def _conditions(template: Template) -> dict[str, tuple[str, str]]:
    return {one.name: (one.title, one.condition) for one in template.explain({})}
