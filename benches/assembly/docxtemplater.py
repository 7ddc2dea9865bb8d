"""The bench's contract in docxtemplater's dialect, with data to match.

docxtemplater computes nothing: conditions, numbers of clauses and sums in capitals are
worked out beforehand and given to it as plain texts and flags.
"""

import re
from typing import Any

from jinja2 import Environment

from assembly.engine.members import read_members
from assembly.filters import FILTERS, printed
from assembly.numbering import Numbers
from assembly.template import Template
from assembly.zip_writer import deflated, write

_BODY = "word/document.xml"
# A tag of its dialect, which Word may divide.
TAG = r"(\{)([a-z_]+)(\})"
_ROW = re.compile(r"<w:tr[ >](?:(?!</w:tr>).)*</w:tr>", re.DOTALL)
_TAG = re.compile(r"\{\{\s*(.*?)\s*\}\}|\{%(p?)\s*(if|else|endif)\s*(.*?)\s*%\}")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>")
_ITEM = re.compile(r"\{\{\s*(?:item|step|loop)\.(\w+)\s*\}\}")
_FOR = re.compile(r"\{%tr for \w+ in (\w+) %\}")


def converted(content: bytes) -> tuple[bytes, dict[str, str], dict[str, str]]:
    """Return the template, and which name stands for which value and condition."""
    members = read_members(content, "合同")
    rewriter = _Rewriter()
    for name in (_BODY, "word/header-default.xml"):
        xml = rewriter.rewrite(members[name].content().decode())
        members[name] = deflated(name, xml.encode(), 6)
    return write(members.values()), rewriter.values, rewriter.conditions


class _Rewriter:
    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.conditions: dict[str, str] = {}
        self._open: list[str] = []

    def rewrite(self, xml: str) -> str:
        xml = self._loops(xml)
        # An else stands alone in a paragraph: one closes the flag, one begins its
        # opposite.
        alone = r"(<w:p[ >](?:(?!</w:p>).)*)\{%p else %\}((?:(?!</w:p>).)*</w:p>)"
        xml = re.sub(alone, r"\1{%p endif %}\2\1{%p else %}\2", xml, flags=re.DOTALL)
        self._open = []
        return _TAG.sub(self._tag, xml)

    def _loops(self, xml: str) -> str:
        table = ""
        out, end = [], 0
        for match in _ROW.finditer(xml):
            row = match.group()
            out.append(xml[end : match.start()])
            end = match.end()
            if found := _FOR.search(row):
                table = found.group(1)
            elif "{%tr endfor" in row:
                table = ""
            elif table:
                row = _ITEM.sub(r"{\1}", row)
                row = _TEXT.sub(rf"\g<0>{{#{table}}}", row, count=1)
                before, _, after = row.rpartition("</w:t>")
                out.append(f"{before}{{/{table}}}</w:t>{after}")
            else:
                out.append(row)
        return "".join(out) + xml[end:]

    def _tag(self, match: re.Match[str]) -> str:
        value, alone, word, condition = match.groups()
        if value:
            name = re.sub(r"\W", "_", value)
            self.values[name] = value
            return f"{{{name}}}"
        if word == "if":
            name = f"flag_{len(self.conditions) + 1}"
            self.conditions[name] = condition
            self._open.append(name)
            return f"{{#{name}}}"
        if word == "else":
            # In a paragraph of its own the flag was closed in the one before.
            name = self._open[-1] if not alone else self._closed
            if alone:
                self._open.append(name)
                return f"{{^{name}}}"
            return f"{{/{name}}}{{^{name}}}"
        self._closed = self._open.pop()
        return f"{{/{self._closed}}}"


def context_of(template: Template, data: dict[str, Any]) -> dict[str, Any]:
    """Return typed data with the numbers of clauses, as docxtpl's context."""
    assert template.guide is not None
    bound = template.guide.bind(data)
    numbers = clause_numbers(template, bound)
    return {**bound, "article": numbers, "ref": numbers}


def clause_numbers(template: Template, bound: dict[str, Any]) -> dict[str, str]:
    """Return the numbers of the clauses that stand."""
    names = []

    class Noted(dict[str, str]):
        def __contains__(self, name: object) -> bool:
            return True

        def __missing__(self, name: str) -> str:
            names.append(name)
            return ""

    template.parts[0].pieces({**bound, "article": Noted(), "ref": _Any()})
    numbers = Numbers()
    numbers.count(f"\ue0a0{name}\ue0a2" for name in names)
    return {name: numbers.write(f"\ue0a1{name}\ue0a2") for name in names}


class _Any(dict[str, str]):
    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return ""


def flattened(
    context: dict[str, Any], values: dict[str, str], conditions: dict[str, str]
) -> dict[str, Any]:
    """Return the context as docxtemplater takes it: texts, flags and rows."""
    environment = Environment(autoescape=False)  # noqa: S701 (only values are read)
    environment.filters |= FILTERS
    flat: dict[str, Any] = {}
    for name, expression in values.items():
        if expression.startswith("ref.") and expression[4:] not in context["ref"]:
            continue
        flat[name] = printed(environment.compile_expression(expression)(**context))
    for name, expression in conditions.items():
        flat[name] = bool(environment.compile_expression(expression)(**context))
    for table in ("ip_items", "milestones"):
        flat[table] = [
            {"index": str(number)} | {key: printed(one) for key, one in row.items()}
            for number, row in enumerate(context[table], 1)
        ]
    return flat
