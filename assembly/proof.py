"""Proof of a document: its bytes made again from what the record beside it names.

The record (`OUT.docx.receipt.json`) says template, data, files and salt; verifying
needs nothing but these, and no network.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from assembly.engine.members import read_members
from assembly.errors import AssemblyError, fault
from assembly.files import read_file, read_json
from assembly.receipt import PART, Receipt, read_receipt
from assembly.template import Paper, load_template

SUFFIX = ".receipt.json"
_MARK = "\ue000"  # no data hold a private-use character
_NUMBER = re.compile(f'"{_MARK}([^"]*)"')


@dataclass(frozen=True)
class Record:
    """All that is needed to make a document again."""

    template: Path
    data: Mapping[str, Any]
    salt: str = ""
    images: Mapping[str, Path] | None = None
    documents: Mapping[str, Path] | None = None

    def assemble(self) -> Paper:
        """Make the document.

        Raises:
            AssemblyError: a file cannot be read, or the data are refused.
        """
        return self._assemble(load_template(self.template).assemble)

    def assemble_quickly(self) -> Paper:
        """Make the document as a batch does; see `Template.assemble_quickly`."""
        return self._assemble(load_template(self.template).assemble_quickly)

    def _assemble(self, way: Callable[..., Paper]) -> Paper:
        return way(
            self.data,
            images=_read(self.images),
            documents=_read(self.documents),
            salt=self.salt,
        )

    def as_json(self, paper: Paper) -> bytes:
        """Return the record as it is kept beside a document."""
        record = {
            "template": str(self.template.resolve()),
            "template_version": paper.receipt.template,
            "engine": paper.receipt.engine,
            "data_hash": paper.receipt.data,
            "sha256": paper.sha256,
            "salt": self.salt,
            "images": _names(self.images),
            "documents": _names(self.documents),
            "data": self.data,
        }
        text = json.dumps(record, ensure_ascii=False, indent=2, default=_marked)
        # Numbers keep their digits, which a float would not (1.10).
        return (_NUMBER.sub(r"\1", text) + "\n").encode()


@dataclass(frozen=True)
class Verdict:
    """What verifying found: the same bytes, the same content, or neither and why."""

    is_same_bytes: bool
    is_same_content: bool
    reason: str = ""

    def __str__(self) -> str:
        if self.is_same_bytes:
            return "一致：按回执重新生成的文件与本文件逐字节相同。"
        if self.is_same_content:
            return "内容一致：文件内容完全相同，只是压缩方式不同（压缩库版本不同）。"
        return f"不一致：{self.reason}。"


def read_record(path: Path) -> Record:
    """Return the record beside a document.

    Raises:
        AssemblyError: E-AS-18, E-AS-19: there is none, or it cannot be read.
    """
    if not path.is_file():
        raise AssemblyError(fault("E-AS-18"))
    raw = read_json(path)
    try:
        return Record(
            Path(str(raw["template"])),
            dict(raw["data"]),
            str(raw["salt"]),
            {str(name): Path(str(file)) for name, file in raw["images"].items()},
            {str(name): Path(str(file)) for name, file in raw["documents"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = "不是组装回执"
        raise AssemblyError(fault("E-AS-19", name=path.name, reason=reason)) from error


def verify(content: bytes, name: str, record: Record) -> Verdict:
    """Make a document again and say whether it is the given one.

    Raises:
        AssemblyError: E-AS-18, the document has no receipt; E-AS-04, E-AS-19.
    """
    claimed = read_receipt(content, name)
    paper = record.assemble()
    if hashlib.sha256(content).hexdigest() == paper.sha256:
        return Verdict(True, True)
    reason = _other_origin(claimed, paper.receipt)
    if reason:
        return Verdict(False, False, reason)
    changed = _changed(content, paper.content, name)
    if changed:
        return Verdict(False, False, f"文件在生成后被改动过：{'、'.join(changed)}")
    return Verdict(record.assemble_quickly().content == content, True)


def _other_origin(claimed: Receipt, made: Receipt) -> str:
    if claimed.template != made.template:
        return "模板不是生成它的那一版"
    if claimed.engine != made.engine:
        return f"由引擎的另一版（{claimed.engine}）生成"
    return "" if claimed.data == made.data else "数据（或随附文件、加盐）与生成时不同"


def _changed(content: bytes, again: bytes, name: str) -> list[str]:
    """Return the names of the members that differ."""
    given, made = read_members(content, name), read_members(again, name)
    names = sorted(given.keys() | made.keys() - {PART})
    return [
        one
        for one in names
        if one not in given
        or one not in made
        or given[one].content() != made[one].content()
    ]


def _read(files: Mapping[str, Path] | None) -> dict[str, bytes]:
    return {name: read_file(path) for name, path in (files or {}).items()}


def _names(files: Mapping[str, Path] | None) -> dict[str, str]:
    return {name: str(path.resolve()) for name, path in (files or {}).items()}


def _marked(value: object) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    return f"{_MARK}{value}"
