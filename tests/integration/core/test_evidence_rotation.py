"""A replaced key keeps its checkpoints verifiable and can sign no more."""

import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cms.core.evidence import heads, keys, rotation
from cms.core.evidence.verification import verify
from cms.core.models import Checkpoint, EvidenceEntry
from cms.core.models.evidence import key_id
from tests.factories.evidence import (
    append,
    checkpoint,
    committed,
    faults,
    make_log,
    tamper,
)
from tests.integration.core.test_evidence_export import edit_lines, verify_offline

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(db) -> None:
    make_log()


def rotate() -> rotation.Rotation:
    """Replace the key with the command."""
    with committed():
        call_command("rotate_evidence_key", stdout=StringIO())
    return rotation.recorded()[-1]


def test_change_is_an_entry_that_the_old_key_signed(log) -> None:
    old = keys.public_key()

    change = rotate()

    entry = EvidenceEntry.objects.get(kind="evidence.key_rotated")
    assert (entry.sequence, change.old, change.new) == (13, old, keys.public_key())
    assert old != change.new
    assert set(entry.payload) == {"old", "new", "signature"}
    assert keys.is_signed(rotation.statement(change), entry.payload["signature"], old)
    signers = list(Checkpoint.objects.order_by("id").values_list("size", "public_key"))
    assert signers == [(8, old), (13, old), (13, change.new)]
    assert keys.retired_file().stat().st_mode & 0o777 == 0o600
    assert not keys.next_file().exists()


def test_entries_and_checkpoints_of_every_key_are_verified(log) -> None:
    for number in (14, 16):
        rotate()
        append(number)
        checkpoint()

    report = verify()

    assert (report.size, report.checkpoints, report.findings) == (16, 7, [])
    assert [key.until for key in keys.known()] == [13, 15, None]


def test_old_key_can_sign_no_later_checkpoint(log) -> None:
    old = Checkpoint.objects.get()
    rotate()
    append(14)
    point = checkpoint()
    (heads.folder() / "checkpoints.jsonl").unlink()

    tamper(
        "UPDATE core_checkpoint SET public_key = %s WHERE id = %s",
        old.public_key,
        point.pk,
    )

    words = "检查点（2026-11-03T01:30:00.000000Z）的签名不符。"
    assert faults() == [(0, words)]


def test_broken_off_change_is_told_and_finished(log, monkeypatch) -> None:
    old = keys.public_key()

    def crash(*, until: int) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="disk full"):
        patch.setattr(keys, "replace", crash)
        rotate()
    append(14)

    assert keys.public_key() == old
    words = "密钥更换没有完成，请再次运行 manage.py rotate_evidence_key。"
    assert faults() == [(0, words)]
    rotate()
    append(15)
    assert faults() == []
    assert [key.until for key in keys.known()] == [14, None]
    assert EvidenceEntry.objects.filter(kind=rotation.ROTATED).count() == 1


def test_key_put_in_place_without_a_record_is_found(log) -> None:
    keys.next_public_key()
    keys.replace(until=12)

    assert faults() == [(0, "数据目录中的密钥与存证中的更换记录不符。")]


def test_public_pages_name_the_key_of_each_checkpoint(log, client) -> None:
    change = rotate()

    page = client.get("/evidence/").text
    data = client.get("/evidence/checkpoints.json").json()

    assert f"<td><code>{key_id(change.old)}</code></td>" in page
    assert f"<td><code>{key_id(change.new)}</code></td>" in page
    assert data["keys"] == [
        {"key_id": key_id(change.old), "public_key": change.old, "until": 13},
        {"key_id": key_id(change.new), "public_key": change.new, "until": None},
    ]


@pytest.fixture
def exported(log, tmp_path: Path) -> Path:
    """The log with a change of keys, exported and unpacked."""
    rotate()
    append(14)
    checkpoint()
    call_command("export_evidence", str(tmp_path / "log.zip"), stdout=StringIO())
    with zipfile.ZipFile(tmp_path / "log.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def test_offline_verifier_follows_the_change(exported: Path) -> None:
    verdict = "14条记录，4个检查点，sha256、sm3，已核验签名：全部相符。"

    assert verify_offline(exported) == (0, [verdict])
    copy = exported / "own.jsonl"
    copy.write_text((exported / "checkpoints.jsonl").read_text())
    code, lines = verify_offline(exported, "own.jsonl")
    assert (code, lines[-1]) == (0, verdict.replace("4个", "8个"))


def test_offline_verifier_refuses_keys_out_of_their_time(exported: Path) -> None:
    old, new = (key.public for key in keys.known())

    def swap(lines: list[str]) -> list[str]:
        rows = [json.loads(line) for line in lines]
        rows[0]["public_key"], rows[3]["public_key"] = new, old
        return [json.dumps(row, ensure_ascii=False) for row in rows]

    edit_lines(exported / "checkpoints.jsonl", swap)

    code, lines = verify_offline(exported)
    words = "检查点（2026-11-03T01:30:00.000000Z）由不在用的密钥签名。"
    assert code == 1
    assert lines.count(words) >= 2


def test_offline_verifier_refuses_a_foreign_key(exported: Path) -> None:
    def replace(lines: list[str]) -> list[str]:
        return [line.replace(keys.public_key(), "ab" * 32) for line in lines]

    edit_lines(exported / "checkpoints.jsonl", replace)

    code, lines = verify_offline(exported)
    assert code == 1
    assert any(line.endswith("的公钥不是本存证的密钥。") for line in lines)
