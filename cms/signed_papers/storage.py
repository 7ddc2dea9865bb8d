"""Signed files in private storage: under their SHA-256, encrypted, each stored once.

Bytes go to a name of their own, are forced to the disk and only then get their
final name, so that whatever bears a hash is whole. `recovery` removes the rest.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage
from django.db import OperationalError

from cms.core import sealed_files
from cms.core.encryption import decrypt_bytes, encrypt_bytes, is_current_file
from cms.core.locks import writing
from cms.core.models.files import private_storage
from cms.rules.violations import RuleViolation

FOLDER = "signed"
UNFINISHED = f"{FOLDER}/unfinished"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DISK_FULL = "53100"  # PostgreSQL: disk_full


def name_of(sha256: str) -> str:
    """Return the storage name of a file."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def is_stored(sha256: str) -> bool:
    """Whether the file is there."""
    return private_storage().exists(name_of(sha256))


def write(sha256: str, body: bytes, intent: int) -> None:
    """Store a file under its hash unless it is there; `intent` names it meanwhile.

    Raises:
        OSError: the disk is full or broken; nothing bears the hash then.
    """
    if is_stored(sha256):
        return
    storage, sealed = private_storage(), encrypt_bytes(body, name_of(sha256))
    if isinstance(storage, FileSystemStorage):
        _write_local(storage, sha256, sealed, intent)
    else:  # an object store takes a file whole or not at all
        storage.save(name_of(sha256), ContentFile(sealed))


def read(sha256: str) -> bytes:
    """Return a stored file.

    Raises:
        FileNotFoundError: it is not there; Undecipherable: no key opens it.
    """
    with private_storage().open(name_of(sha256), "rb") as stream:
        return decrypt_bytes(stream.read(), name_of(sha256))


@sealed_files.register
def reseal() -> int:
    """Seal with the first key every file that an older key sealed; return how many.

    Raises:
        Undecipherable: a file that none of the keys opens; the ones before it are done.
    """
    count = 0
    for sha256 in stored_files():
        with writing():  # nobody removes or stores the file meanwhile
            count += _reseal(sha256)
    return count


def delete(sha256: str, intent: int) -> None:
    """Remove a file and what an interrupted upload left of it."""
    storage = private_storage()
    for name in (name_of(sha256), f"{UNFINISHED}/{intent}"):
        with suppress(FileNotFoundError):
            storage.delete(name)


def drop_unfinished(intent: int) -> None:
    """Remove what an upload left under the name it had meanwhile."""
    with suppress(FileNotFoundError):
        private_storage().delete(f"{UNFINISHED}/{intent}")


def stored_files() -> list[str]:
    """Return the hashes of all stored files."""
    storage, found = private_storage(), []
    for folder in _folders(storage, FOLDER):
        if f"{FOLDER}/{folder}" != UNFINISHED:
            found += storage.listdir(f"{FOLDER}/{folder}")[1]
    return sorted(found)


def unfinished_files() -> list[str]:
    """Return the names of files that are being stored, or were when it ended."""
    try:
        return sorted(private_storage().listdir(UNFINISHED)[1])
    except FileNotFoundError:  # nothing was ever stored
        return []


def age_of(sha256: str, at: datetime) -> timedelta:
    """Return how long a file has been there."""
    return at - private_storage().get_modified_time(name_of(sha256))


def size_of(sha256: str) -> int:
    """Return the size of a file as stored, in bytes."""
    return private_storage().size(name_of(sha256))


@contextmanager
def refusing_full_disk() -> Iterator[None]:
    """Turn a full disk, of files or of the database, into words.

    Raises:
        RuleViolation: E-SG-20.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise RuleViolation("E-SG-20") from error
    except OperationalError as error:
        is_full = "is full" in str(error)
        if not is_full and getattr(error.__cause__, "sqlstate", "") != _DISK_FULL:
            raise
        raise RuleViolation("E-SG-20") from error


def _write_local(
    storage: FileSystemStorage, sha256: str, sealed: bytes, meanwhile: int | str
) -> None:
    part = Path(storage.path(f"{UNFINISHED}/{meanwhile}"))
    whole = Path(storage.path(name_of(sha256)))
    part.parent.mkdir(parents=True, exist_ok=True)
    whole.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("wb") as stream:
            stream.write(sealed)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(storage.file_permissions_mode or 0o640)
        part.replace(whole)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(whole.parent)


def _reseal(sha256: str) -> int:
    storage, name = private_storage(), name_of(sha256)
    try:
        with storage.open(name, "rb") as stream:
            stored = stream.read()
    except FileNotFoundError:  # removed since it was listed
        return 0
    if is_current_file(stored):
        return 0
    sealed = encrypt_bytes(decrypt_bytes(stored, name), name)
    if isinstance(storage, FileSystemStorage):
        _write_local(storage, sha256, sealed, f"resealed-{sha256}")
    else:  # an object store takes no second object under a name
        storage.delete(name)
        storage.save(name, ContentFile(sealed))
    return 1


def _sync_folder(folder: Path) -> None:
    """Force a new name in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _folders(storage: Storage, folder: str) -> list[str]:
    try:
        return list(storage.listdir(folder)[0])
    except FileNotFoundError:  # nothing was ever stored
        return []
