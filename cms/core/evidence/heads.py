"""Files outside the database that anchor the log: heads and checkpoints.

`heads.log` gets `<sequence> <sha256>` after each commit, so that a tail cut off
between two checkpoints is found; `checkpoints.jsonl` gets every checkpoint.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_ROTATE_AT = 4 * 1024 * 1024


def folder() -> Path:
    """Return the folder of the anchors, made where absent."""
    path = Path(settings.DATA_DIR) / "checkpoints"
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def _locked(name: str) -> Iterator[BinaryIO]:
    with (folder() / name).open("a+b") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield stream


def note(sequence: int, sha256: str) -> None:
    """Add the newest committed entry; old lines go once the file is long."""
    with _locked("heads.log") as stream:
        stream.write(f"{sequence} {sha256}\n".encode())
        stream.flush()
        if stream.tell() > _ROTATE_AT:
            _keep_half(stream)


def _keep_half(stream: BinaryIO) -> None:
    # Each line implies all before it (they are chained), so the newest suffice.
    stream.seek(_ROTATE_AT // 2)
    stream.readline()
    newest = stream.read()
    stream.seek(0)
    stream.truncate()
    stream.write(newest)


def noted() -> list[tuple[int, str]]:
    """Return the (sequence, sha256) pairs in order of sequence."""
    path = folder() / "heads.log"
    if not path.exists():
        return []
    lines = path.read_text().splitlines()
    # A process killed while it wrote may leave a line cut short.
    whole = [line.split() for line in lines if len(line.split()) == len(("n", "h"))]
    return sorted((int(number), digest) for number, digest in whole)


def keep_checkpoints(notes: list[dict[str, object]]) -> None:
    """Add the checkpoints that the file does not hold yet, and flush to disk."""
    with _locked("checkpoints.jsonl") as stream:
        stream.seek(0)
        held = set(stream.read().decode().splitlines())
        for one in notes:
            line = json.dumps(one, ensure_ascii=False, sort_keys=True)
            if line not in held:
                stream.write(f"{line}\n".encode())
        stream.flush()
        os.fsync(stream.fileno())


def kept_checkpoints() -> list[dict[str, object]]:
    """Return the checkpoints in the file, oldest first."""
    path = folder() / "checkpoints.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines() if line]
