"""Shared dictionary of variables: every paper of a case reads one set of data."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from assembly.expressions import ENGINE_NAMES
from assembly.toml_file import TomlFile, read_toml

TYPES = (
    "text",
    "long_text",
    "money",
    "percent",
    "date",
    "integer",
    "boolean",
    "choice",
    "term",
    "credit_code",
    "identity_number",
    "patent_number",
    "phone",
    "email",
    "record",
    "table",
)
MOST_ROWS = 5_000
MOST_CHARACTERS = 20_000
RESERVED = ENGINE_NAMES | {"loop", "papers"}
NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_WHOLE = ("min_rows", "max_rows", "minimum", "maximum", "max_length")
_FLAGS = ("required", "multiple", "personal")
_TEXTS = ("type", "label", "help", "record", "group", "when")


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable or field: its type, its words, and what it may hold."""

    name: str
    type: str
    label: str
    help: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    multiple: bool = False
    record: str = ""
    min_rows: int = 0
    max_rows: int = MOST_ROWS
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = MOST_CHARACTERS
    personal: bool = False
    group: str = ""
    when: str = ""


ATTRIBUTES = tuple(item.name for item in fields(Variable) if item.name != "name")


@dataclass(frozen=True)
class Dictionary:
    """Variables, the records that they are made of, and the groups of questions."""

    variables: Mapping[str, Variable]
    records: Mapping[str, Mapping[str, Variable]]
    groups: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each group and variable in the interview."""
        groups = {name: place for place, name in enumerate(self.groups)}
        names = sorted(
            self.variables,
            key=lambda name: groups.get(self.variables[name].group, len(groups)),
        )
        return {name: place for place, name in enumerate(names)}

    def resolve(self, path: str) -> tuple[Variable, ...]:
        """Return the variables along a path such as `ip_items[].number`.

        Raises:
            LookupError: a name is unknown; holds that name and the names known there.
        """
        chain: list[Variable] = []
        known: Mapping[str, Variable] = self.variables
        for name in path.replace("[]", "").split("."):
            if name not in known:
                raise LookupError(name, tuple(known))
            variable = known[name]
            chain.append(variable)
            known = self.records.get(variable.record, {})
        return tuple(chain)

    def with_overrides(
        self, overrides: Mapping[str, Mapping[str, Any]]
    ) -> "Dictionary":
        """Return the dictionary with the local variables of a manifest.

        A dotted name (`license.fee`) overrides a field for this template alone.
        The manifest has been checked before.
        """
        result = self
        for path, attributes in overrides.items():
            result = result._with(path.split("."), attributes)
        return result

    def _with(self, names: list[str], attributes: Mapping[str, Any]) -> "Dictionary":
        head, *rest = names
        known = self.variables.get(head)
        if not rest:
            changed = override(known, head, attributes)
            return replace(self, variables={**self.variables, head: changed})
        if known is None:
            raise LookupError(head)
        record, records = self._own_record(known.record, rest, attributes)
        variables = {**self.variables, head: replace(known, record=record)}
        return replace(self, variables=variables, records=records)

    def _own_record(
        self, record: str, names: list[str], attributes: Mapping[str, Any]
    ) -> tuple[str, Mapping[str, Mapping[str, Variable]]]:
        """Return a copy of a record with one field overridden, under a new name."""
        known = self.records[record]
        head, *rest = names
        records = self.records
        if rest:
            inner, records = self._own_record(known[head].record, rest, attributes)
            changed = replace(known[head], record=inner)
        else:
            changed = override(known.get(head), head, attributes)
        name = record if record.endswith("*") else f"{record}*"
        while name in self.records and self.records[name] is not known:
            name += "*"
        return name, {**records, name: {**known, head: changed}}


def nearest(name: str, known: tuple[str, ...]) -> str:
    """Return “，是否应为“…”” with the known name most like `name`, or nothing."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"，是否应为“{close[0]}”" if close else ""


def override(
    known: Variable | None, name: str, attributes: Mapping[str, Any]
) -> Variable:
    """Return a variable with attributes from TOML put over what is known of it."""
    values = dict(attributes)
    if "choices" in values:
        values["choices"] = tuple((code, label) for code, label in values["choices"])
    if known is not None:
        return replace(known, **values)
    return Variable(name=name, **values)


def read_dictionary(path: Path) -> Dictionary:
    """Return the shared dictionary of a library.

    Raises:
        AssemblyError: E-AS-40 for each fault, with file and line.
    """
    return parse_dictionary(read_toml(path))


def parse_dictionary(file: TomlFile) -> Dictionary:
    """Return a dictionary from its TOML; raises AssemblyError with all faults."""
    file.check_keys("", file.data, ("groups", "records", "variables"))
    groups = file.data.get("groups", {})
    records = file.data.get("records", {})
    for record, columns in records.items():
        for name, attributes in columns.items():
            check_variable(file, f"records.{record}.{name}", attributes, records)
    for name, attributes in file.data.get("variables", {}).items():
        key = f"variables.{name}"
        check_variable(file, key, attributes, records)
        if (
            isinstance(attributes, Mapping)
            and attributes.get("group", "") not in groups
        ):
            file.refuse(f"{key}.group", f"没有分组“{attributes.get('group', '')}”")
    file.raise_faults()
    return Dictionary(
        _variables(file.data.get("variables", {})),
        {name: _variables(columns) for name, columns in records.items()},
        groups,
    )


def _variables(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Variable]:
    return {name: override(None, name, values) for name, values in table.items()}


def check_variable(
    file: TomlFile,
    key: str,
    attributes: object,
    records: Mapping[str, Any],
    known: Variable | None = None,
) -> None:
    """Note what is wrong with one variable; `known` when it overrides another."""
    name = key.rpartition(".")[2]
    if not NAME.fullmatch(name) or "__" in name or name in RESERVED:
        file.refuse(key, f"变量名“{name}”不能用（小写字母、数字、下划线，不用保留字）")
    if not isinstance(attributes, Mapping):
        file.refuse(key, "应为一组属性")
        return
    file.check_keys(key, attributes, ATTRIBUTES)
    faults = len(file.faults)
    _check_attributes(file, key, attributes)
    if known is None and len(file.faults) == faults:
        _check_type(file, key, attributes, records)


def _check_attributes(file: TomlFile, key: str, attributes: Mapping[str, Any]) -> None:
    kinds: dict[str, type] = dict.fromkeys(_WHOLE, int)
    kinds |= dict.fromkeys(_FLAGS, bool) | dict.fromkeys(_TEXTS, str)
    words = {int: "整数", bool: " true 或 false", str: "文字（加引号）"}
    for name, value in attributes.items():
        kind = kinds.get(name)
        if kind is not None and type(value) is not kind:
            file.refuse(f"{key}.{name}", f"{name} 应为{words[kind]}")
    if not _are_choices(attributes.get("choices", [])):
        file.refuse(
            f"{key}.choices", 'choices 应写作 [["代码", "名称"], …]，代码不重复'
        )
    if not 1 <= Decimal(attributes.get("max_rows", MOST_ROWS) or 0) <= MOST_ROWS:
        file.refuse(f"{key}.max_rows", f"max_rows 应为 1 至 {MOST_ROWS}")


def _are_choices(choices: object) -> bool:
    if not isinstance(choices, list):
        return False
    pairs = [c for c in choices if isinstance(c, list) and len(c) == 2]
    texts = all(isinstance(part, str) and part for pair in pairs for part in pair)
    return texts and len(pairs) == len(choices) == len({pair[0] for pair in pairs})


def _check_type(
    file: TomlFile, key: str, attributes: Mapping[str, Any], records: Mapping[str, Any]
) -> None:
    kind = attributes.get("type", "")
    if kind not in TYPES:
        file.refuse(f"{key}.type", f"没有类型“{kind}”，可用：{'、'.join(TYPES)}")
    if not attributes.get("label"):
        file.refuse(key, "缺少 label")
    if (kind == "choice") != bool(attributes.get("choices")):
        file.refuse(key, "choices 用于且必须用于 choice 类型")
    if attributes.get("multiple") and kind != "choice":
        file.refuse(f"{key}.multiple", "multiple 只用于 choice 类型")
    record = attributes.get("record", "")
    if (kind in {"record", "table"}) != bool(record):
        file.refuse(key, "record 用于且必须用于 record 和 table 类型")
    elif record and record not in records:
        file.refuse(f"{key}.record", f"没有记录“{record}”")
