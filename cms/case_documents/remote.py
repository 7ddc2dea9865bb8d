"""The assembly service over HTTP, asked at the one address of the settings.

What comes back must carry the receipt that was computed here, so that a paper from
the service is verified offline like any other.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from assembly import AssemblyError, Fault
from assembly import Paper as Made
from assembly.messages import MESSAGES as ASSEMBLY_MESSAGES
from assembly.openapi import DOCX
from assembly.receipt import Receipt, read_receipt
from cms.case_documents.exchange import Exchange, Reply
from cms.case_documents.models import TemplateVersion
from cms.case_documents.templates_in_use import template_of
from cms.rules.canonical_json import dump, plain
from cms.rules.violations import RuleViolation

JSON = "application/json; charset=utf-8"
_NO_TEMPLATE = "E-AS-04"


@dataclass(frozen=True, slots=True)
class Remote:
    """The service behind an address such as `http://127.0.0.1:8020`."""

    exchange: Exchange

    @classmethod
    def at(cls, url: str) -> "Remote":
        """Return the service at an address that the settings have checked."""
        parts = urlsplit(url)
        return cls(Exchange(parts.hostname or "", parts.port or 80))

    def assemble(
        self, version: TemplateVersion, data: Mapping[str, Any], *, salt: str
    ) -> Made:
        """Have the service fill the version; faults of the data are found before.

        Raises:
            AssemblyError: every fault of the data; RuleViolation: E-CD-11 to 13.
        """
        expected = template_of(version).receipt_for(data, salt=salt)
        body = dump({"data": plain(data), "salt": salt})
        path = f"/render/{quote(version.instrument, safe='')}"
        reply = self.exchange.post(path, body)
        if reply.status != 200:
            raise _refusal(reply, version.instrument)
        return _checked(reply, expected, version.instrument)

    def stand(self, versions: Iterable[TemplateVersion]) -> str:
        """Tell that the service answers and lists every template in use.

        Raises:
            RuleViolation: E-CD-11 to E-CD-13.
        """
        reply = self.exchange.get("/templates")
        rows = _parsed(reply) if reply.status == 200 else None
        if not isinstance(rows, list):
            raise _nonsense("模板一览读不出来")
        listed = {_key(row) for row in rows if isinstance(row, dict)}
        lacking = [
            row.instrument
            for row in versions
            if (row.instrument, row.version, row.valid_from.isoformat()) not in listed
        ]
        if lacking:
            raise RuleViolation("E-CD-13", instrument="、".join(lacking))
        return f"服务 {self.exchange.address} 可用，有使用中的全部模板。"


def _key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    names = ("instrument", "version", "valid_from")
    instrument, version, day = (str(row.get(name)) for name in names)
    return instrument, version, day


def _checked(reply: Reply, expected: Receipt, instrument: str) -> Made:
    """Return the document of a reply whose receipt is the one expected."""
    if reply.headers.get("content-type") != DOCX:
        raise _nonsense("不是 Word 文件")
    if reply.headers.get("x-template") != expected.template:
        raise RuleViolation("E-CD-13", instrument=instrument)
    digest = hashlib.sha256(reply.content).hexdigest()
    if reply.headers.get("etag") != f'"{digest}"':
        raise _nonsense("文件与其哈希不符")
    try:
        carried = read_receipt(reply.content, instrument)
    except AssemblyError:
        raise _nonsense("文件没有回执") from None
    if carried != expected:
        raise _nonsense("文件的回执与所据答案不符")
    return Made(reply.content, digest, carried)


def _refusal(reply: Reply, instrument: str) -> AssemblyError | RuleViolation:
    """Return what a refusal of the service means here."""
    faults = _faults(_parsed(reply))
    if reply.status == 503 and faults:
        return RuleViolation("E-CD-11", reason=faults[0].message.rstrip("。"))
    if [one.code for one in faults] == [_NO_TEMPLATE]:
        return RuleViolation("E-CD-13", instrument=instrument)
    if reply.status == 422 and faults:
        return AssemblyError(faults)
    return _nonsense(f"状态 {reply.status}")


def _parsed(reply: Reply) -> Any:
    if reply.headers.get("content-type") != JSON:
        return None
    try:
        return json.loads(reply.content)
    except (ValueError, RecursionError):
        return None


def _faults(told: Any) -> list[Fault]:
    """Return the faults of an error body, none where it is not of our form."""
    rows = told.get("errors") if isinstance(told, dict) else None
    if not isinstance(rows, list):
        return []
    found = [_fault(row) for row in rows if isinstance(row, dict)]
    return found if len(found) == len(rows) else []


def _fault(row: Mapping[str, Any]) -> Fault:
    names = ("code", "message", "field", "part", "quote")
    code, message, field, part, words = (str(row.get(name, "")) for name in names)
    if code not in ASSEMBLY_MESSAGES:
        raise _nonsense("不认识的错误编号")
    number = row.get("paragraph", 0)
    paragraph = number if isinstance(number, int) else 0
    return Fault(code, message, field, part, paragraph, words)


def _nonsense(reason: str) -> RuleViolation:
    return RuleViolation("E-CD-12", reason=reason)
