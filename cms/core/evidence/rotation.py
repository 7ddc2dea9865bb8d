"""Replaces the key of the log; the change is an entry that the old key signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from cms.core.actors import Actor
from cms.core.evidence import keys, tree
from cms.core.evidence.checkpoints import ORIGIN, make_checkpoint
from cms.core.evidence.entries import record
from cms.core.locks import writing
from cms.core.models import EvidenceEntry
from cms.rules import canonical_json

ROTATED = "evidence.key_rotated"
SUBJECT = "evidence:key"


@dataclass(frozen=True, slots=True)
class Rotation:
    """A change of keys: both public halves."""

    old: str
    new: str


def rotate(*, by: Actor, at: datetime) -> Rotation:
    """Replace the key in use with a new one; safe to run again when broken off.

    1. Makes the next key and records the change, signed by the key in use.
    2. Signs a checkpoint over that entry with the key in use.
    3. Puts the next key in place while nobody can write entries.
    4. Signs a checkpoint with the new key.
    """
    change = Rotation(keys.public_key(), keys.next_public_key())
    if change not in recorded():
        with writing():
            payload = {
                "old": change.old,
                "new": change.new,
                "signature": keys.sign(statement(change)),
            }
            record(ROTATED, SUBJECT, payload, by=by, at=at)
    make_checkpoint(at=at, reason="更换密钥前")
    with writing():
        keys.replace(until=tree.size())
    make_checkpoint(at=at, reason="更换密钥后")
    return change


def statement(change: Rotation) -> bytes:
    """Return the canonical bytes that the old key signs."""
    return canonical_json.dump({"origin": ORIGIN, "old": change.old, "new": change.new})


def recorded() -> list[Rotation]:
    """Return the changes that the log holds and the old key signed, in order."""
    rows = EvidenceEntry.objects.filter(kind=ROTATED, subject=SUBJECT)
    return list(_signed(rows.order_by("sequence").values_list("payload", flat=True)))


def _signed(payloads: Iterable[object]) -> Iterable[Rotation]:
    for payload in payloads:
        if not isinstance(payload, dict):
            continue
        change = Rotation(str(payload.get("old")), str(payload.get("new")))
        signature = str(payload.get("signature"))
        if keys.is_signed(statement(change), signature, change.old):
            yield change


def find_faults() -> Iterable[str]:
    """Yield where the keys in the data folder are not those of the log."""
    known = [key.public for key in keys.known()]
    changes = recorded()
    if changes and known[-1] == changes[-1].old:
        yield "密钥更换没有完成，请再次运行 manage.py rotate_evidence_key。"
        changes = changes[:-1]
    pairs = [(change.old, change.new) for change in changes]
    if pairs != list(pairwise(known)):
        yield "数据目录中的密钥与存证中的更换记录不符。"
