"""Canonical JSON (RFC 8785 for our data): equal content gives equal bytes.

Narrower than the RFC on purpose: numbers are integers within ±(2^53−1), since
amounts are texts, and every text is in Unicode form NFC.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]
_LARGEST = 2**53 - 1
_BY_CODE_POINT = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
)
_ALIKE = "\uffff"
"""Up to here the order by code points is the order by UTF-16 code units."""


class NotCanonical(ValueError):
    """A value has no canonical form."""


def plain(value: object) -> Plain:
    """Return `value` as plain JSON data, which is stored and hashed as it is.

    Decimals and days become texts, instants UTC texts with microseconds.

    Raises:
        NotCanonical: a float, a naive time, an integer beyond 2^53, a text with
            a lone surrogate or a NUL, or a type that JSON does not know.
    """
    match value:
        case None | bool():
            return value
        case Enum():
            return plain(value.value)
        case Mapping():
            return {_key(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted((plain(item) for item in value), key=dump)
        case _:
            return _plain_scalar(value)


def _plain_scalar(value: object) -> Plain:
    match value:
        case str():
            return _text(value)
        case int():
            return _integer(value)
        case Decimal():
            return format(value, "f")
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
    raise NotCanonical(f"{type(value).__name__}: {value!r}")


def instant(value: datetime) -> str:
    """Return an aware instant as UTC text with microseconds, as it is stored.

    Raises:
        NotCanonical: the time has no zone.
    """
    if value.tzinfo is None:
        raise NotCanonical(f"naive time: {value!r}")
    text = value.astimezone(UTC).isoformat(timespec="microseconds")
    return text.removesuffix("+00:00") + "Z"


def dump(value: Plain) -> bytes:
    """Return the canonical bytes of plain data: sorted keys, no spaces, UTF-8."""
    text = _BY_CODE_POINT.encode(value)
    return (text if max(text) <= _ALIKE else _write(value)).encode()


def _write(value: Plain) -> str:
    if isinstance(value, dict):
        # RFC 8785 sorts by UTF-16 code units, not by code points.
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_quote(k)}:{_write(value[k])}" for k in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_write(item) for item in value) + "]"
    if isinstance(value, str):
        return _quote(value)
    return json.dumps(value)


def _quote(text: str) -> str:
    # json escapes as RFC 8785 asks: \b \t \n \f \r \" \\ and other controls \u00xx.
    return json.dumps(text, ensure_ascii=False)


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise NotCanonical(f"key {key!r}")
    return _text(key)


def _text(text: str) -> str:
    normal = unicodedata.normalize("NFC", str(text))
    if "\x00" in normal:
        raise NotCanonical("a text with NUL")
    try:
        normal.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a text with a lone surrogate") from error
    return normal


def _integer(number: int) -> int:
    if abs(number) > _LARGEST:
        raise NotCanonical(f"{number} is beyond 2^53")
    return number
