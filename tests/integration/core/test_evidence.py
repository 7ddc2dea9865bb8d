"""The evidence log: one chain of entries, tiles, keys, checkpoints."""

from functools import partial

import pytest
from django.db import transaction

from cms.core import evidence
from cms.core.actors import ANONYMOUS, SYSTEM
from cms.core.encryption import commitment
from cms.core.evidence import entries, heads, keys, tree
from cms.core.evidence.checkpoints import copy_to_file, published, start_daily
from cms.core.evidence.erasure import erase_names
from cms.core.evidence.verification import verify
from cms.core.models import Checkpoint, DueEvent, EvidenceEntry, EvidenceTile
from cms.rules import canonical_json, merkle
from cms.rules.canonical_json import NotCanonical
from tests import processes
from tests.factories.evidence import (
    AT,
    DAY,
    append,
    checkpoint,
    committed,
    faults,
    make_log,
    tamper,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(db) -> None:
    make_log()


def test_entry_is_hashed_over_what_is_stored() -> None:
    first, second = append(1), append(2)
    stored = EvidenceEntry.objects.get(sequence=2)

    leaf = entries.leaf_content(stored, first)

    assert leaf == {
        "format": 1,
        "sequence": 2,
        "kind": "test.noted",
        "subject": "test:2",
        "actor": None,
        "actor_commitment": commitment("系统", second.actor_salt),
        "legal_at": "2026-11-03T01:30:00.000000Z",
        "recorded_at": canonical_json.instant(second.recorded_at),
        "payload": {"n": 2, "text": "第2项"},
        "previous_sha256": first.sha256,
        "previous_sm3": first.sm3,
    }
    content = canonical_json.dump(leaf)
    for name, digest in entries.DIGESTS.items():
        assert getattr(stored, name) == merkle.leaf_hash(digest, content).hex()
    assert (stored.seal, stored.actor_name) == (entries.seal_of(stored), "系统")


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"inside transaction\.atomic"):
        evidence.record("test.noted", "test:1", {}, by=SYSTEM, at=AT)


def test_payload_without_canonical_form_is_refused() -> None:
    with pytest.raises(NotCanonical), transaction.atomic():
        evidence.record("test.noted", "test:1", {"x": 1.5}, by=SYSTEM, at=AT)

    assert not EvidenceEntry.objects.exists()


def test_rolled_back_act_leaves_no_gap() -> None:
    append(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        evidence.record("test.noted", "test:2", {}, by=SYSTEM, at=AT)
        raise ZeroDivisionError
    append(3)

    assert list(EvidenceEntry.objects.values_list("sequence", "subject")) == [
        (1, "test:1"),
        (2, "test:3"),
    ]
    assert [number for number, _ in heads.noted()] == [1, 2]
    assert faults() == []


@pytest.mark.parametrize(
    "payload",
    [
        {"\U0001f600": 1, "\uffff": 2, "a": ["é", None, True, {"z": "", "b": -1}]},
        {"text": 'a"\\\n\t\x1f/\u2028\x7f'},
        {},
    ],
    ids=["keys-beyond-bmp", "escapes", "empty"],
)
def test_odd_content_is_verified(payload: dict[str, object]) -> None:
    with committed(), transaction.atomic():
        evidence.record("test.noted", 'x:"\\', payload, by=ANONYMOUS, at=AT)

    assert faults() == []


def test_empty_log_is_sound() -> None:
    checkpoint()

    report = verify()

    assert (report.size, report.checkpoints, report.findings) == (0, 1, [])


def test_tile_is_closed_and_checked() -> None:
    with transaction.atomic():
        for number in range(2 * entries.TILE + 3):
            evidence.record("test.noted", f"test:{number}", {}, by=SYSTEM, at=AT)
    leaves = list(EvidenceEntry.objects.values_list("sha256", flat=True))
    digest = entries.DIGESTS["sha256"]

    assert EvidenceTile.objects.count() == 2
    for size in (1, 255, 256, 257, 300, 512, 515):
        whole = merkle.root_of(digest, [bytes.fromhex(leaf) for leaf in leaves[:size]])
        assert tree.StoredTree("sha256").root(size) == whole
    assert faults() == []
    tamper("UPDATE core_evidencetile SET sm3 = sha256 WHERE position = 1")
    assert faults() == [(257, "第257号起的树块哈希缺失或不符。")]
    tamper("DELETE FROM core_evidencetile WHERE position = 1")
    assert faults() == [(257, "第257号起的树块哈希缺失或不符。")]


def test_name_is_erased_and_the_log_stays_sound(log) -> None:
    actor_id = EvidenceEntry.objects.get(sequence=1).actor_id

    assert erase_names(actor_id, by=SYSTEM, at=AT) == 6

    assert EvidenceEntry.objects.get(sequence=1).actor_name == ""
    erased = EvidenceEntry.objects.get(kind="evidence.names_erased")
    assert erased.payload == {"sequences": [1, 3, 5, 7, 9, 11]}
    assert faults() == []
    assert erase_names(actor_id, by=SYSTEM, at=AT) == 0


def test_key_is_made_once_and_kept_private() -> None:
    first = keys.public_key()

    keys._read.cache_clear()

    assert keys.public_key() == first
    assert keys.key_file().stat().st_mode & 0o777 == 0o600
    assert not keys.is_signed(b"x", "zz", first)
    assert keys.is_signed(b"x", keys.sign(b"x"), first)
    assert not keys.is_signed(b"y", keys.sign(b"x"), first)


def test_checkpoint_file_is_caught_up_after_a_kill(log) -> None:
    checkpoint(at=AT + DAY)
    path = heads.folder() / "checkpoints.jsonl"
    path.write_text(path.read_text().splitlines()[0] + "\n")

    copy_to_file()
    copy_to_file()

    assert heads.kept_checkpoints() == [
        published(row) for row in Checkpoint.objects.all()
    ]


def test_publication_makes_one_checkpoint_after_the_commit() -> None:
    with committed(), transaction.atomic():
        for number in range(3):
            evidence.record("notice.publish", f"n:{number}", {}, by=SYSTEM, at=AT)
        assert not Checkpoint.objects.exists()
    append(4)

    point = Checkpoint.objects.get()
    assert (point.size, point.reason, point.at) == (3, "发布", AT)


def test_daily_checkpoints_are_scheduled_once() -> None:
    start_daily(at=AT)
    start_daily(at=AT + DAY)

    assert DueEvent.objects.get().due_at == AT


def append_fifty(writer: int) -> None:
    for number in range(50):
        append(writer * 1000 + number, by=ANONYMOUS)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_give_one_chain() -> None:
    ended = processes.run_all([partial(append_fifty, writer) for writer in range(8)])

    assert ended == [processes.Ended(0, None)] * 8
    sequences = list(EvidenceEntry.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, 401))
    assert len(set(EvidenceEntry.objects.values_list("subject", flat=True))) == 400
    assert [number for number, _ in heads.noted()] == sequences
    checkpoint()
    assert faults() == []


def test_heads_file_is_shortened_and_a_cut_line_is_ignored(monkeypatch) -> None:
    monkeypatch.setattr(heads, "_ROTATE_AT", 500)
    for number in range(1, 21):
        append(number)
    with (heads.folder() / "heads.log").open("a") as stream:
        stream.write("21")

    numbers = [number for number, _ in heads.noted()]

    assert numbers == list(range(numbers[0], 21))
    assert 2 <= len(numbers) < 10
    assert faults() == []
