"""What the HTTP service answers, apart from HTTP: a library asked by path and body."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from assembly.errors import AssemblyError, fault
from assembly.json_data import read_json
from assembly.library import Library
from assembly.lint import lint
from assembly.openapi import DOCX, ZIP, description
from assembly.receipt import ENGINE_VERSION
from assembly.template import Paper
from assembly.zip_writer import stored, write

JSON = "application/json; charset=utf-8"
_STATUS = {"E-AS-04": 404, "E-AS-59": 400}
_KEYS = frozenset({"data", "salt"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: status, media type, body and further headers."""

    status: int
    media_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def answer_json(data: object, status: int = 200) -> Answer:
    """Return plain data as a JSON response."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Answer(status, JSON, text.encode())


def refuse(status: int, code: str, /, **parameters: object) -> Answer:
    """Return a refusal with one fault."""
    parameters_of: dict[str, Any] = dict(parameters)
    error = AssemblyError(fault(code, **parameters_of))
    return answer_json(error.as_data(), status)


class Service:
    """Stateless: every answer depends on the library and the request alone."""

    def __init__(self, library: Library) -> None:
        """Take the library; its templates are compiled when first asked for."""
        self._library = library
        self._reads: dict[str, Callable[[str], Answer]] = {
            "openapi.json": lambda _: answer_json(description()),
            "templates": lambda _: answer_json(self._templates()),
            "schema": self._schema,
            "questions": self._questions,
        }
        self._writes: dict[str, Callable[[str, bytes], Answer]] = {
            "render": self._render,
            "bundle": self._bundle,
            "lint": self._lint,
        }

    def read(self, path: str) -> Answer:
        """Answer a GET."""
        verb, name = _split(path)
        action = self._reads.get(verb)
        if action is None:
            return self._unknown(verb, verb in self._writes)
        return self._guarded(lambda: action(name))

    def write(self, path: str, body: bytes) -> Answer:
        """Answer a POST."""
        verb, name = _split(path)
        action = self._writes.get(verb)
        if action is None:
            return self._unknown(verb, verb in self._reads)
        return self._guarded(lambda: action(name, body))

    def _unknown(self, verb: str, is_other_method: bool) -> Answer:
        if is_other_method:
            return refuse(405, "E-AS-59", reason=f"“{verb}”要用另一种方法请求")
        return refuse(404, "E-AS-59", reason="没有这个地址，见 /openapi.json")

    def _guarded(self, action: Callable[[], Answer]) -> Answer:
        try:
            return action()
        except AssemblyError as refusal:
            codes = {one.code for one in refusal.faults}
            status = _STATUS.get(codes.pop(), 422) if len(codes) == 1 else 422
            return answer_json(refusal.as_data(), status)

    def _templates(self) -> list[dict[str, Any]]:
        return [
            {
                "instrument": entry.manifest.instrument,
                "name": entry.name,
                "title": entry.manifest.title,
                "version": entry.manifest.version,
                "valid_from": entry.manifest.valid_from.isoformat(),
                "layout": entry.manifest.layout,
                "modes": list(entry.manifest.modes),
                "legal_basis": list(entry.manifest.legal_basis),
            }
            for versions in self._library.instruments.values()
            for entry in versions
        ]

    def _schema(self, name: str) -> Answer:
        return answer_json(self._library.template(name).schema())

    def _questions(self, name: str) -> Answer:
        groups = self._library.template(name).questions()
        return answer_json([group.as_data() for group in groups])

    def _render(self, name: str, body: bytes) -> Answer:
        data, salt = _read_request(body)
        template = self._library.template(name)
        paper = template.assemble(data, salt=salt)
        return Answer(200, DOCX, paper.content, _receipt_headers(paper))

    def _bundle(self, mode: str, body: bytes) -> Answer:
        data, salt = _read_request(body)
        bundle = self._library.bundle(mode)
        bundle.check(data)
        members = []
        for number, (listed, paper) in enumerate(bundle.assemble(data, salt=salt), 1):
            title = bundle.template(listed.instrument).title
            name = f"{number:02} {listed.instrument} {title}.docx"
            members.append(stored(name, paper.content))
        content = write(members)
        return Answer(200, ZIP, content, {"X-Papers": str(len(members))})

    def _lint(self, name: str, body: bytes) -> Answer:
        if name:
            manifest = self._library.find(name).manifest
            faults = lint(body, manifest, self._library.dictionary)
        else:
            faults = lint(body)
        return answer_json({"faults": [one.as_data() for one in faults]})


def _split(path: str) -> tuple[str, str]:
    verb, _, name = path.partition("?")[0].strip("/").partition("/")
    return verb, unquote(name)


def _read_request(body: bytes) -> tuple[Any, Any]:
    request = read_json(body)
    data, salt = request.get("data"), request.get("salt", "")
    if (
        not isinstance(data, dict)
        or not isinstance(salt, str)
        or request.keys() - _KEYS
    ):
        reason = '应为 {"data": {…}, "salt": "…"}，salt 可省'
        raise AssemblyError(fault("E-AS-59", reason=reason))
    return data, salt


def _receipt_headers(paper: Paper) -> dict[str, str]:
    return {
        "X-Template": paper.receipt.template,
        "X-Data": paper.receipt.data,
        "X-Engine": ENGINE_VERSION,
        "ETag": f'"{paper.sha256}"',
    }
