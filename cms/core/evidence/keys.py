"""The Ed25519 key of the log: a file beside the database, never in it."""

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings

from cms.core.encryption import derive


def key_file() -> Path:
    """Return where the key is kept."""
    return Path(settings.DATA_DIR) / "keys" / "evidence.key"


def sign(text: bytes) -> str:
    """Return the signature over `text` as hex."""
    return _private_key().sign(text).hex()


def public_key() -> str:
    """Return the public key, 32 bytes as hex, for whoever checks signatures."""
    return _private_key().public_key().public_bytes_raw().hex()


def seal_key() -> bytes:
    """Return the secret of the entries' seals, derived from the same key."""
    return _seal_key(str(settings.DATA_DIR))


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
    return Ed25519PrivateKey.from_private_bytes(_kept(key_file()))


@lru_cache(maxsize=4)
def _seal_key(data_dir: str) -> bytes:
    # Keyed by the folder: this is asked once for every entry verified.
    return derive(_kept(key_file()), "evidence-seal")


@lru_cache(maxsize=4)
def _kept(path: Path) -> bytes:
    """Return the key in `path`; where there is none, make one (mode 600)."""
    if not path.exists():
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
    return path.read_bytes()
