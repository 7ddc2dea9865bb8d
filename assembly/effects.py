"""Which clauses an answer decides or fills: the reverse of “why is this clause?”."""

from collections.abc import Mapping
from dataclasses import dataclass

from assembly.expressions.references import read_paths
from assembly.needs import Needs


@dataclass(frozen=True, slots=True)
class Effect:
    """A clause that an answer fills, or (`switches`) puts in or takes out."""

    name: str
    title: str
    switches: bool


class Effects:
    """Looks up the clauses of one paper by the answers that they rest on."""

    def __init__(self, needs: Needs) -> None:
        """Turn round what the clauses read."""
        manifest = needs.manifest
        self._titles = (
            {one.name: one.title for one in manifest.clauses} if manifest else {}
        )
        self._switched: dict[str, set[str]] = {}
        for clause in manifest.clauses if manifest else ():
            for path in read_paths(clause.when.node, {}) if clause.when else ():
                self._switched.setdefault(_plain(path), set()).add(clause.name)
        self._filled: dict[str, set[str]] = {}
        self._printed: dict[str, dict[str, None]] = {}
        for path, names in needs.stands.items():
            self._filled.setdefault(_plain(path), set()).update(names)
            for name in names:
                self._printed.setdefault(name, {})[path.split("[]")[0]] = None

    def of(self, path: str) -> list[Effect]:
        """Return the clauses that change when the answer under a path changes.

        A table stands for all its columns. First those that the answer puts in or
        takes out, then those whose text it fills, each in the order of the manifest.
        """
        switched = _under(self._switched, path)
        filled = _under(self._filled, path) - switched
        return [
            Effect(name, title, name in switched)
            for group in (switched, filled)
            for name, title in self._titles.items()
            if name in group
        ]

    def paths_of(self, clause: str) -> list[str]:
        """Return the paths of the answers that a clause prints, a table as one."""
        return list(self._printed.get(clause, ()))


def _plain(path: str) -> str:
    return path.replace("[]", "")


def _under(index: Mapping[str, set[str]], path: str) -> set[str]:
    inside = f"{path}."
    return {
        name
        for read, names in index.items()
        if read == path or read.startswith(inside)
        for name in names
    }
