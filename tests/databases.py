"""Databases that are made once and copied.

Migrating takes half a minute, loading the demo office a quarter of one, storing
the shipped templates half a second. All workers of a run share one database of
each kind; what a worker uses is a copy, made in milliseconds. A transactional
test leaves its copy changed and gets a new one, so that every test finds what
migrations wrote.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from cms.case_documents.actions import load_library
from cms.core.clock import SHANGHAI

MIGRATED, DEMO, LIBRARY = "migrated", "demo", "library"
TAKEN_INTO_USE = datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)
# What belongs to a database and stands beside it: stored files; the evidence log's
# key and anchors, of which each test has its own.
_STORAGES, _ANCHORS = ("media", "private"), ("keys", "checkpoints")


class Databases:
    """The databases of a run, seen from one worker.

    `folder` is shared by the workers of the run; `name` is what this worker's
    copy is called (a file on SQLite).
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self._is_file = connection.vendor == "sqlite"
        self._prefix = f"test_{connection.settings_dict['NAME']}"
        self._kind = ""

    @contextmanager
    def copy_of(self, kind: str) -> Iterator[None]:
        """Work on a copy of one kind, with the files that belong to it."""
        name = self.name if kind == MIGRATED else f"{self.name}_{kind}"
        before, outer = connection.settings_dict["NAME"], self._kind
        self._prepare(kind)
        self._clone(self._template(kind), name)
        for folder in _STORAGES:
            if (stored := self.folder / kind / folder).exists():
                shutil.copytree(stored, settings.DATA_DIR / folder, dirs_exist_ok=True)
        _connect_to(name)
        self._kind = kind
        try:
            yield
        finally:
            self._kind = outer
            _connect_to(before)
            self._drop(name)

    def bring_anchors(self, folder: Path) -> None:
        """Put key and anchors of the copy's evidence log into a data folder."""
        for name in _ANCHORS:
            shutil.copytree(self.folder / self._kind / name, folder / name)

    def renew(self) -> None:
        """Replace this worker's copy, which a test has changed for good."""
        name = connection.settings_dict["NAME"]
        self._clone(self._template(self._kind), name)

    def _prepare(self, kind: str) -> None:
        """Make a template unless another worker did; others wait meanwhile."""
        if kind != MIGRATED:
            self._prepare(MIGRATED)
        made = self.folder / f"{kind}.made"
        with (self.folder / f"{kind}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                self._make(kind)
                made.touch()

    def _make(self, kind: str) -> None:
        name = self._template(kind)
        if kind != MIGRATED:
            self._clone(self._template(MIGRATED), name)
        else:
            self._create(name)
        before = connection.settings_dict["NAME"]
        _connect_to(name)
        try:
            _MAKERS[kind]()
        finally:
            _connect_to(before)
        for folder in (*_STORAGES, *_ANCHORS):
            if (written := settings.DATA_DIR / folder).exists():
                shutil.copytree(written, self.folder / kind / folder)

    def _template(self, kind: str) -> str:
        if self._is_file:
            return str(self.folder / f"{kind}.sqlite3")
        return f"{self._prefix}_{kind}"

    def _create(self, name: str) -> None:
        self._drop(name)
        if not self._is_file:
            self._order(f'CREATE DATABASE "{name}"')

    def _clone(self, template: str, name: str) -> None:
        connections.close_all()
        self._drop(name)
        if self._is_file:
            shutil.copyfile(template, name)
        else:
            self._order(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def _drop(self, name: str) -> None:
        if self._is_file:
            for ending in ("", "-wal", "-shm", "-journal"):
                Path(f"{name}{ending}").unlink(missing_ok=True)
        else:
            self._order(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _order(self, statement: str) -> None:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(statement)


def _migrate() -> None:
    call_command("migrate", verbosity=0)


def _load_demo() -> None:
    with transaction.atomic():
        call_command("demo_office", verbosity=0)


def _store_templates() -> None:
    load_library(at=TAKEN_INTO_USE)


_MAKERS: dict[str, Callable[[], None]] = {
    MIGRATED: _migrate,
    DEMO: _load_demo,
    LIBRARY: _store_templates,
}


def _connect_to(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name
