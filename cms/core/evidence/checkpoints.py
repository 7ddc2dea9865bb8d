"""Signed checkpoints: daily, and at each filing or batch of publications."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, models, transaction

from cms.core import due
from cms.core.evidence import heads, keys, tree
from cms.core.locks import writing
from cms.core.models import Checkpoint, EvidenceEntry
from cms.rules import canonical_json

ORIGIN = "chengzhuan evidence log"
DAILY = "evidence.checkpoint"
_SEALING = {"publish": "发布", "published": "发布", "file": "归档", "filed": "归档"}
"""Events after whose transaction a checkpoint is made, and its reason."""


def make_checkpoint(*, at: datetime, reason: str) -> Checkpoint:
    """Sign size and roots of the log as of now; return the checkpoint.

    1. Signs with the key in the data folder.
    2. After the commit, adds all checkpoints that it lacks to the file outside
       the database (so a process killed in between leaves no gap).
    """
    with writing():
        size = tree.size()
        row = Checkpoint(
            size=size,
            sha256=tree.StoredTree("sha256").root(size).hex() if size else "",
            sm3=tree.StoredTree("sm3").root(size).hex() if size else "",
            at=at,
            reason=reason,
            public_key=keys.public_key(),
        )
        row.signature = keys.sign(signed_text(row))
        row.save(force_insert=True)
        transaction.on_commit(copy_to_file, robust=True)
    return row


def seal_publication(sender: object, entry: EvidenceEntry, **kwargs: Any) -> None:
    """Plan one checkpoint after a transaction that published or filed something."""
    reason = _SEALING.get(entry.kind.rpartition(".")[2])
    if reason is None:
        return
    planned = (getattr(row[1], "func", None) for row in connection.run_on_commit)
    if make_checkpoint not in planned:
        make = partial(make_checkpoint, at=entry.legal_at, reason=reason)
        transaction.on_commit(make, robust=True)


def signed_text(row: Checkpoint) -> bytes:
    """Return the canonical bytes that the signature covers."""
    return canonical_json.dump(_statement(row))


def _statement(row: Checkpoint) -> dict[str, canonical_json.Plain]:
    return {
        "origin": ORIGIN,
        "size": row.size,
        "sha256": row.sha256,
        "sm3": row.sm3,
        "at": canonical_json.instant(row.at),
        "reason": row.reason,
        "public_key": row.public_key,
    }


def published(row: Checkpoint) -> dict[str, object]:
    """Return the checkpoint as the public reads it, signature included."""
    return {**_statement(row), "signature": row.signature}


def copy_to_file() -> None:
    """Bring the file outside the database up to date."""
    held = len(heads.kept_checkpoints())
    # Rows are never removed, so the file lacks at most the newest ones; a few
    # older ones are offered again in case two processes wrote at once.
    rows = Checkpoint.objects.order_by("id")[max(0, held - 10) :]
    heads.keep_checkpoints([published(row) for row in rows])


def start_daily(*, at: datetime) -> None:
    """Schedule the daily checkpoint unless one is waiting already."""
    due.start_daily(DAILY, at=at)


@due.register(DAILY)
def make_daily_checkpoint(state: models.Model, at: datetime) -> None:
    """Make the day's checkpoint and schedule the next."""
    make_checkpoint(at=at, reason="每日")
    due.repeat_daily(DAILY, state, at)
