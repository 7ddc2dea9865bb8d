"""Names: variables that nobody declared, and declared ones that nothing reads."""

import difflib
from collections.abc import Iterable, Iterator

from assembly.dictionary import Dictionary
from assembly.errors import Fault, fault
from assembly.expressions.references import read_paths
from assembly.lint.document import Document, Reading
from assembly.lint.tags import at
from assembly.manifest import Manifest

_ENGINE = frozenset({"article", "ref", "subdoc"})


def wrong_names(
    document: Document, manifest: Manifest | None, dictionary: Dictionary | None
) -> Iterator[Fault]:
    """Yield unknown names where they stand, and declared names without a place.

    Without a dictionary only the names that a manifest declares itself are judged:
    its clauses, and what is read inside a variable that holds one value.
    """
    readings = [one for part in document.parts for one in part.readings]
    clauses = [one.name for one in manifest.clauses] if manifest is not None else []
    if dictionary is not None:
        known = dictionary
        if manifest is not None:
            known = dictionary.with_overrides(manifest.variables)
        for one in readings:
            yield from _unknown(one, known, clauses)
    elif manifest is not None:
        for one in readings:
            yield from _unknown_within(one, manifest, clauses)
    if manifest is not None:
        yield from _unused(readings, manifest)


def _unknown_within(
    one: Reading, manifest: Manifest, clauses: list[str]
) -> Iterator[Fault]:
    for path in dict.fromkeys(one.paths()):
        root, _, rest = path.partition(".")
        if root == "clause":
            yield from _unknown_clause(one, path, clauses)
            continue
        own = manifest.variables.get(root, {})
        if rest and "type" in own and "record" not in own:
            yield at(one.paragraph, "E-AL-01", field=path, name=path, hint="")


def _unknown_clause(one: Reading, path: str, clauses: list[str]) -> Iterator[Fault]:
    name = path.partition(".")[2]
    if name not in clauses:
        hint = nearest(name, clauses)
        yield at(one.paragraph, "E-AL-01", field=path, name=path, hint=hint)


def _unknown(
    one: Reading, dictionary: Dictionary, clauses: list[str]
) -> Iterator[Fault]:
    for path in dict.fromkeys(one.paths()):
        root = path.partition(".")[0]
        if root in _ENGINE:
            continue
        if root == "clause":
            yield from _unknown_clause(one, path, clauses)
            continue
        try:
            dictionary.resolve(path)
        except LookupError as error:
            hint = nearest(str(error.args[0]), error.args[1])
            yield at(one.paragraph, "E-AL-01", field=path, name=path, hint=hint)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return “，是否应为“…”” with the known name most like `name`, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"，是否应为“{close[0]}”" if close else ""


def _unused(readings: list[Reading], manifest: Manifest) -> Iterator[Fault]:
    read = {path for one in readings for path in one.paths()}
    for clause in manifest.clauses:
        read |= set(read_paths(clause.when.node, {})) if clause.when else set()
    used = {path.replace("[]", "") for path in read}
    for name in manifest.variables:
        if not any(path == name or path.startswith(f"{name}.") for path in used):
            yield fault("E-AL-02", field=name, name=name)
    for clause in manifest.clauses:
        places = {f"clause.{clause.name}", f"article.{clause.name}"}
        if not clause.mandatory and not places & used:
            yield fault("E-AL-02", field=f"clause.{clause.name}", name=clause.title)
