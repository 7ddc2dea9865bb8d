"""The Ed25519 key of the log: a file beside the database, never in it.

A key that was replaced leaves a line in `evidence-retired.jsonl`: its public half,
the secret of its seals and the last entry for which it stood. Its private half is
gone, so nobody can sign with it any more.
"""

import json
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings

from cms.core.encryption import derive


class KnownKey(NamedTuple):
    """A key of the log; `until` is its last entry, None for the one in use."""

    public: str
    seal: bytes
    until: int | None


def key_file() -> Path:
    """Return where the key is kept."""
    return Path(settings.DATA_DIR) / "keys" / "evidence.key"


def next_file() -> Path:
    """Return where the next key waits until the log has taken note of it."""
    return key_file().with_suffix(".next")


def retired_file() -> Path:
    """Return where the keys stand that were replaced."""
    return key_file().with_name("evidence-retired.jsonl")


def known() -> list[KnownKey]:
    """Return all keys of the log, the oldest first, the one in use at the end."""
    lines: dict[str, KnownKey] = {}
    if retired_file().exists():
        for line in retired_file().read_text().splitlines():
            row = json.loads(line)
            # A replacement that was broken off wrote a line already; the later holds.
            lines[row["public_key"]] = KnownKey(
                row["public_key"], bytes.fromhex(row["seal"]), row["until"]
            )
    lines.pop(public_key(), None)
    return [*lines.values(), KnownKey(public_key(), seal_key(), None)]


def next_public_key() -> str:
    """Return the public half of the key to come; makes it where there is none."""
    return _public(_kept_in(next_file()))


def replace(*, until: int) -> None:
    """Put the next key in place; the one before stood up to entry `until`."""
    line = {"public_key": public_key(), "seal": seal_key().hex(), "until": until}
    descriptor = os.open(retired_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a") as stream:
        stream.write(json.dumps(line) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    next_file().replace(key_file())


def sign(text: bytes) -> str:
    """Return the signature over `text` as hex."""
    return _private_key().sign(text).hex()


def public_key() -> str:
    """Return the public key, 32 bytes as hex, for whoever checks signatures."""
    return _public(_kept_in(key_file()))


def seal_key() -> bytes:
    """Return the secret of the entries' seals, derived from the same key."""
    return _seal_key(_kept_in(key_file()))


def is_signed(text: bytes, signature: str, key: str) -> bool:
    """Whether `signature` over `text` is of the owner of the public key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), text
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_kept_in(key_file()))


@lru_cache(maxsize=4)
def _public(secret: bytes) -> str:
    key = Ed25519PrivateKey.from_private_bytes(secret)
    return key.public_key().public_bytes_raw().hex()


@lru_cache(maxsize=4)
def _seal_key(secret: bytes) -> bytes:
    return derive(secret, "evidence-seal")


def _kept_in(path: Path) -> bytes:
    """Return the key in `path`; where there is none, make one (mode 600)."""
    if not path.exists():
        _make(path)
    # Another process may have replaced it: number and time of the file tell.
    found = path.stat()
    return _read(path, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, inode: int, changed: int) -> bytes:
    return path.read_bytes()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(Ed25519PrivateKey.generate().private_bytes_raw())
        os.fsync(stream.fileno())
    try:
        os.link(draft, path)  # fails if another process was first
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
