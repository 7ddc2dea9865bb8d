"""Library: finds instruments, their versions, and the bundles of the modes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from assembly.bundles import Bundle, BundleList, parse_bundles
from assembly.dictionary import Dictionary
from assembly.errors import AssemblyError, Fault, fault
from assembly.guide import DICTIONARY, load_dictionary
from assembly.manifest import Manifest, read_manifest
from assembly.template import Template, load_template
from assembly.toml_file import read_toml

BUNDLES = "bundles.toml"


@dataclass(frozen=True)
class Entry:
    """One template file of the library with its manifest."""

    path: Path
    name: str
    manifest: Manifest


class Library:
    """A folder of templates: `<family>/<name>.docx` with manifests, and bundles."""

    def __init__(self, path: Path | str) -> None:
        """Read the dictionary and all manifests; templates are compiled when used.

        Raises:
            AssemblyError: every fault of every manifest.
        """
        self.path = Path(path)
        self.dictionary: Dictionary = load_dictionary(self._file(DICTIONARY))
        self._templates: dict[Path, Template] = {}
        self.entries = self._read_entries()

    def _file(self, name: str) -> Path:
        path = self.path / name
        if not path.is_file():
            raise AssemblyError(fault("E-AS-04", name=f"{self.path.name}/{name}"))
        return path

    def _read_entries(self) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        faults: list[Fault] = []
        for path in sorted(self.path.glob("*/*.docx")):
            try:
                manifest = read_manifest(path.with_suffix(".toml"), self.dictionary)
            except AssemblyError as refusal:
                faults += refusal.faults
                continue
            entries.append(Entry(path, f"{path.parent.name}/{path.stem}", manifest))
        if faults:
            raise AssemblyError(faults)
        return tuple(entries)

    @cached_property
    def instruments(self) -> Mapping[str, tuple[Entry, ...]]:
        """The versions of each instrument, the newest first."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.manifest.instrument, []).append(entry)
        return {
            instrument: tuple(
                sorted(entries, key=lambda e: e.manifest.valid_from, reverse=True)
            )
            for instrument, entries in sorted(found.items(), key=lambda i: _rank(i[0]))
        }

    def find(self, name: str, *, on: date | None = None) -> Entry:
        """Return an entry by instrument (`D-22`) or by name (`one_time_license`).

        Of several versions the newest, or the one in force on a day.

        Raises:
            AssemblyError: E-AS-04.
        """
        versions = self.instruments.get(name) or tuple(
            entry for entry in self.entries if name in {entry.name, entry.path.stem}
        )
        for entry in versions:
            if on is None or entry.manifest.is_valid_on(on):
                return entry
        raise AssemblyError(fault("E-AS-04", name=name))

    def template(self, name: str, *, on: date | None = None) -> Template:
        """Return the compiled template of an instrument or name; E-AS-04."""
        return self._load(self.find(name, on=on).path)

    def template_of_version(self, version: str) -> Template:
        """Return the template whose version hash a receipt names; E-AS-04."""
        for entry in self.entries:
            template = self._load(entry.path)
            if template.version == version:
                return template
        raise AssemblyError(fault("E-AS-04", name=version[:12]))

    @cached_property
    def bundle_list(self) -> BundleList:
        """What `bundles.toml` says."""
        file = read_toml(self._file(BUNDLES))
        return parse_bundles(file, tuple(self.instruments))

    def bundle(self, mode: str, *, on: date | None = None) -> Bundle:
        """Return the papers of a mode: M1 … M6, USE_THEN_PAY.

        Raises:
            AssemblyError: E-AS-04 no such mode; what is wrong with a template.
        """
        known = self.bundle_list.modes.get(mode)
        if known is None:
            raise AssemblyError(fault("E-AS-04", name=mode))
        listed = self.bundle_list.of(mode)
        templates = {p.instrument: self.template(p.instrument, on=on) for p in listed}
        return Bundle(known, listed, templates, self.dictionary)

    def _load(self, path: Path) -> Template:
        if path not in self._templates:
            self._templates[path] = load_template(path)
        return self._templates[path]


def _rank(instrument: str) -> tuple[int, str]:
    digits = "".join(c for c in instrument if c.isdigit())
    return int(digits or 0), instrument
