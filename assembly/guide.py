"""What manifest and dictionary know of a template: binding, schema, interview."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from assembly.dictionary import Dictionary, read_dictionary
from assembly.effects import Effects
from assembly.errors import AssemblyError
from assembly.expressions import Reference
from assembly.fields import Binder
from assembly.interview import (
    ClauseReason,
    MissingValue,
    QuestionGroup,
    explain,
    missing_values,
    questions_of,
)
from assembly.manifest import Manifest, read_manifest
from assembly.needs import collect_needs
from assembly.schema import schema_of

DICTIONARY = "variables.toml"
EMPTY = Dictionary({}, {}, {})


class Guide:
    """Knows what a template needs; compiled once, shared by all its papers."""

    def __init__(
        self, read: Iterable[Reference], manifest: Manifest, dictionary: Dictionary
    ) -> None:
        """Work out what the tags read.

        Raises:
            AssemblyError: E-AS-41, names that neither dictionary nor manifest know.
        """
        self.needs = collect_needs(read, dictionary, manifest)
        if self.needs.faults:
            raise AssemblyError(self.needs.faults)
        self.binder = Binder(self.needs)

    @cached_property
    def fingerprint(self) -> bytes:
        """What else than the Word file decides the text: words of choices, clauses."""
        needs = self.needs
        fields = {
            path: (need.variable.type, need.variable.choices)
            for path, need in sorted(needs.needs.items())
        }
        clauses = [(clause.name, str(clause.when)) for clause in needs.clauses]
        return repr((fields, clauses)).encode()

    @cached_property
    def effects(self) -> Effects:
        """Which clauses rest on which answers."""
        return Effects(self.needs)

    def bind(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the typed context of a rendering; AssemblyError with all faults."""
        return self.binder.bind(data)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of the data."""
        return schema_of(self.needs)

    def questions(self) -> list[QuestionGroup]:
        """Return the questions of the interview in order."""
        return questions_of(self.needs)

    def missing(self, data: Mapping[str, Any]) -> list[MissingValue]:
        """Return the required values that are still to be filled."""
        return missing_values([(self.needs, self.binder)], data)

    def explain(self, data: Mapping[str, Any]) -> list[ClauseReason]:
        """Return for each clause whether and why it stands."""
        return explain(self.needs, self.binder, data)


def manifest_beside(path: Path) -> tuple[Manifest, Dictionary] | None:
    """Return the manifest beside a template and its dictionary, None without one.

    The dictionary is `variables.toml` in the folder of the template or the one above.

    Raises:
        AssemblyError: one of them is wrong.
    """
    beside = path.with_suffix(".toml")
    if path.suffix != ".docx" or not beside.is_file():
        return None
    folders = (path.parent, path.parent.parent)
    files = [folder / DICTIONARY for folder in folders]
    found = next((file for file in files if file.is_file()), None)
    dictionary = EMPTY if found is None else load_dictionary(found)
    return read_manifest(beside, dictionary), dictionary


def load_dictionary(path: Path) -> Dictionary:
    """Return a dictionary, read again only when its file has changed."""
    state = path.stat()
    return _load(path.resolve(), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, modified: int, size: int) -> Dictionary:
    return read_dictionary(path)
