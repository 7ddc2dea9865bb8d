"""Citations as the register writes them, and where their articles are read.

`附件4七(三)` is item 三 of article 七 of 附件4; `附件1附件一3` its negative list,
`附件3七后(二)` the second list of an article, `附件4附录A` the flow charts. Several
stand between `;` or `、`; what a later one leaves out it takes from the one before.
Laws (`民法典203`) have a label and no path.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from notation.numerals import NUMERAL, format_numeral, parse_numeral

POLICIES_PATH = "/policies/"
DOCUMENT_NAMES = {"plan": "主方案"} | {
    f"guideline-{n}": f"附件{n}" for n in range(1, 8)
}

LAWS = {
    "民法典": "民法典",
    "专利法实施细则": "专利法实施细则",
    "专利法": "专利法",
    "促转法": "促进科技成果转化法",
    "个保法": "个人信息保护法",
    "拍卖法": "拍卖法",
    "公司法": "公司法",
    "技术合同解释": "最高人民法院关于审理技术合同纠纷案件适用法律若干问题的解释",
}

_LAW = re.compile(rf"({'|'.join(LAWS)})((?:第?\d+条?(?:[–-]\d+)?)?)")
_DOCUMENT = re.compile(r"主方案|附件[1-7]")
_TOKEN = re.compile(
    rf"(?P<list>附件)|(?P<appendix>附录A)|(?P<figure>图A\.(?P<number>\d))"
    rf"|(?P<preamble>导语)|(?P<closing>尾)|(?P<after>后)|(?P<last>末)|(?P<to>–)"
    rf"|(?P<article>{NUMERAL})|\((?P<item>{NUMERAL}|\d+)\)|第(?P<paragraph>\d)段|(?P<digit>\d+)"
)
_LEVELS = ("article", "item", "digit", "paragraph")
_FIXED = {"appendix": "appendix-a", "preamble": "preamble", "closing": "closing"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited place; `document` is empty and `anchor` too for a law."""

    label: str
    document: str = ""
    anchor: str = ""

    @property
    def path(self) -> str:
        """Return where the article is read, or an empty text for a law."""
        if not self.document:
            return ""
        fragment = f"#{self.anchor}" if self.anchor else ""
        return f"{POLICIES_PATH}{self.document}/{fragment}"


@lru_cache(maxsize=1024)
def parse_citations(text: str) -> tuple[Citation, ...]:
    """Return every place that `text` cites, ranges spelled out.

    Raises:
        ValueError: a part of the text is no citation.
    """
    normal = text.replace("（", "(").replace("）", ")").replace("；", ";")
    reader = _Reader()
    for part in re.split(r"[;、]", re.sub(r"[-—~至](?=[(\d])", "–", normal)):
        reader.read_part(re.sub(r"\s", "", part))
    return tuple(reader.citations)


def article_path(citation: str) -> str:
    """Return the path of the first place cited, empty for a law alone.

    Raises:
        ValueError: the text is no citation.
    """
    paths = (found.path for found in parse_citations(citation))
    return next((path for path in paths if path), "")


def is_law(citation: str) -> bool:
    """Whether the citation names a law and not the plan."""
    return _LAW.fullmatch(citation) is not None


def format_anchor(document: str, anchor: str) -> str:
    """Return the register's short citation of an anchor: `附件4七(三)`."""
    prefix, _, rest = anchor.removeprefix("negative-").partition("-")
    fixed = {"preamble": "导语", "closing": "尾", "appendix": "附录A"}
    name = DOCUMENT_NAMES[document]
    if prefix in fixed:
        return name + fixed[prefix]
    if prefix == "figure":
        return f"{name}图A.{rest[2]}"
    if prefix == "annex":
        return f"{name}附件{rest}"
    parts = [part for part in rest.split("-") if part]
    head = name + ("附件" if prefix == "list" else "")
    return head + _format_numbers(parts, listed=prefix == "list")


def _format_numbers(parts: list[str], *, listed: bool) -> str:
    text = ""
    levels = iter(("article", "digit") if listed else _LEVELS)
    for part in parts:
        if part == "after":
            text += "后"
            continue
        numeral = format_numeral(int(part))
        text += {
            "article": numeral,
            "item": f"({numeral})",
            "digit": part,
            "paragraph": f"第{part}段",
        }[next(levels)]
    return text


@dataclass
class _Reader:
    """Reads the parts one after another; the place stays where the last one was."""

    citations: list[Citation] = field(default_factory=list)
    document: str = ""
    is_list: bool = False
    is_after: bool = False
    numbers: list[int] = field(default_factory=list)

    def read_part(self, part: str) -> None:
        """Add the citations of one part."""
        if law := _LAW.fullmatch(part):
            self._add_law(law)
            return
        if found := _DOCUMENT.match(part):
            self.document = _slug(found[0])
            self._rest_at_document()
            part = part[found.end() :]
        if not self.document:
            raise ValueError(f"not a citation: {part}")
        self._read_tokens(part)

    def _rest_at_document(self) -> None:
        self.is_list, self.is_after, self.numbers = False, False, []

    def _add_law(self, law: re.Match[str]) -> None:
        number = law[2].strip("第条")
        label = LAWS[law[1]] + (f"第{number}条" if number else "")
        self.citations.append(Citation(label))

    def _read_tokens(self, part: str) -> None:
        position, level, is_range = 0, -1, False
        while position < len(part):
            token = _TOKEN.match(part, position)
            if token is None:
                raise ValueError(f"not a citation: {part}")
            position = token.end()
            kind = str(token.lastgroup)
            if kind == "to":
                is_range = True
            elif kind in _LEVELS:
                level = self._read_number(kind, token[kind], level, is_range=is_range)
                is_range = False
            elif self._read_word(kind, token):
                return
        self._add()

    def _read_word(self, kind: str, token: re.Match[str]) -> bool:
        """Take a word that is no number; True if it names the place by itself."""
        if kind == "list":
            self._rest_at_document()
            self.is_list = True
        elif kind == "after":
            self.is_after, self.numbers = True, self.numbers[:1]
        elif kind != "last":
            self._add(_FIXED.get(kind) or f"figure-a-{token['number']}")
            return True
        return False

    def _read_number(self, kind: str, text: str, last: int, *, is_range: bool) -> int:
        level = self._level(kind)
        value = int(text) if text.isdecimal() else parse_numeral(text)
        if level > len(self.numbers):
            raise ValueError(f"{text} stands under no article")
        if level <= last:  # (三)(四): the one before was a place of its own
            self._add()
        if is_range:
            for between in range(self.numbers[level] + 1, value):
                self.numbers[level:] = [between]
                self._add()
        self.numbers[level:] = [value]
        if level == 0:
            self.is_after = False
        return level

    def _level(self, kind: str) -> int:
        if self.is_list and kind == "digit":
            return 1
        return _LEVELS.index(kind)

    def _add(self, anchor: str | None = None) -> None:
        if anchor is None:
            anchor = self._anchor()
        label = format_anchor(self.document, anchor) if anchor else ""
        label = label or DOCUMENT_NAMES[self.document]
        self.citations.append(Citation(label, self.document, anchor))

    def _anchor(self) -> str:
        prefix = "negative-list" if self.is_list else "art"
        numbers = [str(number) for number in self.numbers]
        if not numbers:
            return prefix if self.is_list else ""
        if self.is_after:
            numbers.insert(1, "after")
        return "-".join([prefix, *numbers])


def _slug(name: str) -> str:
    return "plan" if name == "主方案" else f"guideline-{name[-1]}"
