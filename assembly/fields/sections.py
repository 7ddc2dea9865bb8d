"""Readers of the nested parts of the data: records, and tables of records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assembly.dictionary import MOST_ROWS, Dictionary, Variable, nearest
from assembly.errors import Fault, fault
from assembly.fields.ip_item import check_ip_item
from assembly.fields.readers import Reader, reader_for
from assembly.fields.refusal import Refusal
from assembly.needs import Needs

_CHECKS: dict[str, Callable[[dict[str, Any]], None]] = {"ip_item": check_ip_item}
MOST_FAULTS = 200


@dataclass(slots=True)
class Missing:
    """A required value that is not filled: where it would stand, and its words."""

    path: str
    pattern: str
    label: str
    rows: tuple[Any, ...]
    holder: dict[str, Any]
    variable: Variable

    def fill(self) -> None:
        """Put in nothing, once it is known that no place prints it."""
        self.holder[self.variable.name] = [] if self.variable.type == "table" else None


@dataclass(slots=True)
class Session:
    """What one binding has found so far."""

    faults: list[Fault] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)

    def refuse(self, path: str, label: str, refusal: Refusal) -> None:
        """Note a fault of a value; past a limit the rest is not told."""
        if len(self.faults) < MOST_FAULTS:
            parameters: dict[str, Any] = {"label": label, **refusal.parameters}
            self.faults.append(fault(refusal.code, path, **parameters))


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Reads one value of a record."""

    variable: Variable
    pattern: str
    read: Reader

    def missing(
        self, path: str, label: str, rows: tuple[Any, ...], holder: dict[str, Any]
    ) -> Missing:
        """Return the value as one that is required and not filled."""
        one = self.variable
        path, label = f"{path}{one.name}", f"{label}{one.label}"
        return Missing(path, self.pattern, label, rows, holder, one)


class RecordReader:
    """Reads the fields of a record that the template needs."""

    def __init__(
        self,
        known: Mapping[str, Variable],
        fields: tuple[FieldReader, ...],
        sections: tuple["SectionReader", ...],
        record: str = "",
    ) -> None:
        """Take the names known there, and readers of fields and inner sections."""
        self.known = tuple(known)
        self._names = frozenset(known)
        self._fields = tuple((one.variable.name, one.read, one) for one in fields)
        self._sections = sections
        self._check = _CHECKS.get(record.rstrip("*"))

    def read(
        self,
        given: Mapping[str, Any],
        path: str,
        rows: tuple[Any, ...],
        session: Session,
        label: str = "",
        result: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the record read; `path` and `label` end with their separator."""
        result = {} if result is None else result
        self._read_fields(given, path, rows, session, label, result)
        for section in self._sections:
            section.read(given, result, path, rows, session, label)
        if self._check is not None:
            try:
                self._check(result)
            except Refusal as refusal:
                session.refuse(path.rstrip("."), label.rstrip("·"), refusal)
        if path and not given.keys() <= self._names:
            self._refuse_unknown(given, path, session)
        return result

    def _read_fields(
        self,
        given: Mapping[str, Any],
        path: str,
        rows: tuple[Any, ...],
        session: Session,
        label: str,
        result: dict[str, Any],
    ) -> None:
        for name, read, one in self._fields:
            raw = given.get(name)
            value = None
            if raw is not None and raw != "":
                try:
                    value = read(raw)
                except Refusal as refusal:
                    if not (type(raw) is str and raw.isspace()):
                        words = f"{label}{one.variable.label}"
                        session.refuse(f"{path}{name}", words, refusal)
                        continue
            if value is not None and value not in ("", []):
                result[name] = value
            elif one.variable.required:
                session.missing.append(one.missing(path, label, rows, result))
            else:
                result[name] = None

    def _refuse_unknown(
        self, given: Mapping[str, Any], path: str, session: Session
    ) -> None:
        for name in sorted(map(str, given.keys() - self._names)):
            full, hint = f"{path}{name}", nearest(name, self.known)
            session.faults.append(fault("E-AS-42", full, name=full[:80], hint=hint))


@dataclass(frozen=True, slots=True)
class SectionReader:
    """Reads a record or a table inside another record."""

    variable: Variable
    pattern: str
    inner: RecordReader
    is_whole: bool

    def read(
        self,
        given: Mapping[str, Any],
        result: dict[str, Any],
        path: str,
        rows: tuple[Any, ...],
        session: Session,
        label: str,
    ) -> None:
        """Put the record or the table into `result`, or note what is wrong."""
        raw = given.get(self.variable.name)
        path, label = f"{path}{self.variable.name}", f"{label}{self.variable.label}"
        if self.variable.type == "table":
            self._read_table(raw, result, path, rows, session, label)
        else:
            self._read_record(raw, result, path, rows, session, label)

    def _read_record(
        self,
        raw: object,
        result: dict[str, Any],
        path: str,
        rows: tuple[Any, ...],
        session: Session,
        label: str,
    ) -> None:
        name = self.variable.name
        if raw is not None and not isinstance(raw, Mapping):
            session.refuse(path, label, Refusal("E-AS-43", kind="一组名称和值"))
            return
        if raw is None and self.is_whole and not self.variable.required:
            result[name] = None
            return
        record: dict[str, Any] = {}
        result[name] = record
        inner = session if raw is not None or self.variable.required else Session()
        self.inner.read(raw or {}, f"{path}.", rows, inner, f"{label}·", record)
        if inner is not session:  # an optional record that is not given at all
            for one in inner.missing:
                one.fill()

    def _read_table(
        self,
        raw: object,
        result: dict[str, Any],
        path: str,
        rows: tuple[Any, ...],
        session: Session,
        label: str,
    ) -> None:
        variable = self.variable
        if raw is None or raw in ([], ()):
            if variable.required:
                session.missing.append(
                    Missing(path, self.pattern, label, rows, result, variable)
                )
            else:
                result[variable.name] = []
            return
        refusal = _table_refusal(raw, variable)
        if refusal is not None or not isinstance(raw, list | tuple):
            session.refuse(path, label, refusal or Refusal("E-AS-43", kind="表格"))
            return
        table: list[dict[str, Any]] = []
        result[variable.name] = table
        read = self.inner.read
        for number, given in enumerate(raw):
            place, words = f"{path}[{number}]", f"{label}第{number + 1}行"
            if type(given) is not dict and not isinstance(given, Mapping):
                session.refuse(place, words, Refusal("E-AS-43", kind="一组名称和值"))
                continue
            row: dict[str, Any] = {}
            table.append(row)
            read(given, f"{place}.", (*rows, row), session, f"{words}·", row)


def _table_refusal(raw: object, variable: Variable) -> Refusal | None:
    if not isinstance(raw, list | tuple):
        return Refusal("E-AS-43", kind="表格（逐行的列表）")
    count = len(raw)
    if count < variable.min_rows:
        return Refusal("E-AS-54", limit=variable.min_rows, count=count)
    most = min(variable.max_rows, MOST_ROWS)
    return Refusal("E-AS-55", limit=most, count=count) if count > most else None


def section_of(needs: Needs) -> RecordReader:
    """Return the reader of the whole data set, for what a template needs of it."""
    return _record(needs, needs.dictionary.variables, "", needs.needs)


def _record(
    needs: Needs,
    known: Mapping[str, Variable],
    prefix: str,
    paths: Iterable[str],
    record: str = "",
) -> RecordReader:
    names: dict[str, list[str]] = {}
    for path in paths:
        rest = path[len(prefix) :]
        names.setdefault(rest.split(".")[0].removesuffix("[]"), []).append(path)
    fields, sections = [], []
    for name, inside in names.items():
        variable = known[name]
        if variable.record:
            sections.append(_section(needs, variable, f"{prefix}{name}", inside))
        else:
            pattern = f"{prefix}{name}"
            if pattern not in needs.needs:  # read only as part of a whole record
                variable = replace(variable, required=False)
            fields.append(FieldReader(variable, pattern, reader_for(variable)))
    return RecordReader(known, tuple(fields), tuple(sections), record)


def _section(
    needs: Needs, variable: Variable, path: str, paths: list[str]
) -> SectionReader:
    dictionary: Dictionary = needs.dictionary
    prefix = f"{path}[]." if variable.type == "table" else f"{path}."
    inside = [one for one in paths if one.startswith(prefix)]
    columns = dictionary.records[variable.record]
    is_whole = path in needs.needs and variable.type == "record"
    if is_whole:
        plain = [f"{prefix}{n}" for n, v in columns.items() if not v.record]
        inside += [one for one in plain if one not in inside]
    inner = _record(needs, columns, prefix, inside, variable.record)
    return SectionReader(variable, path, inner, is_whole)
