"""The data of an invented case: a typed value for every variable of the papers."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from assembly.dictionary import Dictionary, Variable, read_dictionary
from assembly.manifest import read_manifest
from assembly.outline import outline
from assembly.template import load_template
from assembly.values import Choice, Money, Percent, Term
from tests.papers import ROOT

LIBRARY = ROOT / "templates_docx"
DICTIONARY = read_dictionary(LIBRARY / "variables.toml")
PLAIN = {
    "credit_code": "12450200MB0000000P",
    "identity_number": "450202199001010015",
    "patent_number": "ZL201710601862.3",
    "phone": "0772-2800000",
    "email": "office@example.cn",
}


def case_data(
    changes: Mapping[str, Any] | None = None, dictionary: Dictionary = DICTIONARY
) -> dict[str, Any]:
    """Return data with every required value filled; `changes` by dotted path.

    A table is changed as a whole, its rows as mappings; what rows leave out is
    filled in. Optional values that are not named stay unfilled.
    """
    wanted: dict[str, Any] = {}
    for path, value in (changes or {}).items():
        *parents, last = path.split(".")
        level = wanted
        for name in parents:
            level = level.setdefault(name, {})
        level[last] = value
    return {
        name: _value(variable, wanted.get(name), dictionary)
        for name, variable in dictionary.variables.items()
    }


def _record(
    name: str, wanted: Mapping[str, Any], dictionary: Dictionary
) -> dict[str, Any]:
    record = {
        field: _value(variable, wanted.get(field), dictionary)
        for field, variable in dictionary.records[name].items()
    }
    if name.rstrip("*") == "ip_item" and record["kind"] != "know_how":
        record["number"] = record["number"] or PLAIN["patent_number"]
    return record


def _value(variable: Variable, wanted: Any, dictionary: Dictionary) -> Any:
    if variable.type == "record":
        return _record(variable.record, wanted or {}, dictionary)
    if variable.type == "table":
        rows = [{}] * variable.min_rows if wanted is None else wanted
        return [_record(variable.record, row, dictionary) for row in rows]
    if wanted is None and not variable.required:
        return None
    return _typed(variable, wanted)


def _typed(variable: Variable, wanted: Any) -> Any:
    if variable.type == "choice":
        codes = [variable.choices[0][0]] if wanted is None else wanted
        if variable.multiple:
            return [Choice(code, variable.choices) for code in codes]
        return Choice(codes if wanted else codes[0], variable.choices)
    makers = {
        "money": lambda: Money(wanted or "320000.00"),
        "percent": lambda: Percent(wanted or "50"),
        "date": lambda: date.fromisoformat(wanted or "2026-03-05"),
        "integer": lambda: 3 if wanted is None else wanted,
        "boolean": lambda: bool(wanted),
        "term": lambda: Term(years=wanted or 3),
    }
    if variable.type in makers:
        return makers[variable.type]()
    return wanted or PLAIN.get(variable.type, f"（{variable.label}）")


def paper_text(name: str, changes: Mapping[str, Any] | None = None) -> str:
    """Return the outline of a paper of the library filled with a case's data."""
    path = LIBRARY / f"{name}.docx"
    manifest = read_manifest(path.with_suffix(".toml"), DICTIONARY)
    dictionary = DICTIONARY.with_overrides(manifest.variables)
    content = load_template(path).render(case_data(changes, dictionary))
    return outline(io.BytesIO(content))
