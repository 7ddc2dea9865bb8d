"""Bytes in private storage that no row refers to: uploads rolled back or killed.

An upload is stored before its row is committed, so a transaction that rolls
back leaves its bytes behind. They are removed once they are surely left behind.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models, transaction

from cms.core import due
from cms.core.models.files import private_storage

LEAST_AGE = timedelta(hours=24)
DAILY = "private_files.clean"
# Only names that `private_files.store` makes: a bucket may hold other things.
_STORED = re.compile(r"[\w.-]+/\d{4}/\d{2}/[0-9a-f]{32}\.[a-z0-9]+")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Orphan:
    """Bytes that no row refers to; `size` in bytes."""

    name: str
    size: int


class Store(Protocol):
    """A storage of a feature's own: returns, and may delete, what is left behind."""

    def __call__(self, at: datetime, age: timedelta, *, delete: bool) -> list[Orphan]:
        """Return what is older than `age` and wanted by nothing."""


_stores: list[Store] = []


def register_store(store: Store) -> Store:
    """Register a feature's own storage; the daily cleaning takes it along."""
    _stores.append(store)
    return store


def find_orphans(*, at: datetime, age: timedelta = LEAST_AGE) -> list[Orphan]:
    """Return what no row refers to and what is older than `age`, by name.

    Raises:
        ValueError: an age below 24 hours, at which an upload may still be going on.
    """
    if age < LEAST_AGE:
        raise ValueError("未被引用的文件至少保留24小时。")
    storage = private_storage()
    old = [
        name
        for name in _walk(storage, "")
        if _STORED.fullmatch(name) and storage.get_modified_time(name) <= at - age
    ]
    # Read after the names, so that what was committed meanwhile is seen.
    referenced = _referenced()
    found = [
        Orphan(name, storage.size(name))
        for name in sorted(old)
        if name not in referenced
    ]
    return found + [one for store in _stores for one in store(at, age, delete=False)]


def delete_orphans(*, at: datetime, age: timedelta = LEAST_AGE) -> list[Orphan]:
    """Delete them and return what was deleted.

    Raises:
        ValueError: see `find_orphans`.
    """
    orphans = find_orphans(at=at, age=age)
    for store in _stores:
        store(at, age, delete=True)
    for orphan in orphans:
        if _STORED.fullmatch(orphan.name):
            private_storage().delete(orphan.name)
        _log.info("已删除未被引用的文件 %s（%d字节）", orphan.name, orphan.size)
    return orphans


@due.register(DAILY)
def clean_daily(state: models.Model, at: datetime) -> None:
    """Clean after the commit, outside the write lock; schedule the next day."""
    transaction.on_commit(partial(delete_orphans, at=at), robust=True)
    due.repeat_daily(DAILY, state, at)


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    yield from (f"{folder}{name}" for name in names)
    for inner in folders:
        yield from _walk(storage, f"{folder}{inner}/")


def _referenced() -> set[str]:
    """Return the names that any file field of any model holds."""
    names: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.FileField):
                rows = model._base_manager.values_list(field.name, flat=True)
                names.update(name for name in rows.iterator() if name)
    return names
