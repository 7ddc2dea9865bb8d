"""Entries read in bulk, and the quick answer that one of them is as written.

A verification goes over millions of entries of which nearly all are intact. So
each is first hashed as it is stored; only where that does not agree is it brought
into canonical form again and its fault named (verification.py). The quick way
can thus say "not sure", but never "intact" of what is not.
"""

import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from json.encoder import JSONEncoder, encode_basestring  # type: ignore[attr-defined]

from cms.core.evidence.entries import START, Row, seal_of
from cms.core.models import EvidenceEntry
from cms.rules.sm3 import sm3

_CHUNK = 2_000
_dump = JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def read_rows() -> Iterator[Row]:
    """Yield all entries in order."""
    rows = EvidenceEntry.objects.order_by("sequence").values_list(*Row._fields)
    yield from map(Row._make, rows.iterator(_CHUNK))


def is_intact(row: Row, previous: Row | None, seal_key: bytes) -> bool:
    """Whether hashes, chain, seal and the actor's name certainly agree."""
    try:
        leaf = b"\x00" + _leaf(row, previous).encode()
        name = hmac.digest(
            bytes.fromhex(row.actor_salt), row.actor_name.encode(), "sha256"
        )
    except (ValueError, TypeError):
        return False
    return (
        sha256(leaf).hexdigest() == row.sha256
        and sm3(leaf).hex() == row.sm3
        and bool(row.actor_salt)
        and name.hex() == row.actor_commitment
        and hmac.compare_digest(seal_of(row, seal_key), row.seal)
    )


def _leaf(row: Row, previous: Row | None) -> str:
    """Return the text of `entries.leaf_bytes`, written out for speed."""
    before = (previous.sha256, previous.sm3) if previous else (START,) * 2
    actor = "null" if row.actor_id is None else row.actor_id
    return (
        f'{{"actor":{actor},"actor_commitment":{_quote(row.actor_commitment)},'
        f'"format":1,"kind":{_quote(row.kind)},"legal_at":"{_instant(row.legal_at)}",'
        f'"payload":{_dump(row.payload)},"previous_sha256":{_quote(before[0])},'
        f'"previous_sm3":{_quote(before[1])},'
        f'"recorded_at":"{_instant(row.recorded_at)}",'
        f'"sequence":{row.sequence},"subject":{_quote(row.subject)}}}'
    )


_quote = encode_basestring


def _instant(at: datetime) -> str:
    # What the database gives is aware, and in UTC already.
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return f"{at.isoformat(timespec='microseconds')[:26]}Z"
