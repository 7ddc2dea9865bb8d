"""Appends entries: canonical bytes, leaf hashes, chain, tiles, seal."""

import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models, transaction
from django.dispatch import Signal

from cms.core import clock
from cms.core.actors import Actor
from cms.core.encryption import commitment, new_salt
from cms.core.evidence import heads, keys
from cms.core.locks import take_write_lock
from cms.core.models import EvidenceEntry, EvidenceTile
from cms.core.subjects import subject_of
from cms.rules import canonical_json, merkle, sm3
from cms.rules.merkle import Digest

DIGESTS: dict[str, Digest] = {"sha256": sm3.sha256, "sm3": sm3.sm3}
START = "0" * 64
TILE = 256
"""Leaves in a tile; part of the stored form, so it never changes."""
entry_recorded = Signal()
"""Sent inside the transaction, with the new `entry`."""


def record(
    kind: str,
    subject: models.Model | str,
    payload: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> EvidenceEntry:
    """Append one entry; must run in the transaction of the act it proves.

    `kind` is `<subject>.<past participle>`, `payload` plain JSON data without
    personal data (use `encryption.commitment`); `at` is the legal instant.

    Raises:
        RuntimeError: called outside `transaction.atomic`.
        NotCanonical: the payload holds what has no canonical form.
    """
    take_write_lock()
    salt = new_salt()
    entry = EvidenceEntry(
        kind=kind,
        subject=subject if isinstance(subject, str) else subject_of(subject),
        actor_id=by.user_id,
        actor_name=by.name,
        actor_salt=salt,
        actor_commitment=commitment(by.name, salt),
        legal_at=at,
        recorded_at=clock.now(),
        payload=canonical_json.plain(dict(payload)),
    )
    last = EvidenceEntry.objects.order_by("-sequence").first()
    entry.sequence = last.sequence + 1 if last else 1
    leaf = leaf_bytes(entry, last)
    for name, digest in DIGESTS.items():
        setattr(entry, name, merkle.leaf_hash(digest, leaf).hex())
    entry.seal = seal_of(entry)
    entry.save(force_insert=True)
    if entry.sequence % TILE == 0:
        _close_tile(entry.sequence // TILE - 1)
    # robust: a full disk must not turn a committed act into an error.
    transaction.on_commit(lambda: heads.note(entry.sequence, entry.sha256), robust=True)
    entry_recorded.send(EvidenceEntry, entry=entry)
    return entry


class Row(NamedTuple):
    """The columns of one entry, read in bulk."""

    sequence: int
    kind: str
    subject: str
    actor_id: int | None
    actor_name: str
    actor_salt: str
    actor_commitment: str
    legal_at: datetime
    recorded_at: datetime
    payload: Any
    sha256: str
    sm3: str
    seal: str


Leaf = EvidenceEntry | Row


def leaf_content(entry: Leaf, previous: Leaf | None) -> dict[str, canonical_json.Plain]:
    """Return what the leaf hashes cover: all but the actor's name and salt.

    The hashes of the entry before make a chain of the entries.
    """
    return {
        "format": 1,
        "sequence": entry.sequence,
        "kind": entry.kind,
        "subject": entry.subject,
        "actor": entry.actor_id,
        "actor_commitment": entry.actor_commitment,
        "legal_at": canonical_json.instant(entry.legal_at),
        "recorded_at": canonical_json.instant(entry.recorded_at),
        "payload": canonical_json.plain(entry.payload),
        "previous_sha256": previous.sha256 if previous else START,
        "previous_sm3": previous.sm3 if previous else START,
    }


def leaf_bytes(entry: Leaf, previous: Leaf | None) -> bytes:
    """Return the canonical bytes that the leaf hashes cover."""
    return canonical_json.dump(leaf_content(entry, previous))


def seal_of(entry: Leaf, key: bytes | None = None) -> str:
    """Return the keyed hash that nobody without the key file can make.

    It tells an entry that the product wrote from one that was inserted into
    the table by hand after the last checkpoint. `key` saves looking it up.
    """
    text = f"{entry.sequence}:{entry.sha256}:{entry.sm3}"
    return hmac.digest(key or keys.seal_key(), text.encode(), "sha256").hex()


def tile_roots(leaves: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the roots over (sha256, sm3) leaf hashes of one tile."""
    rows = list(leaves)
    return {
        name: merkle.root_of(digest, [bytes.fromhex(row[i]) for row in rows]).hex()
        for i, (name, digest) in enumerate(DIGESTS.items())
    }


def _close_tile(position: int) -> None:
    leaves = EvidenceEntry.objects.filter(
        sequence__gt=position * TILE, sequence__lte=(position + 1) * TILE
    ).order_by("sequence")
    roots = tile_roots(leaves.values_list("sha256", "sm3"))
    EvidenceTile.objects.create(position=position, **roots)
