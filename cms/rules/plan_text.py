"""The plan's text as documents and entries: every article an anchor, no word lost.

The text is what was handed in: 附件6 has no 第九条, 附件7四 counts `（4）`, 附件3七 has
two lists, the flow charts of 附录A came as loose words. Nothing is renumbered
(AMB-27); an entry only says what a piece of text is and how it is cited.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from notation.numerals import NUMERAL, parse_numeral


class EntryKind(StrEnum):
    """What a piece of the text is."""

    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    ANNEX = "annex"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered unit or paragraph; `label`, `title` and `text` are the source's.

    `level` counts from 0 at chapters and articles. A figure's `text` is the
    loose words that were left of it.
    """

    kind: EntryKind
    anchor: str
    level: int
    label: str = ""
    title: str = ""
    text: str = ""

    @property
    def source(self) -> str:
        """Return the text as it stood in the plan, without its line breaks."""
        if self.kind is EntryKind.ARTICLE:
            return f"{self.label}（{self.title}）{self.text}"
        return f"{self.label}{self.title}{self.text}"


@dataclass(frozen=True, slots=True)
class Document:
    """The plan itself (`plan`) or one of its guidelines (`guideline-1` …)."""

    slug: str
    mark: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def source(self) -> str:
        """Return the whole text as it stood in the plan."""
        return self.mark + self.title + "".join(e.source for e in self.entries)

    @property
    def anchors(self) -> tuple[str, ...]:
        """Return the anchors in reading order."""
        return tuple(entry.anchor for entry in self.entries)


_MARK = re.compile(r"附件([1-7])")
_ARTICLE = re.compile(rf"(第({NUMERAL})条)（(.+?)）(.*)")
_CHAPTER = re.compile(rf"(({NUMERAL})、)(.*)")
_PAREN = re.compile(rf"(（({NUMERAL}|\d)）)\s*(.*)")
_DIGIT = re.compile(r"((\d)\.)(.*)")
_ANNEX = re.compile(r"((?:附件：)?(?:(\d)\.)?)(.*)")
_CAPTION = re.compile(r"(图A\.(\d))(.*)")
# A run-in heading such as “投前论证。” opens an item; a rule is a longer sentence.
_RUN_IN = re.compile(r"([^，、。；：\d应为]{2,11}。|赋予[^。]+\+[^。]+。)(.+)")
_FIRST_SENTENCE = re.compile(r"([^。]+。)(.+)")


def parse_plan(text: str) -> tuple[Document, ...]:
    """Return the plan and its seven guidelines in order."""
    parts: list[tuple[str, str, list[str]]] = []
    for line in _lines(text):
        if not parts:
            parts.append(("plan", line, []))
        elif mark := _MARK.fullmatch(line):
            parts.append((f"guideline-{mark[1]}", line, []))
        else:
            parts[-1][2].append(line)
    return tuple(
        Document(slug, mark, lines[0], tuple(_Reader(slug, lines[1:]).read()))
        for slug, mark, lines in parts
    )


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if stripped := line.strip():
            yield stripped


class _Reader:
    """Reads one document line by line, keeping the number it stands at."""

    def __init__(self, slug: str, lines: list[str]) -> None:
        self.slug = slug
        self.lines = lines
        self.prefix = "art"
        self.path: list[str] = []
        self.paragraphs = 0
        self.entries: list[Entry] = []

    def read(self) -> list[Entry]:
        """Return the entries of all lines."""
        position = 0
        while position < len(self.lines):
            position = self._read_line(position)
        return self.entries

    def _read_line(self, position: int) -> int:
        line = self.lines[position]
        if line == "附件":
            self._open_negative_list(self.lines[position + 1])
            return position + 2
        if line.startswith("附件："):
            return self._read_annexes(position)
        if line == "附录A":
            self._add(Entry(EntryKind.CHAPTER, "appendix-a", 0, "附录A"))
            return self._read_figures(position + 1)
        if not self._read_numbered(line):
            self._read_paragraph(position)
        return position + 1

    def _add(self, entry: Entry) -> None:
        self.entries.append(entry)

    def _open_negative_list(self, title: str) -> None:
        self.prefix, self.path = "negative-list", []
        self._add(Entry(EntryKind.CHAPTER, self.prefix, 0, "附件", title))

    def _read_annexes(self, position: int) -> int:
        """The list of annexes at a document's end is not a list of articles."""
        end = position + 1
        while end < len(self.lines) and _DIGIT.fullmatch(self.lines[end]):
            end += 1
        for line in self.lines[position:end]:
            label, number, title = _ANNEX.fullmatch(line).groups("")  # type: ignore[union-attr]
            anchor = f"annex-{number}" if number else "annex"
            self._add(Entry(EntryKind.ANNEX, anchor, 0, label, title))
        return end

    def _read_figures(self, position: int) -> int:
        """Collect the loose words of each flow chart up to its caption."""
        words: list[str] = []
        while position < len(self.lines):
            line = self.lines[position]
            if caption := _CAPTION.fullmatch(line):
                anchor = f"figure-a-{caption[2]}"
                self._add(Entry(EntryKind.FIGURE, anchor, 1, text="\n".join(words)))
                self._add(
                    Entry(
                        EntryKind.PARAGRAPH,
                        f"{anchor}-caption",
                        1,
                        caption[1],
                        caption[3],
                    )
                )
                words = []
            else:
                words.append(line)
            position += 1
        return position

    def _read_numbered(self, line: str) -> bool:
        if found := _ARTICLE.fullmatch(line):
            self._place(0, found[2])
            self._add(
                Entry(
                    EntryKind.ARTICLE, self._anchor(), 0, found[1], found[3], found[4]
                )
            )
        elif found := _CHAPTER.fullmatch(line):
            self._place(0, found[2])
            self._add(Entry(EntryKind.CHAPTER, self._anchor(), 0, found[1], found[3]))
        elif found := _PAREN.fullmatch(line):
            self._read_item(1, found)
        elif found := _DIGIT.fullmatch(line):
            self._read_item(1 if self.prefix == "negative-list" else 2, found)
        else:
            return False
        return True

    def _read_item(self, level: int, found: re.Match[str]) -> None:
        self._place(level, found[2])
        if self.slug == "plan" and level == 1:
            kind, title, text = EntryKind.SECTION, found[3], ""
        else:
            kind = EntryKind.ITEM
            pattern = _FIRST_SENTENCE if self.slug == "plan" else _RUN_IN
            opening = pattern.fullmatch(found[3])
            title, text = (opening[1], opening[2]) if opening else ("", found[3])
        self._add(Entry(kind, self._anchor(), level, found[1], title, text))

    def _place(self, level: int, number: str) -> None:
        """Move to a number on a level; a second (一) opens a second list."""
        head = self.path[:level]
        if len(head) < level:
            raise ValueError(f"{self.slug}: {number} stands under no article")
        value = int(number) if number.isdecimal() else parse_numeral(number)
        if level == 1 and self.path[1:2] == ["after"]:
            head = [*head, "after"]
        self.path = [*head, str(value)]
        self.paragraphs = 1

    def _anchor(self) -> str:
        return "-".join([self.prefix, *self.path])

    def _read_paragraph(self, position: int) -> None:
        line = self.lines[position]
        following = self.lines[position + 1 : position + 2]
        if not self.path:
            anchor = "preamble"
        elif line.startswith("本方案自发布之日起"):
            self.path, anchor = [], "closing"
        elif len(self.path) > 1 and following and following[0].startswith("（一）"):
            if self.slug == "plan":
                raise ValueError(f"a second list in {self._anchor()}")
            self.path = [self.path[0], "after"]
            anchor = self._anchor()
        else:
            anchor = self._next_paragraph()
        self._add(
            Entry(EntryKind.PARAGRAPH, anchor, max(len(self.path) - 1, 0), text=line)
        )

    def _next_paragraph(self) -> str:
        """A further paragraph is cited by its number, as 附件2十一(二) is."""
        last = self.entries[-1]
        if last.kind is EntryKind.ARTICLE and last.text:
            self.entries[-1] = replace(last, text="")
            self._add(Entry(EntryKind.PARAGRAPH, f"{last.anchor}-1", 0, text=last.text))
        if last.kind is EntryKind.SECTION:
            self.paragraphs = 0
        self.paragraphs += 1
        return f"{self._anchor()}-{self.paragraphs}"
