"""Comparing what came back signed with what was assembled, clause by clause (AS-09).

Both sides are plain text. Line breaks, blanks, page numbers, running headers and
the two widths of a character carry no meaning and are taken away; then the clauses
are paired by number and likeness, and each pair is compared token by token, where a
number, an amount or a word in Latin letters is one token.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

_HEADING = re.compile(r"第[〇零一二三四五六七八九十百千]+条")
_HEADING_LINE = re.compile(
    r"^[ \t\u3000]*(第[〇零一二三四五六七八九十百千]+条)([ \t\u3000]?)", re.MULTILINE
)
_SURELY, _PERHAPS = "\ue000", "\ue001"
_MARK = re.compile(r"([\ue000\ue001])(第[〇零一二三四五六七八九十百千]+条)")
_TITLE = re.compile(r"(第[〇零一二三四五六七八九十百千]+条)[\s\u3000]+(\S.{0,40})$")
_TOKEN = re.compile(
    r"[0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?%?|[A-Za-z]+|[壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整零]{2,}|."
)
_KEY = re.compile(r"[0-9壹贰叁肆伍陆柒捌玖拾佰仟]")
_PAGE_MARKS = re.compile(
    r"^\s*(第\s*\d+\s*页(\s*共\s*\d+\s*页)?|[—–-]\s*\d+\s*[—–-]|\d+\s*/\s*\d+)\s*$"
)
_HEADER = re.compile(r"(合同|协议|文书)?编号[：:]")
_IGNORED = str.maketrans("", "", " \t\r\n\u3000\u200b\ufeff_＿")
_ALIKE = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "—": "-",
        "–": "-",
        "·": ".",
        "•": ".",
        "（": "(",
        "）": ")",
        "：": ":",
        "；": ";",
        "，": ",",
        "！": "!",
        "？": "?",
    }
)
# The other way round, for people to read; a comma inside an amount stays.
_MARKS = dict(zip("():;,!?", "（）：；，！？", strict=True))
_BARE_MARK = re.compile(r"[():;!?]|,(?![0-9]{3})")
_SENTENCE_ENDS = frozenset("。;!?")
PREAMBLE = "首部"
CONTEXT = 32
"""How many words of a long sentence are shown on each side of a change."""
SKIPPED = 5
"""How many numbers in a row may be gone before a heading is doubted."""
SAME_CLAUSE = 0.6
"""Least likeness at which a clause under another number is still the same one."""


class ChangeKind(StrEnum):
    """What happened to a passage."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Change:
    """One deviation: where, what it was, what it is now.

    `is_key`: a number, an amount or a date is concerned, or a whole clause. `lead`
    and `tail` are what stands around it in its assembled sentence.
    """

    kind: ChangeKind
    clause: str
    before: str
    after: str
    is_key: bool = False
    lead: str = ""
    tail: str = ""

    @property
    def in_words(self) -> str:
        """The change in a sentence."""
        match self.kind:
            case ChangeKind.MISSING if not self.after and self.before == self.clause:
                return f"{self.clause}：整条缺失"
            case ChangeKind.ADDED if not self.before and self.after == self.clause:
                return f"{self.clause}：整条新增"
            case ChangeKind.MISSING:
                return f"{self.clause}：删去“{self.before}”"
            case ChangeKind.ADDED:
                return f"{self.clause}：增加“{self.after}”"
        return f"{self.clause}：“{self.before}”改为“{self.after}”"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result: every change in the order of the assembled text."""

    changes: tuple[Change, ...]
    clauses: int

    @property
    def is_equal(self) -> bool:
        """Whether nothing that carries meaning differs."""
        return not self.changes

    @property
    def key_changes(self) -> tuple[Change, ...]:
        """The changes of numbers, amounts, dates and whole clauses."""
        return tuple(change for change in self.changes if change.is_key)


@dataclass(frozen=True, slots=True)
class _Clause:
    number: str
    text: str

    @property
    def body(self) -> str:
        return self.text[len(self.number) :]


def compare(assembled: str, returned: str) -> Comparison:
    """Compare two texts of one paper; lines as they were read.

    `returned` may be wrapped otherwise and carry page numbers.
    """
    left, right = _clauses(_cleaned(assembled)), _clauses(_cleaned(returned))
    titles = _titles(returned) | _titles(assembled)
    partners = _pairs(left, right)
    changes: list[Change] = []
    for place, clause in enumerate(left):
        label = titles.get(clause.number, clause.number) or PREAMBLE
        partner = partners.get(place)
        if partner is None:
            changes.append(Change(ChangeKind.MISSING, label, label, "", True))
        elif right[partner].body != clause.body:
            changes += _differences(label, clause.body, right[partner].body)
    for place, clause in enumerate(right):
        if place not in partners.values():
            label = _titles(returned).get(clause.number, clause.number) or PREAMBLE
            changes.append(Change(ChangeKind.ADDED, label, "", label, True))
    return Comparison(tuple(changes), len(left))


def _titles(text: str) -> dict[str, str]:
    """Return number → number and title of the headings that stand on lines alone."""
    found = (_TITLE.match(line.strip()) for line in text.splitlines())
    return {m[1]: f"{m[1]} {m[2]}" for m in found if m}


def _cleaned(text: str) -> str:
    """Return the text without what paper and printer added, headings marked."""
    lines = [line for line in text.splitlines() if not _PAGE_MARKS.match(line)]
    marked = _HEADING_LINE.sub(_marked, "\n".join(_without_headers(lines)))
    return bare(marked)


def bare(text: str) -> str:
    """Return a text as it is compared: one width of characters, no blanks."""
    return unicodedata.normalize("NFKC", text).translate(_ALIKE).translate(_IGNORED)


def _marked(found: re.Match[str]) -> str:
    """Mark a heading: surely where a blank follows the number, else perhaps."""
    return (_SURELY if found[2] else _PERHAPS) + found[1]


def _without_headers(lines: Sequence[str]) -> Iterable[str]:
    """Leave out the running header: the line of the number, back on every page."""
    seen: set[str] = set()
    for line in lines:
        bare = line.strip()
        if _HEADER.match(bare) and bare in seen:
            continue
        seen.add(bare)
        yield line


def _clauses(text: str) -> list[_Clause]:
    """Cut a text before each heading 第X条 that continues the numbering.

    A reference to a clause that happens to begin a line does not cut.
    """
    cuts, following = [0], 1
    for found in _MARK.finditer(text):
        value = _number(found[2][1:-1])
        farthest = following + (SKIPPED if found[1] == _SURELY else 0)
        if following <= value <= farthest:
            cuts.append(found.start())
            following = value + 1
    pieces = [
        text[start:end].replace(_SURELY, "").replace(_PERHAPS, "")
        for start, end in pairwise([*cuts, len(text)])
    ]
    headings = [_HEADING.match(piece) for piece in pieces]
    return [
        _Clause(heading.group() if heading else "", piece)
        for heading, piece in zip(headings, pieces, strict=True)
        if piece
    ]


def _number(numeral: str) -> int:
    digits = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
    units = {"十": 10, "百": 100, "千": 1000}
    total, current = 0, 0
    for character in numeral:
        if character in units:
            total += (current or 1) * units[character]
            current = 0
        else:
            current = digits[character]
    return total + current


def _pairs(left: Sequence[_Clause], right: Sequence[_Clause]) -> dict[int, int]:
    """Pair clauses by number where they are alike, then the rest by likeness."""
    places = {clause.number: place for place, clause in enumerate(right)}
    pairs = {}
    for place, clause in enumerate(left):
        other = places.get(clause.number)
        if other is not None and _likeness(clause, right[other]) >= SAME_CLAUSE:
            pairs[place] = other
    rest = set(range(len(right))) - set(pairs.values())
    for place, clause in enumerate(left):
        if place in pairs or not rest:
            continue
        best = max(sorted(rest), key=lambda other: _likeness(clause, right[other]))
        if _likeness(clause, right[best]) >= SAME_CLAUSE:
            pairs[place] = best
            rest.remove(best)
    return pairs


def _likeness(one: _Clause, other: _Clause) -> float:
    if one.body == other.body:
        return 1.0
    matcher = SequenceMatcher(None, one.body, other.body, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < SAME_CLAUSE:
        return 0.0
    return matcher.ratio()


def _differences(label: str, before: str, after: str) -> Iterable[Change]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    title = _readable(bare(label.partition(" ")[2]))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag == "equal":
            continue
        was, now = "".join(old[i:j]), "".join(new[k:n])
        is_key = bool(_KEY.search(was) or _KEY.search(now))
        lead = _lead(old[:i]).removeprefix(title)
        tail = _tail(old[j:])
        yield Change(_kind(was, now), label, was, now, is_key, lead, tail)


def _lead(tokens: Sequence[str]) -> str:
    """Return the beginning of the sentence that the tokens end in."""
    found: list[str] = []
    for token in reversed(tokens):
        if token in _SENTENCE_ENDS:
            break
        if len(found) == CONTEXT:
            found.append("…")
            break
        found.append(token)
    return _readable("".join(reversed(found)))


def _tail(tokens: Sequence[str]) -> str:
    """Return the rest of the sentence that the tokens go on with."""
    for place, token in enumerate(tokens[:CONTEXT]):
        if token in _SENTENCE_ENDS:
            return _readable("".join(tokens[: place + 1]))
    rest = "…" if len(tokens) > CONTEXT else ""
    return _readable("".join(tokens[:CONTEXT]) + rest)


def _readable(text: str) -> str:
    """Return bare text with the marks of a Chinese sentence; figures keep theirs."""
    return _BARE_MARK.sub(lambda mark: _MARKS[mark.group()], text)


def _kind(was: str, now: str) -> ChangeKind:
    if not was:
        return ChangeKind.ADDED
    return ChangeKind.CHANGED if now else ChangeKind.MISSING
