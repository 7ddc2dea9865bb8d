"""Every tampering with the evidence log is found and named."""

from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from cms.core import triggers
from cms.core.evidence import entries, heads
from cms.core.evidence.verification import verify
from cms.core.models import Checkpoint, EvidenceEntry, EvidenceTile
from tests.factories.evidence import (
    AT,
    DAY,
    append,
    checkpoint,
    faults,
    forge,
    make_log,
    set_hashes,
    tamper,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(db) -> None:
    make_log()


def test_untouched_log_is_sound(log) -> None:
    report = verify()

    assert (report.size, report.checkpoints, report.findings) == (12, 1, [])


CHANGES = {
    "kind": "'test.forged'",
    "subject": "'test:99'",
    "actor_id": "NULL",
    "actor_name": "'李示例'",
    "actor_salt": "'00112233445566778899aabbccddeeff'",
    "actor_commitment": "actor_salt",
    "legal_at": "recorded_at",
    "recorded_at": "legal_at",
    "payload": '\'{"n": 5, "text": "x"}\'',
    "sha256": "sm3",
    "sm3": "sha256",
    "seal": "sha256",
    "sequence": "500",
}


def test_every_column_is_tampered_with_below() -> None:
    columns = {field.column for field in EvidenceEntry._meta.local_fields}

    assert columns == set(CHANGES)


@pytest.mark.parametrize(("column", "value"), CHANGES.items(), ids=CHANGES)
@pytest.mark.parametrize("number", [1, 5, 12], ids="entry{}".format)
def test_changed_column_is_found(log, column, value, number) -> None:
    if column == "actor_id":
        number = {1: 1, 5: 5, 12: 11}[number]  # an entry that has an actor

    tamper(
        f"UPDATE core_evidenceentry SET {column} = {value} WHERE sequence = %s", number
    )

    assert faults()[0][0] == number


def test_changed_content_is_named_in_words(log) -> None:
    tamper("UPDATE core_evidenceentry SET subject = 'x' WHERE sequence = 5")

    assert faults() == [
        (5, f"第5号记录的内容与其{name}哈希不符：该条或其前一条被改动、调换或插入。")
        for name in ("sha256", "sm3")
    ]


def test_removed_entry_is_found(log) -> None:
    tamper("DELETE FROM core_evidenceentry WHERE sequence = 6")

    first = faults()[0]

    assert first == (6, "第6号记录缺失（其后为第7号）。")


def test_swapped_entries_are_found(log) -> None:
    for old, new in ((3, 1003), (4, 3), (1003, 4)):
        tamper(
            "UPDATE core_evidenceentry SET sequence = %s WHERE sequence = %s", new, old
        )

    assert faults()[0][0] == 3


@pytest.mark.parametrize("last", [0, 7, 8, 11], ids="cut-after-{}".format)
def test_tail_cut_off_is_found(log, last: int) -> None:
    tamper("DELETE FROM core_evidenceentry WHERE sequence > %s", last)

    words = f"第{last + 1}号起的记录被截去：库外登记到第12号。"
    assert (last + 1, words) in faults()
    assert faults()[0][0] == last + 1


def test_tail_cut_off_with_its_checkpoint_row_is_found(log) -> None:
    (heads.folder() / "heads.log").unlink()
    tamper("DELETE FROM core_checkpoint")
    tamper("DELETE FROM core_evidenceentry WHERE sequence > 5")

    assert faults() == [
        (0, "数据库缺少或改动了库外文件中的检查点（2026-11-03T01:30:00.000000Z）。"),
        (6, "第6号起的记录被截去：检查点登记8条。"),
    ]


def test_entry_inserted_at_the_end_is_found_by_its_seal(log) -> None:
    forge(13)

    assert faults() == [(13, "第13号记录的封签不符：不是本系统写入的。")]


def test_entry_inserted_between_is_found(log) -> None:
    tamper(
        "UPDATE core_evidenceentry SET sequence = sequence + 1000 WHERE sequence > 6"
    )
    tamper(
        "UPDATE core_evidenceentry SET sequence = sequence - 999 WHERE sequence > 1000"
    )
    forge(7)

    assert faults()[0][0] == 7


def test_history_rewritten_with_the_key_is_found_by_the_checkpoint(log) -> None:
    tamper("UPDATE core_evidenceentry SET kind = 'test.forged' WHERE sequence = 2")
    (heads.folder() / "heads.log").unlink()
    previous = None
    for entry in EvidenceEntry.objects.order_by("sequence"):
        set_hashes(entry, previous)
        tamper(
            "UPDATE core_evidenceentry SET sha256=%s, sm3=%s, seal=%s WHERE sequence=%s",
            entry.sha256,
            entry.sm3,
            entries.seal_of(entry),
            entry.sequence,
        )
        previous = entry

    assert faults() == [
        (8, f"前8条记录的{name}根与检查点（2026-11-03T01:30:00.000000Z）不符。")
        for name in ("sha256", "sm3")
    ]


@pytest.mark.parametrize(
    "column", ["size", "sha256", "sm3", "at", "reason", "signature"]
)
def test_changed_checkpoint_is_found(log, column: str) -> None:
    value = {"size": 4, "at": AT + DAY, "reason": "人工"}.get(column, "00" * 32)

    tamper(f"UPDATE core_checkpoint SET {column} = %s", value)

    texts = [text for _, text in faults()]
    assert texts[0].startswith("数据库缺少或改动了库外文件中的检查点")
    assert any("签名不符" in text for text in texts)


def test_restored_backup_of_yesterday_is_found(log) -> None:
    checkpoint(at=AT + DAY)
    tamper("DELETE FROM core_checkpoint WHERE size = 12")
    tamper("DELETE FROM core_evidenceentry WHERE sequence > 8")

    assert (9, "第9号起的记录被截去：检查点登记12条。") in faults()


def test_triggers_refuse_changes_and_deletions(log) -> None:
    append(13)
    refused = [
        partial(EvidenceEntry.objects.filter(sequence=2).update, kind="x"),
        partial(EvidenceEntry.objects.filter(sequence=2).update, actor_name="x"),
        partial(
            EvidenceEntry.objects.filter(sequence=2).update,
            actor_name="",
            actor_salt="",
            kind="x",
        ),
        partial(EvidenceEntry.objects.filter(sequence=2).delete),
        partial(EvidenceEntry.objects.update, sequence=F("sequence") + 100),
        partial(Checkpoint.objects.update, size=1),
        partial(Checkpoint.objects.all().delete),
    ]
    for change in refused:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()

    assert faults() == []


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE"
)
def test_truncate_is_refused(log) -> None:
    connection.check_constraints()

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE core_evidenceentry")


def test_missing_trigger_is_told_and_migrate_makes_it_again(log) -> None:
    connection.check_constraints()
    triggers.drop(connection, triggers.refusing(connection)[:1])

    assert faults() == [
        (
            0,
            "数据库缺少防改触发器core_evidenceentry_no_update，请运行 manage.py migrate。",
        )
    ]
    call_command("migrate", verbosity=0)
    assert faults() == []


def test_tile_beyond_the_entries_is_a_cut(log) -> None:
    EvidenceTile.objects.create(position=0, sha256="00", sm3="00")

    assert faults() == [(13, "第13号起的记录被截去（树块多于记录）。")]


def test_name_blanked_without_a_record_is_found(log) -> None:
    EvidenceEntry.objects.filter(sequence=4).update(actor_name="", actor_salt="")

    assert faults() == [(4, "第4号记录的办理人姓名被抹去，而没有依法删除的记录。")]


def run_verify() -> tuple[int, list[str]]:
    out = StringIO()
    try:
        call_command("verify_evidence", stdout=out)
    except SystemExit as ended:
        return int(ended.code), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def test_command_tells_the_first_bad_number_and_fails(log) -> None:
    assert run_verify() == (0, ["12条记录，1个检查点：全部相符。"])

    tamper("UPDATE core_evidenceentry SET seal = '' WHERE sequence = 7")
    tamper("DELETE FROM core_evidenceentry WHERE sequence = 12")

    code, lines = run_verify()
    assert code == 1
    assert lines == [
        "第7号记录的封签不符：不是本系统写入的。",
        "第12号起的记录被截去：库外登记到第12号。",
        "11条记录，1个检查点：2处不符，自第7号起。",
    ]
