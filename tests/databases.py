"""Databases that are made once and copied.

Migrating takes half a minute and loading the demo office a quarter of one. All
workers of a run share one migrated database and one with the demo office; what
a worker uses is a copy, made in milliseconds. A transactional test leaves its
copy changed and gets a new one, so that every test finds what migrations wrote.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

MIGRATED, DEMO = "migrated", "demo"
_STORAGES = ("media", "private")


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

    @contextmanager
    def migrated(self) -> Iterator[None]:
        """Work on a copy of the migrated database."""
        with self._copy(MIGRATED, self.name):
            yield

    @contextmanager
    def with_demo_office(self) -> Iterator[None]:
        """Work on a copy of the database with the demo office, its files in place."""
        with self._copy(DEMO, f"{self.name}_{DEMO}"):
            for storage in _STORAGES:
                shutil.copytree(
                    self.folder / storage,
                    settings.DATA_DIR / storage,
                    dirs_exist_ok=True,
                )
            yield

    def renew(self) -> None:
        """Replace this worker's copy, which a test has changed for good."""
        self._clone(self._template(MIGRATED), self.name)

    @contextmanager
    def _copy(self, kind: str, name: str) -> Iterator[None]:
        before = connection.settings_dict["NAME"]
        self._prepare(kind)
        self._clone(self._template(kind), name)
        _connect_to(name)
        try:
            yield
        finally:
            _connect_to(before)
            self._drop(name)

    def _prepare(self, kind: str) -> None:
        """Make a template unless another worker did; others wait meanwhile."""
        if kind == DEMO:
            self._prepare(MIGRATED)
        made = self.folder / f"{kind}.made"
        with (self.folder / f"{kind}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                _MAKERS[kind](self)
                made.touch()

    def _migrate(self) -> None:
        name = self._template(MIGRATED)
        self._drop(name)
        if not self._is_file:
            self._order(f'CREATE DATABASE "{name}"')
        with _connected_to(name):
            call_command("migrate", verbosity=0)

    def _load_demo(self) -> None:
        self._clone(self._template(MIGRATED), self._template(DEMO))
        with _connected_to(self._template(DEMO)), transaction.atomic():
            call_command("demo_office", verbosity=0)
        for storage in _STORAGES:
            (settings.DATA_DIR / storage).mkdir(exist_ok=True)
            shutil.copytree(settings.DATA_DIR / storage, self.folder / storage)

    def _template(self, kind: str) -> str:
        if self._is_file:
            return str(self.folder / f"{kind}.sqlite3")
        return f"{self._prefix}_{kind}"

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


_MAKERS: dict[str, Callable[[Databases], None]] = {
    MIGRATED: Databases._migrate,
    DEMO: Databases._load_demo,
}


def _connect_to(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    _connect_to(name)
    try:
        yield
    finally:
        _connect_to(before)
