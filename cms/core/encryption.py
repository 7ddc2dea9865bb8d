"""Encryption at rest of SEC values, blind fingerprints, salted commitments.

A stored value is `v1.<key id>.<base64 of nonce and AES-256-GCM text>`; the text
is bound to the field's name. Keys come from FIELD_KEYS (`id:secret`, the first
encrypts, all decrypt), or from SECRET_KEY where none is set.
"""

import base64
import hmac
import os
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

_VERSION = "v1"
_NONCE_BYTES = 12
_SALT_BYTES = 16


class Undecipherable(Exception):
    """A stored value does not open: its key is gone, or it was tampered with."""


def field_keys() -> dict[str, bytes]:
    """Return key id → 32-byte key; the first entry encrypts.

    Raises:
        ImproperlyConfigured: FIELD_KEYS is not a list of `id:secret`.
    """
    return _derived(tuple(settings.FIELD_KEYS), settings.SECRET_KEY)


@lru_cache(maxsize=8)
def _derived(pairs: tuple[str, ...], secret_key: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for pair in pairs or (f"s:{secret_key}",):
        name, separator, secret = pair.partition(":")
        if not (separator and name.isalnum() and secret) or name in keys:
            raise ImproperlyConfigured("FIELD_KEYS 应为“编号:密钥”，以逗号分隔。")
        keys[name] = derive(secret.encode(), "field")
    return keys


def derive(secret: bytes, purpose: str) -> bytes:
    """Return a 32-byte key for one purpose (HKDF-SHA-256)."""
    info = f"chengzhuan.{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)


def encrypt(text: str, context: str) -> str:
    """Return the stored form of `text`, bound to `context`."""
    name, key = next(iter(field_keys().items()))
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), context.encode())
    return f"{_VERSION}.{name}.{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(stored: str, context: str) -> str:
    """Return the text behind a stored form.

    Raises:
        Undecipherable: unknown form or key, or the value was tampered with.
    """
    version, _, rest = stored.partition(".")
    name, _, body = rest.partition(".")
    key = field_keys().get(name)
    if version != _VERSION or key is None:
        raise Undecipherable(f"{context}: key {name!r}")
    try:
        sealed = base64.b64decode(body, altchars=b"-_", validate=True)
        nonce, text = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        return AESGCM(key).decrypt(nonce, text, context.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Undecipherable(context) from error


def encrypt_bytes(body: bytes, context: str) -> bytes:
    """Return the stored form of a file, bound to `context`; see `encrypt`."""
    name, key = next(iter(field_keys().items()))
    nonce = os.urandom(_NONCE_BYTES)
    head = f"{_VERSION}.{name}.".encode()
    return head + nonce + AESGCM(key).encrypt(nonce, body, context.encode())


def decrypt_bytes(stored: bytes, context: str) -> bytes:
    """Return the file behind a stored form.

    Raises:
        Undecipherable: unknown form or key, or the file was tampered with.
    """
    version, _, rest = stored.partition(b".")
    name, _, sealed = rest.partition(b".")
    key = field_keys().get(name.decode("ascii", "replace"))
    if version != _VERSION.encode() or key is None:
        raise Undecipherable(f"{context}: key {name[:20]!r}")
    nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, body, context.encode())
    except (InvalidTag, ValueError) as error:
        raise Undecipherable(context) from error


def is_current(stored: str) -> bool:
    """Whether a stored form was made with the key that encrypts now."""
    return stored.startswith(f"{_VERSION}.{next(iter(field_keys()))}.")


def is_current_file(stored: bytes) -> bool:
    """Whether the stored form of a file was made with the key that encrypts now."""
    return stored.startswith(f"{_VERSION}.{next(iter(field_keys()))}.".encode())


class EncryptedTextField(models.TextField):
    """Text that the database holds encrypted; it can be neither sought nor sorted.

    For equality keep a second column with `fingerprint()`.
    """

    description = "加密文本"

    @property
    def context(self) -> str:
        """What the ciphertext is bound to: model and field."""
        return f"{self.model._meta.label_lower}.{self.attname}"

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way to the database; empty stays empty."""
        text = super().get_prep_value(value)
        return encrypt(text, self.context) if text else text

    def from_db_value(self, value: Any, *args: Any) -> Any:
        """Decrypt on the way from the database."""
        return decrypt(value, self.context) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every look-up but `isnull`."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted; use a fingerprint column")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        """Keep dumps of the data encrypted."""
        return str(self.get_prep_value(self.value_from_object(obj)) or "")


def normalized(text: str) -> bytes:
    """Return NFC bytes, so that equal texts give equal hashes."""
    return unicodedata.normalize("NFC", text).encode()


def fingerprint(text: str, purpose: str) -> str:
    """Return a keyed hash for equality search (64 hex digits).

    Without the key nobody can test guesses, as one could with a bare hash.
    It follows the last FIELD_KEYS entry, the oldest, so that it survives adding
    a new first key.
    """
    key = derive(list(field_keys().values())[-1], f"fingerprint.{purpose}")
    return hmac.new(key, normalized(text), sha256).hexdigest()


def new_salt(read: Callable[[int], bytes] = os.urandom) -> str:
    """Return a fresh salt for a commitment (32 hex digits)."""
    return read(_SALT_BYTES).hex()


def commitment(text: str, salt: str) -> str:
    """Return the salted commitment to a text (64 hex digits).

    The evidence log holds it in place of personal data: who is shown text and
    salt can check it, and once the salt is erased it tells nothing.
    """
    return hmac.digest(bytes.fromhex(salt), normalized(text), "sha256").hex()
