"""Which clauses an answer decides or fills: the reverse of “why is this clause here?”."""

from collections.abc import Iterator
from dataclasses import dataclass

from assembly.expressions.references import read_paths
from assembly.manifest import Clause
from assembly.needs import Needs


@dataclass(frozen=True, slots=True)
class Effect:
    """A clause that changes with an answer; `switches`: the answer puts it in or out."""

    name: str
    title: str
    switches: bool


def effects(needs: Needs, path: str) -> list[Effect]:
    """Return the clauses that change when the answer under a path changes.

    A table stands for all its columns. First those that the answer puts in or takes
    out, then those whose text it fills, each in the order of the manifest.
    """
    clauses = needs.manifest.clauses if needs.manifest is not None else ()
    switched = [one for one in clauses if any(_reads(one, path))]
    filled = {
        name
        for read, names in needs.stands.items()
        if _is_under(read, path)
        for name in names
    }
    found = [Effect(one.name, one.title, True) for one in switched]
    for one in clauses:
        if one.name in filled and one not in switched:
            found.append(Effect(one.name, one.title, False))
    return found


def _reads(clause: Clause, path: str) -> Iterator[bool]:
    if clause.when is not None:
        for read in read_paths(clause.when.node, {}):
            yield _is_under(read, path)


def _is_under(read: str, path: str) -> bool:
    plain = read.replace("[]", "")
    return plain == path or plain.startswith(f"{path}.")
