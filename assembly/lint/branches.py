"""Branches that no answers can reach, and branches in which nothing stands."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, pairwise, product
from typing import Any

from jinja2 import nodes

from assembly.dictionary import Dictionary
from assembly.errors import Fault
from assembly.expressions import (
    Condition,
    Guard,
    compile_condition,
    possible,
)
from assembly.expressions.references import path_of
from assembly.expressions.unparsing import unparse
from assembly.lint.document import Document, Paragraph, Part, Reading
from assembly.lint.tags import at
from assembly.manifest import Manifest

Guards = tuple[Guard, ...]
MOST_ANSWERS = 4096
_OTHER = "\0"  # a value that no template names
_GRAPHIC = ("drawing", "pict", "br", "fldChar", "fldSimple")


def unreachable_branches(
    document: Document, manifest: Manifest | None, dictionary: Dictionary | None
) -> Iterator[Fault]:
    """Yield branches whose conditions contradict each other or are never true.

    Only answers that can be listed are tried (yes and no, options, named constants);
    whatever depends on sums, dates or tables counts as possible.
    """
    clauses = _conditions(manifest)
    for part in document.parts:
        for guards, paragraph in _branches(part):
            if not _is_reachable(guards, clauses, dictionary):
                condition = " 且 ".join(str(guard) for guard in guards)
                yield at(paragraph, "E-AL-09", condition=condition)


def _conditions(manifest: Manifest | None) -> dict[str, Condition]:
    """Return the condition of each clause; one without a condition always stands."""
    always = compile_condition("true")
    clauses = manifest.clauses if manifest is not None else ()
    return {one.name: one.when or always for one in clauses}


def _branches(part: Part) -> Iterator[tuple[Guards, Paragraph]]:
    """Yield every branch of a part with all that must be so before it is printed."""
    opened: list[tuple[Guards, Guards]] = []  # around the `if`, and its own so far
    for one in part.readings:
        keyword = one.tag.keyword
        around, own = opened[-1] if opened else ((), ())
        if keyword == "if" and isinstance(one.node, nodes.If):
            opened.append(((*around, *own), (_guard(one.node),)))
        elif keyword == "elif" and opened and isinstance(one.node, nodes.If):
            opened[-1] = (around, (*_passed(own), _guard(one.node)))
        elif keyword == "else" and opened:
            opened[-1] = (around, _passed(own))
        elif keyword == "endif" and opened:
            opened.pop()
        if keyword in {"if", "elif", "else"} and opened:
            around, own = opened[-1]
            yield (*around, *own), one.paragraph


def _guard(node: nodes.If) -> Guard:
    return Guard(Condition(unparse(node.test), node.test))


def _passed(own: Guards) -> Guards:
    """Return the guards of an `if` once its last branch was not taken."""
    return (*own[:-1], replace(own[-1], expected=False)) if own else ()


def _is_reachable(
    guards: Guards, clauses: Mapping[str, Condition], dictionary: Dictionary | None
) -> bool:
    values: dict[str, list[Any] | None] = {}
    for guard in guards:
        _collect(guard.condition.node, clauses, values, 0)
    listed = {
        path: _allowed(path, found, dictionary)
        for path, found in values.items()
        if found is not None
    }
    every = product(*listed.values())
    for chosen in islice(every, MOST_ANSWERS):
        answers = _nested(dict(zip(listed, chosen, strict=True)))
        answers["clause"] = _clause_truths(clauses, answers)
        if possible(guards, answers) is not False:
            return True
    size = 1
    for found in listed.values():
        size *= len(found)
    return size > MOST_ANSWERS


def _collect(
    node: nodes.Node,
    clauses: Mapping[str, Condition],
    values: dict[str, list[Any] | None],
    depth: int,
) -> None:
    """Note which values of each path a condition tells apart; None: too many."""
    if isinstance(node, (nodes.And, nodes.Or)):
        _collect(node.left, clauses, values, depth)
        _collect(node.right, clauses, values, depth)
    elif isinstance(node, nodes.Not):
        _collect(node.node, clauses, values, depth)
    elif isinstance(node, nodes.Compare):
        _collect_comparison(node, values)
    elif isinstance(node, nodes.Test):
        _note(values, path_of(node.node, {}), [None, _OTHER])
    elif isinstance(node, nodes.Const):
        return
    elif isinstance(node, (nodes.Name, nodes.Getattr)):
        _collect_name(node, clauses, values, depth)
    else:
        _give_up(node, values)


def _collect_name(
    node: nodes.Node,
    clauses: Mapping[str, Condition],
    values: dict[str, list[Any] | None],
    depth: int,
) -> None:
    path = path_of(node, {}) or ""
    name = path.removeprefix("clause.")
    if name != path and name in clauses and depth < 10:
        _collect(clauses[name].node, clauses, values, depth + 1)
    elif path:
        _note(values, path, [True, False])


def _collect_comparison(
    node: nodes.Compare, values: dict[str, list[Any] | None]
) -> None:
    path = path_of(node.expr, {})
    found: list[Any] = [_OTHER, None]
    simple = len(node.ops) == 1 and node.ops[0].op in {"eq", "ne", "in", "notin"}
    right = node.ops[0].expr
    if simple and path and isinstance(right, nodes.Const):
        _note(values, path, [*found, right.value])
    elif simple and path and isinstance(right, (nodes.List, nodes.Tuple)):
        items = [one.value for one in right.items if isinstance(one, nodes.Const)]
        _note(values, path, [*found, *items])
    else:
        _give_up(node, values)


def _note(
    values: dict[str, list[Any] | None], path: str | None, found: list[Any]
) -> None:
    known = values.setdefault(path or "", [])
    if known is not None:
        known += [one for one in found if one not in known]


def _give_up(node: nodes.Node, values: dict[str, list[Any] | None]) -> None:
    """Leave every path under a node open: too many values matter to it."""
    path = path_of(node, {}) if isinstance(node, (nodes.Name, nodes.Getattr)) else None
    if path:
        values[path] = None
        return
    for child in node.iter_child_nodes():
        _give_up(child, values)


def _allowed(path: str, found: list[Any], dictionary: Dictionary | None) -> list[Any]:
    """Keep what the variable's type can hold: yes and no, or one of its options."""
    try:
        variable = dictionary.resolve(path)[-1] if dictionary else None
    except LookupError:
        variable = None
    if variable is None:
        return found
    if variable.type == "boolean":
        return [True, False]
    if variable.type == "choice" and not variable.multiple:
        codes: list[Any] = [code for code, _ in variable.choices]
        return codes if variable.required else [*codes, None]
    return found


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for path, value in flat.items():
        *owners, name = path.split(".")
        holder = answers
        for owner in owners:
            inner = holder.setdefault(owner, {})
            holder = inner if isinstance(inner, dict) else {}
        if not isinstance(holder.get(name), dict):
            holder[name] = value
    return answers


def _clause_truths(
    clauses: Mapping[str, Condition], answers: Mapping[str, Any]
) -> dict[str, bool]:
    truths: dict[str, bool] = {}
    for name, when in clauses.items():
        truth = when.truth({**answers, "clause": truths})
        if truth is not None:
            truths[name] = truth
    return truths


def empty_branches(document: Document) -> Iterator[Fault]:
    """Yield conditions between whose tags nothing stands."""
    for part in document.parts:
        control = [one for one in part.readings if one.tag.keyword]
        for first, second in pairwise(control):
            opens = first.tag.keyword in {"if", "elif", "else"}
            closes = second.tag.keyword in {"elif", "else", "endif"}
            if opens and closes and _is_empty(part, first, second):
                yield at(first.paragraph, "E-AL-20", tag=first.tag.text)


def _is_empty(part: Part, first: Reading, second: Reading) -> bool:
    begin, end = first.paragraph.number, second.paragraph.number
    if begin == end:
        between = first.paragraph.text[first.tag.end : second.tag.start]
        return not between.strip() and not first.paragraph.breaks
    inner = part.paragraphs[begin : end - 1]
    rest = (
        first.paragraph.text[first.tag.end :]
        + second.paragraph.text[: second.tag.start]
    )
    graphics = any(what in _GRAPHIC for one in inner for _, what in one.breaks)
    return not (rest + "".join(one.text for one in inner)).strip() and not graphics
