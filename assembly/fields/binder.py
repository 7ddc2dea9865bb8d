"""Binds raw data to what a template needs: typed, checked, every fault at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from assembly.dictionary import RESERVED, nearest
from assembly.errors import AssemblyError, Fault, fault
from assembly.fields.places import Known, Place, place_of
from assembly.fields.sections import Missing, RecordReader, Session, section_of
from assembly.mandatory import statutory_clauses
from assembly.needs import Needs


class Binder:
    """Compiled once a template; `bind` is called once a document."""

    def __init__(self, needs: Needs) -> None:
        """Compile the readers of what `needs` says."""
        self._needs = needs
        self._known = tuple(needs.dictionary.variables)
        self._allowed = frozenset(self._known) | {"papers"}
        self._reader: RecordReader = section_of(needs)
        self._places: dict[str, tuple[Place, ...]] = {
            path: tuple(place_of(guards, path) for guards in need.places)
            for path, need in needs.needs.items()
        }

    def bind(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the context of a rendering: what the template reads, and `clause`.

        Keys of the shared data set that this template does not read are left out;
        unfilled optional values are None.

        Raises:
            AssemblyError: every fault of the data at once; one E-AS-01 names all
                required variables that are missing, its field their paths; what a
                clause demanded of an agreement lacks is told by E-EM-06 instead.
        """
        context, session = self.read(data)
        faults = session.faults
        missing = self.certain(session.missing, context, certain_only=bool(faults))
        if missing:
            faults = [*_missing_faults(missing, self._needs), *faults]
        if faults:
            raise AssemblyError(faults)
        for one in session.missing:
            one.fill()
        context["clause"] = self._clauses(context)
        return context

    def read(self, data: object) -> tuple[dict[str, Any], Session]:
        """Return what can be read, and the session with faults and what is missing."""
        session = Session()
        if not isinstance(data, Mapping):
            session.faults.append(fault("E-AS-43", label="数据", kind="一组名称和值"))
            return {}, session
        for name in sorted(map(str, data.keys() - self._allowed)):
            session.faults.append(_unknown(name, self._known))
        return self._reader.read(data, "", (), session), session

    def certain(
        self,
        candidates: Iterable[Missing],
        context: Mapping[str, Any],
        *,
        certain_only: bool = False,
    ) -> list[Missing]:
        """Return those missing values that the paper needs on the present answers.

        Where nothing is certain, but a condition cannot be told although all is
        answered, the values behind it are needed (unless `certain_only`).
        """
        answers = self.answers(context)
        truths = [(one, self._truth(one, answers)) for one in candidates]
        needed = [one for one, truth in truths if truth]
        if needed or certain_only:
            return needed
        return [one for one, truth in truths if truth is None]

    def answers(self, context: Mapping[str, Any]) -> "Answers":
        """Return answers with the clauses that can already be told."""
        answers = Answers(context)
        clauses: dict[str, bool] = {}
        answers.values["clause"] = clauses
        for clause in self._needs.clauses:
            truth = clause.when.truth(answers.values) if clause.when else True
            if truth is not None:
                clauses[clause.name] = truth
        return answers

    def truth(
        self, path: str, rows: tuple[Any, ...], answers: "Answers"
    ) -> bool | None:
        """Say whether a path matters: yes, no, or None while it is open."""
        truth: bool | None = False
        for place in self._places[path]:
            printed = place.truth(answers.values, rows, answers.known)
            if printed:
                return True
            truth = None if printed is None else truth
        return truth

    def _truth(self, one: Missing, answers: "Answers") -> bool | None:
        return self.truth(one.pattern, one.rows, answers)

    def _clauses(self, context: dict[str, Any]) -> dict[str, bool]:
        clauses: dict[str, bool] = {}
        context["clause"] = clauses
        for clause in self._needs.clauses:
            clauses[clause.name] = clause.when is None or clause.when.holds(context)
        return clauses


class Answers:
    """The data given so far, with the truths already worked out over them."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        """Take the context read so far; it is not changed."""
        self.values: dict[str, Any] = dict(context)
        self.known = Known()


def _missing_faults(missing: list[Missing], needs: Needs) -> list[Fault]:
    """Return E-EM-06 for the clauses that would be empty, E-AS-01 for the rest."""
    statutory = statutory_clauses(needs.manifest) if needs.manifest else {}
    within: dict[str, list[Missing]] = {}
    rest: list[Missing] = []
    for one in missing:
        clauses = needs.stands.get(one.pattern, ())
        name = next((name for name in clauses if name in statutory), "")
        (within.setdefault(name, []) if name else rest).append(one)
    faults = []
    if within:
        words = "、".join(
            f"{statutory[name].title}（未填写{_labels(lacking)}）"
            for name, lacking in within.items()
        )
        paths = ",".join(one.path for many in within.values() for one in many)
        faults.append(fault("E-EM-06", paths, clauses=words))
    if rest:
        paths = ",".join(one.path for one in rest)
        faults.append(fault("E-AS-01", paths, vars=_labels(rest)))
    return faults


def _labels(missing: list[Missing]) -> str:
    return "、".join(one.label for one in missing)


def _unknown(name: str, known: tuple[str, ...]) -> Fault:
    hint = "，它由系统生成" if name in RESERVED else nearest(name, known)
    return fault("E-AS-42", name, name=name[:40], hint=hint)
