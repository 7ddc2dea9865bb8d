"""Manifest of a template: what it is, its local variables, its named clauses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assembly.dictionary import Dictionary, check_variable, nearest
from assembly.errors import AssemblyError
from assembly.expressions import Condition, compile_condition
from assembly.expressions.references import read_paths
from assembly.toml_file import TomlFile, read_toml

LAYOUTS = ("contract", "notice", "form", "letter")
MODES = ("M1", "M2", "M3", "M4", "M5", "M6", "USE_THEN_PAY")
_KEYS = {
    "instrument": str,
    "title": str,
    "version": str,
    "valid_from": date,
    "valid_until": date,
    "layout": str,
    "modes": list,
    "legal_basis": list,
    "order": list,
    "variables": dict,
    "clauses": list,
}
_REQUIRED = ("instrument", "title", "version", "valid_from", "layout")
_CLAUSE_KEYS = ("name", "title", "when", "why", "article", "rule", "mandatory")
_CLAUSE_REQUIRED = ("name", "title")
_WORDS = {str: "文字", date: "日期（2026-01-01）", list: "列表", dict: "小节"}


@dataclass(frozen=True)
class Clause:
    """A named clause with its article; `when` and `why` if a condition switches it on.

    Without a condition it always stands in the paper.
    """

    name: str
    title: str
    when: Condition | None = None
    why: str = ""
    article: str = ""
    rule: str = ""
    mandatory: bool = False


@dataclass(frozen=True)
class Manifest:
    """What stands in `<name>.toml` beside `<name>.docx`."""

    instrument: str
    title: str
    version: str
    valid_from: date
    layout: str
    valid_until: date | None = None
    modes: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    variables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    clauses: tuple[Clause, ...] = ()

    def clause(self, name: str) -> Clause | None:
        """Return the clause of a name, None when there is none."""
        return next((clause for clause in self.clauses if clause.name == name), None)

    def is_valid_on(self, day: date) -> bool:
        """Whether the version may be used for papers of a day."""
        return self.valid_from <= day <= (self.valid_until or date.max)


def read_manifest(path: Path, dictionary: Dictionary) -> Manifest:
    """Return the manifest of a template.

    Raises:
        AssemblyError: E-AS-19, E-AS-40: every fault, with file, line and key.
    """
    return parse_manifest(read_toml(path), dictionary)


def parse_manifest(file: TomlFile, dictionary: Dictionary) -> Manifest:
    """Return a manifest from its TOML; raises AssemblyError with all faults."""
    file.check_keys("", file.data, _KEYS)
    _check_types(file)
    variables = file.data.get("variables", {})
    overrides = _overrides(file, dictionary, variables)
    clauses = _clauses(file)
    file.raise_faults()
    order = tuple(file.data.get("order", ()))
    _check_order(file, order, dictionary.with_overrides(overrides))
    file.raise_faults()
    plain = {name: file.data[name] for name in _KEYS if name in file.data}
    lists = {name: tuple(plain.get(name, ())) for name in ("modes", "legal_basis")}
    rest = {"order": order, "variables": overrides, "clauses": clauses}
    return Manifest(**{**plain, **lists, **rest})


def _check_types(file: TomlFile) -> None:
    for name in _REQUIRED:
        if name not in file.data:
            file.refuse(name, f"缺少 {name}")
    for name, kind in _KEYS.items():
        value = file.data.get(name)
        if value is not None and (type(value) is not kind or value == ""):
            file.refuse(name, f"{name} 应为{_WORDS[kind]}")
    layout = file.data.get("layout")
    if isinstance(layout, str) and layout not in LAYOUTS:
        file.refuse("layout", f"没有版式“{layout}”，可用：{'、'.join(LAYOUTS)}")
    for name, known in (("modes", MODES), ("legal_basis", None), ("order", None)):
        for value in _listed(file.data.get(name)):
            if not isinstance(value, str) or (known and value not in known):
                file.refuse(name, f"{name} 中的“{value}”不能用")


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _overrides(
    file: TomlFile, dictionary: Dictionary, given: object, prefix: str = ""
) -> dict[str, Mapping[str, Any]]:
    """Return local variables and overrides by dotted path, checked.

    `[variables.license.fee]` overrides a field of a record of the dictionary.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for name, attributes in given.items() if isinstance(given, Mapping) else ():
        path, key = f"{prefix}{name}", f"variables.{prefix}{name}"
        try:
            known = dictionary.resolve(path)[-1]
        except LookupError:
            known = None
        nested = {}
        if known is not None and known.record and isinstance(attributes, Mapping):
            columns = dictionary.records[known.record]
            nested = {
                n: a for n, a in attributes.items() if n in columns and _is_sub(a)
            }
        own = attributes
        if nested:
            own = {n: a for n, a in attributes.items() if n not in nested}
            found |= _overrides(file, dictionary, nested, f"{path}.")
        if own or not nested:
            check_variable(file, key, own, dictionary.records, known)
            found[path] = own
    return found


def _is_sub(value: object) -> bool:
    return isinstance(value, Mapping)


def _clauses(file: TomlFile) -> tuple[Clause, ...]:
    clauses: dict[str, Clause] = {}
    for number, entry in enumerate(_listed(file.data.get("clauses"))):
        key = f"clauses[{number}]"
        if not isinstance(entry, Mapping):
            file.refuse(key, "应写作 [[clauses]] 小节")
            continue
        clause = _clause(file, key, entry, clauses)
        if clause is not None and clause.name in clauses:
            file.refuse(key, f"条款“{clause.name}”写了两次")
        elif clause is not None:
            clauses[clause.name] = clause
    return tuple(clauses.values())


def _clause(
    file: TomlFile, key: str, entry: Mapping[str, Any], earlier: Collection[str]
) -> Clause | None:
    file.check_keys(key, entry, _CLAUSE_KEYS)
    required = (*_CLAUSE_REQUIRED, "why") if "when" in entry else _CLAUSE_REQUIRED
    missing = [name for name in required if not entry.get(name)]
    texts = [
        name for name in _CLAUSE_KEYS[:-1] if not isinstance(entry.get(name, ""), str)
    ]
    for name in missing:
        file.refuse(key, f"条款缺少 {name}")
    for name in texts:
        file.refuse(f"{key}.{name}", f"{name} 应为文字（加引号）")
    if type(entry.get("mandatory", False)) is not bool:
        file.refuse(f"{key}.mandatory", "mandatory 应为 true 或 false")
    if missing or texts:
        return None
    try:
        when = compile_condition(entry["when"]) if "when" in entry else None
    except AssemblyError as refusal:
        file.refuse(f"{key}.when", f"条件写错了：{refusal.faults[0].message}")
        return None
    for path in read_paths(when.node, {}) if when is not None else ():
        root, _, name = path.partition(".")
        if root == "clause" and name not in earlier:
            file.refuse(f"{key}.when", f"条件只能引用前面的条款，没有“{name}”")
    known = {name: entry[name] for name in _CLAUSE_KEYS if name in entry}
    return Clause(**{**known, "when": when})


def _check_order(
    file: TomlFile, order: tuple[str, ...], dictionary: Dictionary
) -> None:
    for path in order:
        try:
            dictionary.resolve(path)
        except LookupError as error:
            name, known = error.args
            file.refuse("order", f"没有变量“{path}”{nearest(name, known)}")
