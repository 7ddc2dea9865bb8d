"""Values that a signed paper changed, read as its template's own variables (AS-09)."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assembly import AssemblyError, Fault
from assembly.bundles import data_for
from assembly.needs import Need
from assembly.values import Choice, Money, Percent, Term
from cms.case_documents.bundle import overlaid, whole_answers
from cms.case_documents.kinds import case_behind
from cms.case_documents.models import Paper
from cms.case_documents.templates_in_use import template_of
from cms.core.answers import answers_of

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PaperVariable:
    """One value that a paper prints: path, words, type, as answered, as printed."""

    path: str
    label: str
    type: str
    value: str
    printed: str
    choices: tuple[tuple[str, str], ...] = ()
    personal: bool = False


def variables_of(paper: Paper) -> list[PaperVariable]:
    """Return every single value of a paper, the rows of tables one by one."""
    guide = template_of(paper.template).guide
    if guide is None:
        return []
    answers = json.loads(paper.answers)
    context, _ = guide.binder.read(answers)
    return [one for need in guide.needs.needs.values() for one in _found(need, context)]


def checked_values(paper: Paper, given: Mapping[str, str]) -> dict[str, Any]:
    """Return new values by path, read by the readers of the template's variables.

    Raises:
        AssemblyError: every wrong value, its field the path.
    """
    guide = template_of(paper.template).guide
    if guide is None or not given:
        return {}
    answers = json.loads(paper.answers)
    changed = with_values(answers, given)
    before = {
        (fault.field, fault.code) for fault in guide.binder.read(answers)[1].faults
    }
    context, session = guide.binder.read(changed)
    faults: list[Fault] = [
        fault for fault in session.faults if (fault.field, fault.code) not in before
    ]
    if faults:
        raise AssemblyError(faults)
    return {path: _plain(_at(context, path)) for path in given}


def with_values(answers: Answers, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers with values set at paths such as `payments[0].amount`."""
    changed: dict[str, Any] = deepcopy(dict(answers))
    for path, value in values.items():
        *parents, last = _steps(path)
        level: Any = changed
        for step in parents:
            level = level[step] if isinstance(step, int) else level.setdefault(step, {})
        level[last] = value
    return changed


def answers_behind(paper: Paper, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the case's whole answers: as assembled, with new values over them.

    What the paper itself does not print is taken as the case has it now.
    """
    case = case_behind(paper.case)
    whole = data_for(whole_answers(case, answers_of(case)), paper.instrument)
    return with_values(overlaid(whole, json.loads(paper.answers)), values)


def value_at(answers: Answers, path: str) -> Any:
    """Return what stands at a path, None where there is nothing."""
    return _at(answers, path)


def _found(need: Need, context: Answers) -> Iterator[PaperVariable]:
    if need.is_whole:
        return
    for path, value in _values(context, need.path):
        if isinstance(value, list):
            continue
        variable = need.variable
        yield PaperVariable(
            path,
            _label(need, path),
            variable.type,
            "" if value is None else str(_plain(value)),
            _printed(value),
            tuple(variable.choices),
            bool(variable.personal),
        )


def _label(need: Need, path: str) -> str:
    """Return the words of a path; of a table's row with its place from 1."""
    rows = [step + 1 for step in _steps(path) if isinstance(step, int)]
    place = f"（第{rows[0]}行）" if rows else ""
    return f"{need.label}{place}"


def _values(context: Any, pattern: str) -> Iterator[tuple[str, Any]]:
    """Yield path and value for a pattern such as `milestones[].amount`."""
    found: list[tuple[str, Any]] = [("", context)]
    for name in pattern.split("."):
        table = name.endswith("[]")
        stepped = []
        for path, level in found:
            if not isinstance(level, Mapping):
                continue
            bare = name.removesuffix("[]")
            inner = level.get(bare)
            here = f"{path}.{bare}" if path else bare
            if table and isinstance(inner, list):
                stepped += [(f"{here}[{i}]", row) for i, row in enumerate(inner)]
            elif not table:
                stepped.append((here, inner))
        found = stepped
    yield from found


def _steps(path: str) -> list[str | int]:
    steps: list[str | int] = []
    for name in path.split("."):
        bare, _, place = name.partition("[")
        steps.append(bare)
        if place:
            steps.append(int(place.removesuffix("]")))
    return steps


def _at(answers: Any, path: str) -> Any:
    level = answers
    for step in _steps(path):
        if isinstance(step, int):
            rows = isinstance(level, list) and step < len(level)
            level = level[step] if rows else None
        else:
            level = level.get(step) if isinstance(level, Mapping) else None
    return level


def _plain(value: Any) -> Any:
    """Return a typed value as the answers hold it."""
    if isinstance(value, Money | Percent):
        return format(Decimal(value), "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Choice | Term):
        return str.__str__(value)
    return value


def _printed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
