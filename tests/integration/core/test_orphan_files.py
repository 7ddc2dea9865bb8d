"""Bytes left behind by uploads that were rolled back are found and removed."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction

from cms.core import clock, due, orphan_files
from cms.core.models import DueEvent, PrivateFile
from cms.core.models.files import private_storage
from cms.core.orphan_files import Orphan, delete_orphans, find_orphans
from tests.conftest import Cast
from tests.factories.evidence import committed
from tests.integration.core.test_private_files import PDF, store

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    field = PrivateFile._meta.get_field("file")
    kept, field.storage = field.storage, private_storage()
    yield tmp_path
    field.storage = kept


def make_old(folder: Path, name: str, days: float = 2) -> None:
    seconds = (clock.now() - days * DAY).timestamp()
    os.utime(folder / name, (seconds, seconds))


def leave_behind(cast: Cast) -> str:
    """Upload in a transaction that rolls back; return the name of the bytes."""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        name = store(cast, "合同.pdf", PDF).file.name
        raise ZeroDivisionError
    return name


def test_what_a_rolled_back_upload_left_is_found_and_deleted(
    actors: Cast, folder: Path
) -> None:
    kept = store(actors, "合同.pdf", PDF).file.name
    left = leave_behind(actors)
    make_old(folder, kept)
    make_old(folder, left)

    assert find_orphans(at=clock.now()) == [Orphan(left, len(PDF))]
    assert (folder / left).exists()
    assert delete_orphans(at=clock.now()) == [Orphan(left, len(PDF))]
    assert not (folder / left).exists()
    assert (folder / kept).exists()
    assert find_orphans(at=clock.now()) == []


def test_fresh_bytes_may_belong_to_an_upload_under_way(
    actors: Cast, folder: Path
) -> None:
    left = leave_behind(actors)
    make_old(folder, left, days=0.99)

    assert find_orphans(at=clock.now()) == []
    assert find_orphans(at=clock.now(), age=DAY * 3) == []
    with pytest.raises(ValueError, match="至少保留24小时"):
        find_orphans(at=clock.now(), age=timedelta(hours=23))


def test_names_that_no_upload_has_are_left_alone(actors: Cast, folder: Path) -> None:
    for name in ("readme.txt", "images/2026/picture.png"):
        private_storage().save(name, ContentFile(b"x"))
        make_old(folder, name)

    assert find_orphans(at=clock.now()) == []


def test_empty_storage_has_no_orphans(db, folder: Path) -> None:
    folder.rmdir()

    assert find_orphans(at=clock.now()) == []


def test_command_lists_unless_told_to_delete(
    actors: Cast, folder: Path, capsys
) -> None:
    left = leave_behind(actors)
    make_old(folder, left)

    call_command("clean_private_files")
    listed = capsys.readouterr().out
    call_command("clean_private_files", "--delete")
    deleted = capsys.readouterr().out

    assert listed == (
        f"{left}　{len(PDF)}字节\n未被引用（未删除）：1个文件，0.0 MB。\n"
    )
    assert deleted.endswith("已删除：1个文件，0.0 MB。\n")
    assert not (folder / left).exists()
    with pytest.raises(CommandError, match="至少保留24小时"):
        call_command("clean_private_files", "--hours", "1")


def test_sweep_cleans_once_a_day(actors: Cast, folder: Path) -> None:
    left = leave_behind(actors)
    make_old(folder, left)
    now = clock.now()
    due.start_daily(orphan_files.DAILY, at=now)
    due.start_daily(orphan_files.DAILY, at=now)

    with committed():
        assert due.sweep(until=now) == 1

    assert not (folder / left).exists()
    waiting = DueEvent.objects.get(kind=orphan_files.DAILY, fired_at=None)
    assert waiting.due_at == now + DAY
