"""One XML part of an upload, watched by expat while it is inflated."""

import re
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from assembly.errors import AssemblyError, Fault, fault
from assembly.package.limits import (
    FIELDS,
    REFUSED_ELEMENTS,
    STRICT,
    Limits,
    W,
)

_SEPARATOR = " "
_WIDE = frozenset({b"\xff\xfe", b"\xfe\xff"})
_LINKS = frozenset({"href", "src", "althref"})
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships"
_FIELD = re.compile(r"\s*([A-Za-z]+|.?)")


class _Field:
    """A complex field being read: its code, and whether the code is over."""

    def __init__(self) -> None:
        self.code = ""
        self.is_nested = False
        self.is_separated = False


class PartScanner:
    """Reads the markup of one part and keeps its faults and its relationships."""

    def __init__(self, name: str, limits: Limits, elements: int = 0) -> None:
        """Start on part `name`; `elements` counts those of the parts before it."""
        self.name = name
        self.faults: list[Fault] = []
        self.relationships: list[dict[str, str]] = []
        self.types: list[tuple[str, dict[str, str]]] = []
        self.elements = elements
        self._limits = limits
        self._depth = 0
        self._is_first = True
        self._since_markup = 0
        self._fields: list[_Field] = []
        self._parser = self._make_parser()

    def _make_parser(self) -> Any:
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartNamespaceDeclHandler = self._namespace
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._stop("不能有 DOCTYPE")
        parser.EntityDeclHandler = self._stop("不能有实体声明")
        parser.ProcessingInstructionHandler = self._stop("不能有处理指令")
        parser.CommentHandler = self._stop("不能有 XML 注释")
        parser.StartCdataSectionHandler = self._stop("不能有 CDATA")
        return parser

    def feed(self, piece: bytes) -> None:
        """Read the next piece; raises AssemblyError when reading on is unsafe."""
        if self._is_first and (piece[:2] in _WIDE or b"\0" in piece[:4]):
            self._refuse("编码不是 UTF-8")
        self._is_first = False
        head = piece.find(b">")
        self._since_markup += len(piece) if head < 0 else head
        if self._since_markup > self._limits.token:
            self._refuse("有超长的标记")
        if head >= 0:
            self._since_markup = len(piece) - piece.rfind(b">")
        self._parse(piece, final=False)

    def close(self) -> None:
        """Finish the part; fields that never end are judged as they stand."""
        self._parse(b"", final=True)
        for field in self._fields:
            self._judge_field(field.code)

    def _parse(self, piece: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as error:
            self._refuse(f"第{error.lineno}行不是合格的 XML")

    def _refuse(self, reason: str) -> None:
        raise AssemblyError(
            [*self.faults, fault("E-AS-30", name=self.name, reason=reason)]
        ) from None

    def _stop(self, reason: str) -> Callable[..., None]:
        return lambda *_: self._refuse(reason)

    def _declaration(self, version: str, encoding: str | None, alone: int) -> None:
        if encoding is not None and encoding.upper() not in {"UTF-8", "US-ASCII"}:
            self._refuse("编码不是 UTF-8")

    def _namespace(self, prefix: str | None, uri: str) -> None:
        if uri == STRICT:
            self._refuse("是 Strict Open XML 格式，请另存为普通的 .docx")
        if (uri == W) != (prefix == "w"):
            self._refuse("命名空间前缀 w 的用法与 Word 不同")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self.elements += 1
        if self._depth > self._limits.depth:
            self._refuse("嵌套过深")
        if self.elements > self._limits.elements:
            self._refuse("元素过多")
        uri, _, local = name.rpartition(_SEPARATOR)
        if local in REFUSED_ELEMENTS:
            self._add("E-AS-32", what=REFUSED_ELEMENTS[local])
        elif uri == W and local in _WATCHED:
            _WATCHED[local](self, attributes)
        elif uri == _RELATIONSHIP and local == "Relationship":
            self.relationships.append(attributes)
        elif local in {"Default", "Override"}:
            self.types.append((local, attributes))
        for key, value in attributes.items():
            self._judge_attribute(key, value)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name.endswith(("instrText", "delInstrText")):
            self._parser.CharacterDataHandler = None

    def _judge_attribute(self, key: str, value: str) -> None:
        if "{{" in value or "{%" in value:
            self._add("E-AS-20", quote=value, tag=value, reason="不能写在属性里")
        if key.rpartition(_SEPARATOR)[2] in _LINKS and not value.startswith("#"):
            self._add("E-AS-31", target=value[:200])

    def _add(self, code: str, *, quote: str = "", **parameters: str) -> None:
        if len(self.faults) < self._limits.faults:
            filled: dict[str, Any] = {"name": self.name, **parameters}
            one = fault(code, part=self.name, quote=quote, **filled)
            if one not in self.faults:
                self.faults.append(one)

    def _binding(self, attributes: dict[str, str]) -> None:
        self._add("E-AS-34")

    def _simple_field(self, attributes: dict[str, str]) -> None:
        self._judge_field(attributes.get(f"{W}{_SEPARATOR}instr", ""))

    def _field_mark(self, attributes: dict[str, str]) -> None:
        kind = attributes.get(f"{W}{_SEPARATOR}fldCharType", "")
        if kind == "begin":
            if self._fields and not self._fields[-1].is_separated:
                self._fields[-1].is_nested = True
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_separated = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            self._judge_field(field.code, is_nested=field.is_nested)

    def _field_code(self, attributes: dict[str, str]) -> None:
        self._parser.CharacterDataHandler = self._field_text

    def _field_text(self, text: str) -> None:
        if not self._fields:
            self._fields.append(_Field())
        if len(self._fields[-1].code) < 2_000:
            self._fields[-1].code += text

    def _judge_field(self, code: str, *, is_nested: bool = False) -> None:
        match = _FIELD.match(code)
        name = match.group(1).upper() if match else ""
        links_out = name == "HYPERLINK" and not re.match(
            r"\s*HYPERLINK\s+\\l", code, re.I
        )
        if is_nested or links_out or name not in FIELDS or "{" in code:
            self._add("E-AS-33", quote=code, field_code=code.strip()[:80] or "空")


_WATCHED: dict[str, Callable[[PartScanner, dict[str, str]], None]] = {
    "dataBinding": PartScanner._binding,
    "fldSimple": PartScanner._simple_field,
    "fldChar": PartScanner._field_mark,
    "instrText": PartScanner._field_code,
    "delInstrText": PartScanner._field_code,
}
