"""Reads the TOML files beside the templates; every fault names line and key."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assembly.errors import AssemblyError, Fault, fault

_HEADER = re.compile(r"\[(\[)?\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""((?:[\w.\u4e00-\u9fff-]+|"[^"]*"|'[^']*'))\s*=""")
_SYNTAX = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)")
_SYNTAX_WORDS = (
    ("Cannot overwrite a value", "同一个键写了两次"),
    ("Cannot declare", "同一个小节写了两次"),
    ("Cannot mutate immutable", "同一个键写了两次"),
    ("Duplicate inline table key", "同一个键写了两次"),
    ("Unclosed", "括号没有写完"),
    ("Unterminated string", "引号没有写完"),
    ("Invalid initial character for a key", "键名不能这样开头"),
    ("Expected '='", "键和值之间缺少等号"),
    ("Invalid value", "等号右边的值写错了（文字要加引号）"),
    ("Expected newline", "一行只能写一项"),
)


@dataclass
class TomlFile:
    """One file: its data, where its keys stand, and the faults found so far."""

    name: str
    data: Mapping[str, Any]
    lines: Mapping[str, int] = field(repr=False)
    faults: list[Fault] = field(default_factory=list)

    def line(self, key: str) -> int:
        """Return the line of a key such as `clauses[1].when`, or of its parent."""
        while key and key not in self.lines:
            key = _parent(key)
        return self.lines.get(key, 1)

    def refuse(self, key: str, reason: str) -> None:
        """Note a fault at a key."""
        self.faults.append(
            fault("E-AS-40", key, file=self.name, line=self.line(key), reason=reason)
        )

    def check_keys(self, key: str, given: Iterable[str], known: Iterable[str]) -> None:
        """Note each key of a section that nothing reads."""
        names = list(known)
        for name in given:
            if name not in names:
                path = f"{key}.{name}" if key else name
                self.refuse(path, f"不认识的键“{name}”，可用：{'、'.join(names)}")

    def raise_faults(self) -> None:
        """Raise AssemblyError with all faults noted, if there are any."""
        if self.faults:
            raise AssemblyError(self.faults)


def read_toml(path: Path) -> TomlFile:
    """Return a TOML file read.

    Raises:
        AssemblyError: E-AS-19, it cannot be read; E-AS-40, it is not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        reason = "不存在或不是 UTF-8 文字"
        raise AssemblyError(fault("E-AS-19", name=path.name, reason=reason)) from None
    return parse_toml(text, path.name)


def parse_toml(text: str, name: str) -> TomlFile:
    """Return TOML text parsed; raises AssemblyError E-AS-40 when it is none."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AssemblyError(_syntax_fault(str(error), text, name)) from None
    return TomlFile(name, data, _key_lines(text))


def _syntax_fault(message: str, text: str, name: str) -> Fault:
    match = _SYNTAX.fullmatch(message)
    line = int(match[2]) if match and match[2] else text.count("\n") + 1
    said = match[1] if match else message
    reason = next((words for key, words in _SYNTAX_WORDS if key in said), "写法有误")
    return fault("E-AS-40", file=name, line=line, reason=reason)


def _key_lines(text: str) -> dict[str, int]:
    """Return the line of each section and key; sections of a list are numbered."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if header := _HEADER.match(stripped):
            section = _plain(header[2])
            if header[1]:
                counts[section] = counts.get(section, -1) + 1
                section = f"{section}[{counts[section]}]"
            lines.setdefault(section, number)
        elif key := _KEY.match(stripped):
            name = _plain(key[1])
            lines.setdefault(f"{section}.{name}" if section else name, number)
    return lines


def _parent(key: str) -> str:
    """Return `clauses[1]` for `clauses[1].when`, and `clauses` for that."""
    if key.endswith("]"):
        return key.rpartition("[")[0]
    return key.rpartition(".")[0]


def _plain(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))
