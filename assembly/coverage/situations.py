"""Situations of a template: data sets that take its conditions every way they go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from typing import Any

from assembly.coverage.notes import Noted, Notes
from assembly.coverage.pairing import pairs_covered
from assembly.dictionary import Dictionary, Variable
from assembly.expressions import Reference
from assembly.needs import Needs
from assembly.samples import sample, sample_data, sample_record

MOST_SITUATIONS = 4096
ABSENT = object()
EARLY, LATE = "2001-01-01", "2099-12-31"
_OPTIONAL = "选填项"


@dataclass(frozen=True)
class Factor:
    """One thing that varies: a path of the data, its values, and words for them."""

    path: str
    label: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Situation:
    """One data set, and in words what is special about it."""

    words: str
    data: Mapping[str, Any]


class Situations:
    """All situations that matter to a template, or pairs of them if too many."""

    def __init__(
        self, needs: Needs, read: Iterable[Reference], most: int = MOST_SITUATIONS
    ) -> None:
        """Work out what varies from the conditions of tags and clauses."""
        self._needs = needs
        self._dictionary = needs.dictionary
        noted = Notes(needs).of(read)
        self.factors = tuple(_factors(noted, needs, self._dictionary))
        counts = [len(factor.values) for factor in self.factors]
        self.is_complete = prod(counts) <= most
        chosen: Iterable[Sequence[int]] = (
            product(*(range(count) for count in counts))
            if self.is_complete
            else pairs_covered(counts)
        )
        self._chosen = tuple(chosen)

    def __len__(self) -> int:
        """Return how many situations there are."""
        return len(self._chosen)

    def __iter__(self) -> Iterator[Situation]:
        """Yield every combination, or few that hold every pair of values."""
        full, bare = self._bases()
        for picks in self._chosen:
            yield self._situation(picks, full, bare)

    def _bases(self) -> tuple[dict[str, Any], dict[str, Any]]:
        known = self._dictionary.variables
        full = sample_data(self._needs)
        bare = {
            name: _bare(known[name], value, self._dictionary)
            for name, value in full.items()
        }
        return full, {name: one for name, one in bare.items() if one is not ABSENT}

    def _situation(
        self, picks: Sequence[int], full: dict[str, Any], bare: dict[str, Any]
    ) -> Situation:
        words: list[str] = []
        base = full
        changes: list[tuple[str, Any]] = []
        for factor, pick in zip(self.factors, picks, strict=True):
            value = factor.values[pick]
            if factor.path == _OPTIONAL:
                base = full if value else bare
            else:
                changes.append((factor.path, value))
            if pick:
                words.append(f"{factor.label}＝{_words(value)}")
        data = deepcopy(base)
        for path, value in changes:
            _put(data, path.split("."), value)
        return Situation("；".join(words) or "各项均取首选", data)


def _factors(
    notes: Mapping[str, Noted], needs: Needs, dictionary: Dictionary
) -> Iterator[Factor]:
    columns: dict[str, dict[str, Noted]] = {}
    for path, noted in notes.items():
        table, _, column = path.partition("[]")
        if column:
            columns.setdefault(table, {})[column.lstrip(".")] = noted
        else:
            columns.setdefault(path, {})
    varied = []
    for path, asked in columns.items():
        try:
            variable = dictionary.resolve(path)[-1]
        except LookupError:
            continue
        if variable.type == "table":
            values = _tables(variable, asked, dictionary)
        elif variable.type == "record":
            continue
        else:
            values = _values(variable, notes[path], dictionary)
        unique = [one for n, one in enumerate(values) if one not in values[:n]]
        if len(unique) > 1:
            varied.append(path)
            yield Factor(path, needs.label(path), tuple(unique))
    if any(not need.variable.required for need in needs.needs.values()):
        yield Factor(_OPTIONAL, "其他选填项", (True, False))


def _values(variable: Variable, noted: Noted, dictionary: Dictionary) -> list[Any]:
    first = sample(variable, dictionary)
    absent = [] if variable.required else [ABSENT]
    if variable.type == "boolean":
        return [True, False]
    if variable.type == "choice":
        codes = [code for code, _ in variable.choices]
        named = [code for code in codes if code in noted.constants]
        other = [code for code in codes if code not in noted.constants][:1]
        picked = [*other, *named] if named else codes
        if variable.multiple:
            return [[code] for code in picked] + [codes] + absent
        return picked + absent
    if variable.type == "date":
        return [first, *([EARLY, LATE] if noted.is_compared else []), *absent]
    if variable.type in {"money", "percent", "integer"}:
        return [first, *_around(noted.constants, variable), *absent]
    texts = [one for one in noted.constants if isinstance(one, str)]
    return [first, *texts, *absent]


def _around(constants: list[Any], variable: Variable) -> list[Any]:
    numbers = [one for one in constants if isinstance(one, (int, float))]
    near = [number + step for number in numbers for step in (-1, 0, 1)]
    least = variable.minimum if variable.minimum is not None else 0
    most = variable.maximum if variable.maximum is not None else 10**6
    if variable.type == "percent":
        most = 100
    kept = [one for one in near if least <= one <= most]
    return kept if variable.type == "integer" else [str(one) for one in kept]


def _tables(
    variable: Variable, columns: Mapping[str, Noted], dictionary: Dictionary
) -> list[Any]:
    """Return tables with one, three and no rows, and with each value of a column."""

    def row(number: int, given: Mapping[str, Any]) -> dict[str, Any]:
        present = {name: one for name, one in given.items() if one is not ABSENT}
        filled = sample_record(variable.record, dictionary, number, present)
        return {
            name: one
            for name, one in filled.items()
            if name not in given or name in present
        }

    choices: dict[str, list[Any]] = {}
    for name, noted in columns.items():
        column = dictionary.records[variable.record].get(name)
        if column is not None and column.type not in {"record", "table"}:
            choices[name] = _values(column, noted, dictionary)
    least = max(1, variable.min_rows)
    tables = [[row(n + 1, {}) for n in range(least)]]
    if variable.max_rows >= 3:
        tables.append([row(n + 1, {}) for n in range(max(3, least))])
    for name, values in choices.items():
        for value in values:
            tables.append([row(n + 1, {name: value}) for n in range(least)])
    mixed = [
        row(n, {name: values[pick] for (name, values), pick in zipped})
        for n, zipped in enumerate(_mixed(choices), 1)
    ]
    if least <= len(mixed) <= variable.max_rows and len(mixed) > 1:
        tables.append(mixed)
    if variable.min_rows == 0:
        tables.append([])
    return tables


def _mixed(choices: Mapping[str, list[Any]]) -> Iterator[list[Any]]:
    """Yield rows in which every pair of values of two columns stands once."""
    for picks in pairs_covered([len(values) for values in choices.values()]):
        yield list(zip(choices.items(), picks, strict=True))


def _bare(variable: Variable, value: Any, dictionary: Dictionary) -> Any:
    """Return a value without all that may be left out."""
    if variable.type == "table":
        fields = dictionary.records[variable.record]
        return [_bare_record(row, fields, dictionary) for row in value]
    if variable.type == "record":
        fields = dictionary.records[variable.record]
        return _bare_record(value, fields, dictionary)
    return value if variable.required else ABSENT


def _bare_record(
    values: Mapping[str, Any], fields: Mapping[str, Variable], dictionary: Dictionary
) -> dict[str, Any]:
    kept = {
        name: _bare(fields[name], value, dictionary) for name, value in values.items()
    }
    if kept.get("number") is ABSENT and values.get("kind") != "know_how":
        kept["number"] = values["number"]  # an IP item must have one
    return {name: value for name, value in kept.items() if value is not ABSENT}


def _put(data: dict[str, Any], names: Sequence[str], value: Any) -> None:
    holder = data
    for name in names[:-1]:
        inner = holder.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        holder = inner
    if value is ABSENT:
        holder.pop(names[-1], None)
    else:
        holder[names[-1]] = deepcopy(value)


def _words(value: Any) -> str:
    if value is ABSENT:
        return "不填"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        kinds = [str(row["kind"]) for row in value if "kind" in row]
        return f"{len(value)}行" + (f"（{'、'.join(kinds)}）" if kinds else "")
    if isinstance(value, list):
        return "、".join(map(str, value)) or "无行"
    return value.isoformat() if isinstance(value, date) else str(value)
