"""Reads .po catalogs and writes .mo files, so that no gettext program is needed."""

import ast
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path

_FIELD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s+(".*")')
_MAGIC = 0x950412DE


@dataclass(slots=True)
class CatalogEntry:
    """One message of a catalog; `strings` has one text per plural form."""

    context: str = ""
    source: str = ""
    plural: str = ""
    strings: list[str] = field(default_factory=list)
    is_fuzzy: bool = False

    @property
    def is_translated(self) -> bool:
        """Whether every form has a text that gettext would use."""
        return bool(self.strings) and all(self.strings) and not self.is_fuzzy

    @property
    def key(self) -> str:
        """Return the key under which a .mo file holds the message."""
        context = f"{self.context}\x04" if self.context else ""
        plural = f"\x00{self.plural}" if self.plural else ""
        return f"{context}{self.source}{plural}"


def read_catalog(path: Path) -> list[CatalogEntry]:
    """Return the messages of a .po file, its header (empty source) first."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    entries = (_read_block(block) for block in blocks)
    return [entry for entry in entries if entry is not None]


def _read_block(block: str) -> CatalogEntry | None:
    values: dict[str, str] = {}
    name = ""
    is_fuzzy = False
    for line in block.splitlines():
        if line.startswith("#"):
            is_fuzzy |= line.startswith("#,") and "fuzzy" in line
        elif found := _FIELD.fullmatch(line):
            name = found[1] + (found[2] or "")
            values[name] = ast.literal_eval(found[3])
        elif line.startswith('"'):
            values[name] += ast.literal_eval(line)
    if "msgid" not in values:
        return None
    return CatalogEntry(
        context=values.get("msgctxt", ""),
        source=values["msgid"],
        plural=values.get("msgid_plural", ""),
        strings=[text for key, text in values.items() if key.startswith("msgstr")],
        is_fuzzy=is_fuzzy,
    )


def compile_catalog(entries: list[CatalogEntry]) -> bytes:
    """Return the .mo file of the translated messages (GNU format, little-endian)."""
    pairs = sorted(
        (entry.key.encode(), "\x00".join(entry.strings).encode())
        for entry in entries
        if entry.is_translated
    )
    count = len(pairs)
    tables = 28, 28 + 8 * count
    header = struct.pack("<7I", _MAGIC, 0, count, *tables, 0, 28 + 16 * count)
    offset = 28 + 16 * count
    index, texts = b"", b""
    for column in zip(*pairs, strict=True):
        for text in column:
            index += struct.pack("<2I", len(text), offset + len(texts))
            texts += text + b"\x00"
    return header + index + texts
