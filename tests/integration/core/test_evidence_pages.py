"""What the public sees of the evidence log: checkpoints and proofs."""

import pytest

from cms.core.evidence import entries, keys
from cms.core.evidence.checkpoints import published
from cms.core.evidence.proofs import prove_consistency, prove_inclusion
from cms.core.models import Checkpoint
from cms.rules import merkle
from tests.factories.evidence import AT, DAY, checkpoint, make_log

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(db) -> None:
    make_log()


def test_proofs_hold_for_every_entry(log, client) -> None:
    checkpoint(at=AT + DAY)
    for sequence in range(1, 13):
        body = client.get("/evidence/proof.json", {"sequence": sequence}).json()

        assert body == prove_inclusion(sequence)
        point = body["checkpoint"]
        assert point["size"] == (8 if sequence <= 8 else 12)
        for name, digest in entries.DIGESTS.items():
            root = merkle.root_from_path(
                digest,
                bytes.fromhex(body["leaf"][name]),
                sequence - 1,
                point["size"],
                [bytes.fromhex(node) for node in body["path"][name]],
            )
            assert root is not None and root.hex() == point[name]


def test_consistency_between_two_checkpoints_holds(log, client) -> None:
    checkpoint(at=AT + DAY)
    old, new = client.get("/evidence/checkpoints.json").json()["checkpoints"]

    body = client.get("/evidence/consistency.json", {"first": 8, "second": 12}).json()

    assert body == prove_consistency(8, 12)
    for name, digest in entries.DIGESTS.items():
        path = [bytes.fromhex(node) for node in body["path"][name]]
        roots = (bytes.fromhex(old[name]), bytes.fromhex(new[name]))
        assert merkle.is_consistent(digest, (8, 12), roots, path)


@pytest.mark.parametrize(
    ("url", "status", "message"),
    [
        ("proof.json?sequence=13", 404, "没有该序号的存证记录。"),
        ("proof.json?sequence=12", 404, "该记录尚未进入检查点，请次日再查。"),
        ("proof.json?sequence=-1", 400, "sequence 应为正整数。"),
        ("proof.json", 400, "sequence 应为正整数。"),
        ("proof.json?sequence=１", 400, "sequence 应为正整数。"),
        ("consistency.json?first=0&second=2", 404, "条数超出存证记录的范围。"),
        ("consistency.json?first=3&second=2", 404, "条数超出存证记录的范围。"),
        ("consistency.json?first=3&second=13", 404, "条数超出存证记录的范围。"),
        ("consistency.json?first=3", 400, "second 应为正整数。"),
    ],
)
def test_proof_that_cannot_be_given_is_refused(log, client, url, status, message):
    answer = client.get(f"/evidence/{url}")

    assert (answer.status_code, answer.json()["error"]["message"]) == (status, message)


def test_public_pages_show_checkpoints_and_no_content(log, client) -> None:
    page = client.get("/evidence/")
    data = client.get("/evidence/checkpoints.json")

    point = Checkpoint.objects.get()
    assert data.json() == {
        "origin": "chengzhuan evidence log",
        "public_key": keys.public_key(),
        "keys": [
            {
                "key_id": point.key_id,
                "public_key": keys.public_key(),
                "until": None,
            }
        ],
        "checkpoints": [published(point)],
    }
    text = page.content.decode()
    assert point.sha256 in text and point.sm3 in text and keys.public_key() in text
    for secret in ("张示例", "test.noted", "第1项"):
        assert secret not in text + data.content.decode()


def test_empty_page_says_so(client) -> None:
    assert "尚无检查点" in client.get("/evidence/").content.decode()
