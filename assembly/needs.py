"""What a template needs: the variables that its tags read, and when each matters.

Nothing is listed twice: the tags say which variables, the dictionary says what they
are, the manifest says under which names conditions stand. Binding, the JSON Schema,
the interview and the reasons of clauses are all read off this one account.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assembly.dictionary import Dictionary, Variable, nearest
from assembly.errors import Fault, fault
from assembly.expressions import (
    ENGINE_NAMES,
    Guard,
    Reference,
    compile_condition,
)
from assembly.expressions.references import read_paths
from assembly.manifest import Clause, Manifest

Guards = tuple[Guard, ...]
# Filled by the engine from files given beside the data.
_PLACEHOLDERS = frozenset({"subdoc"})


@dataclass(frozen=True)
class Need:
    """One path that a template reads, such as `license.fee`, `ip_items[].number`."""

    path: str
    chain: tuple[Variable, ...]
    places: tuple[Guards, ...]

    @property
    def variable(self) -> Variable:
        """The variable at the end of the path."""
        return self.chain[-1]

    @property
    def label(self) -> str:
        """The path in words: 许可·许可费（元）."""
        return "·".join(variable.label for variable in self.chain)

    @property
    def is_whole(self) -> bool:
        """Whether the path ends at a record or a table and not at a field."""
        return bool(self.variable.record)

    @property
    def is_always_read(self) -> bool:
        """Whether one of the places stands under no condition."""
        return any(not guards for guards in self.places)


@dataclass(frozen=True)
class Needs:
    """All that a template reads, in the order of its interview."""

    dictionary: Dictionary
    manifest: Manifest | None
    needs: Mapping[str, Need]
    clauses: tuple[Clause, ...] = ()
    faults: tuple[Fault, ...] = ()
    title: str = ""
    stands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Path → the named clauses in whose text it is read, in the order of the text."""

    def label(self, path: str) -> str:
        """Return the words for a path, or the path itself when it is unknown."""
        need = self.needs.get(path)
        if need is not None:
            return need.label
        try:
            return "·".join(v.label for v in self.dictionary.resolve(path))
        except LookupError:
            return path


@dataclass
class _Collector:
    dictionary: Dictionary
    clauses: Mapping[str, Clause]
    found: dict[str, dict[Guards, None]] = field(default_factory=dict)
    used: dict[str, None] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    stands: dict[str, dict[str, None]] = field(default_factory=dict)

    def place(self, reference: Reference) -> None:
        """Note in which named clauses a path is read."""
        if reference.clauses and reference.root not in ENGINE_NAMES:
            path = reference.path.removesuffix("[]")
            self.stands.setdefault(path, {}).update(dict.fromkeys(reference.clauses))

    def add(self, path: str, guards: Guards) -> None:
        """Note a reading; the name of a clause reads what its condition reads."""
        root, _, rest = path.partition(".")
        if root == "clause":
            self._add_clause(rest, guards)
        elif root not in ENGINE_NAMES | _PLACEHOLDERS:
            self._add_path(path, guards)

    def _add_clause(self, name: str, guards: Guards) -> None:
        clause = self.clauses.get(name)
        if clause is None:
            hint = nearest(name, tuple(self.clauses))
            self.refuse(f"clause.{name}", hint)
            return
        self.used[name] = None
        for path in read_paths(clause.when.node, {}) if clause.when else ():
            self.add(path, guards)

    def _add_path(self, path: str, guards: Guards) -> None:
        try:
            chain = self.dictionary.resolve(path)
        except LookupError as error:
            self.refuse(path, nearest(error.args[0], error.args[1]))
            return
        tables = [v.type == "table" for v in chain]
        marks = [name.endswith("[]") for name in path.split(".")]
        if tables[:-1] != marks[:-1] or (marks[-1] and not tables[-1]):
            self.refuse(path, "（表格要逐行读取，记录不能逐行读取）")
            return
        self.found.setdefault(path.removesuffix("[]"), {})[guards] = None
        for asked in (v.when for v in chain if v.when):
            self._add_asked(asked, guards)

    def _add_asked(self, when: str, guards: Guards) -> None:
        for path in read_paths(compile_condition(when).node, {}):
            self.add(path, guards)

    def refuse(self, path: str, hint: str) -> None:
        """Note a name that nobody declares, once."""
        self.faults.setdefault(path, fault("E-AS-41", path, name=path, hint=hint))


def collect_needs(
    references: Iterable[Reference], dictionary: Dictionary, manifest: Manifest | None
) -> Needs:
    """Return what a template needs; names that nobody declares are in `.faults`."""
    if manifest is not None:
        dictionary = dictionary.with_overrides(manifest.variables)
    clauses = {c.name: c for c in manifest.clauses} if manifest is not None else {}
    collector = _Collector(dictionary, clauses)
    for reference in references:
        collector.add(reference.path, reference.guards)
        collector.place(reference)
    order = manifest.order if manifest is not None else ()
    needs = {
        path: Need(path, (chain := dictionary.resolve(path)), _asked(places, chain))
        for path, places in sorted(
            collector.found.items(), key=lambda item: _place(item[0], dictionary, order)
        )
    }
    used = tuple(c for c in clauses.values() if c.name in collector.used)
    title = manifest.title if manifest is not None else ""
    return Needs(
        dictionary,
        manifest,
        needs,
        used,
        tuple(collector.faults.values()),
        title,
        {path: tuple(names) for path, names in collector.stands.items()},
    )


def _asked(places: Iterable[Guards], chain: tuple[Variable, ...]) -> tuple[Guards, ...]:
    """Put the variables' own `when` before the guards of every place."""
    own = tuple(Guard(compile_condition(v.when)) for v in chain if v.when)
    return tuple((*own, *guards) for guards in places)


def _place(
    path: str, dictionary: Dictionary, order: Sequence[str]
) -> tuple[int, int, list[int]]:
    """Return the place of a path: the manifest's order, then groups and fields."""
    names = path.replace("[]", "").split(".")
    asked = [
        number
        for number, first in enumerate(order)
        if names[: first.count(".") + 1] == first.replace("[]", "").split(".")
    ]
    fields: list[int] = []
    known: Mapping[str, Variable] = dictionary.variables
    for name in names:
        fields.append(list(known).index(name))
        known = dictionary.records.get(known[name].record, {})
    first = min(asked, default=len(order))
    return first, dictionary.order[names[0]], fields[1:]
