"""Makes evidence, tampers with it, verifies it."""

from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.test import TestCase

from cms.core import clock, evidence, triggers
from cms.core.actors import SYSTEM, Actor
from cms.core.encryption import commitment
from cms.core.evidence import entries
from cms.core.evidence.checkpoints import make_checkpoint
from cms.core.evidence.verification import verify
from cms.core.models import Checkpoint, EvidenceEntry
from cms.rules import merkle
from tests.factories.parties import make_user

AT = datetime(2026, 11, 3, 9, 30, tzinfo=clock.SHANGHAI)
DAY = timedelta(days=1)
committed = partial(TestCase.captureOnCommitCallbacks, execute=True)
"""Runs what waits for the commit, inside a test's transaction too."""


def append(number: int, *, by: Actor = SYSTEM) -> EvidenceEntry:
    """Record one small act."""
    payload = {"n": number, "text": f"第{number}项"}
    with committed(), transaction.atomic():
        return evidence.record("test.noted", f"test:{number}", payload, by=by, at=AT)


def checkpoint(*, at: datetime = AT) -> Checkpoint:
    """Make a checkpoint, its copy in the file included."""
    with committed():
        return make_checkpoint(at=at, reason="每日")


def make_log() -> None:
    """Make twelve entries, odd ones by 张示例, and a checkpoint after the eighth."""
    actor = Actor(user_id=make_user().pk, name="张示例")
    for number in range(1, 13):
        append(number, by=actor if number % 2 else SYSTEM)
        if number == 8:
            checkpoint()


def tamper(sql: str, *parameters: object) -> None:
    """Change the tables as somebody would who owns the database."""
    connection.check_constraints()  # deferred ones would hold the table
    guards = triggers.refusing(connection)
    triggers.drop(connection, guards)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    triggers.install(connection, guards)


def forge(number: int) -> EvidenceEntry:
    """Insert an entry with right hashes, made without the key file."""
    previous = EvidenceEntry.objects.get(sequence=number - 1)
    entry = EvidenceEntry(
        sequence=number,
        kind="test.noted",
        subject="test:forged",
        actor_name="系统",
        actor_salt="00" * 16,
        actor_commitment=commitment("系统", "00" * 16),
        legal_at=AT,
        recorded_at=AT,
        payload={},
        seal="ab" * 32,
    )
    set_hashes(entry, previous)
    entry.save(force_insert=True)
    return entry


def set_hashes(entry: EvidenceEntry, previous: EvidenceEntry | None) -> None:
    """Set the leaf hashes that fit the entry's content."""
    leaf = entries.leaf_bytes(entry, previous)
    for name, digest in entries.DIGESTS.items():
        setattr(entry, name, merkle.leaf_hash(digest, leaf).hex())


def faults() -> list[tuple[int, str]]:
    """Return what a verification finds."""
    return [(f.sequence, f.text) for f in sorted(verify().findings)]
