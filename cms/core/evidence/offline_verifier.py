"""Verify an exported evidence log (存证) without the product; Python 3.9 or later.

    python verify.py [checkpoints.jsonl obtained elsewhere]

Checks every leaf hash (SHA-256 and SM3), the chain from entry to entry, the
Merkle roots (RFC 9162) of every checkpoint, that each checkpoint is signed by
the key of its time and, where the package `cryptography` is installed, the Ed25519
signatures, those on changes of the key included. Exit code 1 on any fault.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    CHECKS_SIGNATURES = False
else:
    CHECKS_SIGNATURES = True

ORIGIN = "chengzhuan evidence log"
ROTATED = "evidence.key_rotated"
ALGORITHMS = [
    name for name in ("sha256", "sm3") if name in hashlib.algorithms_available
]


def digest(name: str, content: bytes) -> bytes:
    """Return one digest."""
    return hashlib.new(name, content).digest()


class Tree:
    """A growing Merkle tree that keeps the roots of its full subtrees."""

    def __init__(self, name: str) -> None:
        """Start empty with the digest `name`."""
        self.name = name
        self.peaks: list[tuple[int, bytes]] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash."""
        width = 1
        while self.peaks and self.peaks[-1][0] == width:
            leaf = digest(self.name, b"\x01" + self.peaks.pop()[1] + leaf)
            width *= 2
        self.peaks.append((width, leaf))

    def root(self) -> str:
        """Return the root as hex; an empty log has none."""
        if not self.peaks:
            return ""
        node = self.peaks[-1][1]
        for _, left in reversed(self.peaks[:-1]):
            node = digest(self.name, b"\x01" + left + node)
        return node.hex()


def signature_is_good(point: dict[str, Any]) -> bool:
    """Check the signature over the canonical text of a checkpoint."""
    body = {key: value for key, value in point.items() if key != "signature"}
    return is_signed(body, point["signature"], point["public_key"])


def is_signed(body: dict[str, Any], signature: str, public_key: str) -> bool:
    """Check a signature over the canonical text of `body`."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    try:
        key.verify(bytes.fromhex(signature), text.encode())
    except InvalidSignature:
        return False
    return True


def read(path: str | Path) -> list[dict[str, Any]]:
    """Return the JSON lines of a file."""
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def entry_faults(
    number: int, entry: dict[str, Any], previous: dict[str, Any]
) -> Iterator[str]:
    """Yield what is wrong with one entry: place, chain, hashes."""
    leaf = json.loads(entry["leaf"])
    if leaf["sequence"] != number:
        yield f"第{number}号记录缺失或次序有误。"
    for name in ("sha256", "sm3"):
        if leaf[f"previous_{name}"] != previous[name]:
            yield f"第{number}号记录与前一号的{name}链断开。"
    for name in ALGORITHMS:
        if digest(name, b"\x00" + entry["leaf"].encode()).hex() != entry[name]:
            yield f"第{number}号记录的内容与其{name}哈希不符。"


def root_faults(
    size: int, points: Iterable[dict[str, Any]], trees: dict[str, Tree]
) -> Iterator[str]:
    """Yield the checkpoints whose roots differ from those of the entries."""
    for point in points:
        for name, tree in trees.items():
            if point[name] != tree.root():
                yield f"前{size}条记录的{name}根与检查点（{point['at']}）不符。"


def key_faults(
    entries: list[dict[str, Any]], points: list[dict[str, Any]]
) -> Iterator[str]:
    """Yield the changes and checkpoints that a key signed out of its time."""
    keys: list[str] = []
    since: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        leaf = json.loads(entry["leaf"])
        if leaf["kind"] != ROTATED:
            continue
        change = leaf["payload"]
        body = {"origin": ORIGIN, "old": change["old"], "new": change["new"]}
        follows = not keys or keys[-1] == change["old"]
        signed = not CHECKS_SIGNATURES or is_signed(
            body, change["signature"], change["old"]
        )
        if not (follows and signed):
            yield f"第{number}号记录的密钥更换不是由在用的旧密钥签名的。"
        keys = [*(keys or [change["old"]]), change["new"]]
        since[change["new"]] = number
    keys = keys or [point["public_key"] for point in points[:1]]
    known = [point for point in points if point["public_key"] in keys]
    for point in points:
        if point not in known:
            yield f"检查点（{point['at']}）的公钥不是本存证的密钥。"
    known.sort(key=lambda one: (one["size"], one["at"], keys.index(one["public_key"])))
    newest = 0
    for point in known:
        place = keys.index(point["public_key"])
        if place < newest or point["size"] < since.get(point["public_key"], 0):
            yield f"检查点（{point['at']}）由不在用的密钥签名。"
        newest = max(newest, place)


def faults(
    entries: list[dict[str, Any]], points: list[dict[str, Any]]
) -> Iterator[str]:
    """Yield every fault in Chinese words, in order of the entries."""
    due: dict[int, list[dict[str, Any]]] = {}
    for point in points:
        due.setdefault(point["size"], []).append(point)
        if CHECKS_SIGNATURES and not signature_is_good(point):
            yield f"检查点（{point['at']}）的签名不符。"
    yield from key_faults(entries, points)
    trees = {name: Tree(name) for name in ALGORITHMS}
    yield from root_faults(0, due.pop(0, ()), trees)
    previous: dict[str, Any] = dict.fromkeys(("sha256", "sm3"), "0" * 64)
    for number, entry in enumerate(entries, start=1):
        yield from entry_faults(number, entry, previous)
        previous = entry
        for name, tree in trees.items():
            tree.append(bytes.fromhex(entry[name]))
        yield from root_faults(number, due.pop(number, ()), trees)
    if due:
        start, last = len(entries) + 1, max(due)
        yield f"第{start}号起的记录被截去：检查点登记{last}条。"


def main(arguments: list[str]) -> int:
    """Print the faults and return the exit code."""
    here = Path(__file__).resolve().parent
    entries = read(here / "entries.jsonl")
    points = read(here / "checkpoints.jsonl")
    for path in arguments:
        points += read(path)
    found = list(faults(entries, points))
    for fault in found:
        print(fault)  # noqa: T201  a stand-alone program talks to its user
    signed = "已核验签名" if CHECKS_SIGNATURES else "未核验签名（未安装 cryptography）"
    verdict = f"{len(found)}处不符" if found else "全部相符"
    print(  # noqa: T201  a stand-alone program talks to its user
        f"{len(entries)}条记录，{len(points)}个检查点，"
        f"{'、'.join(ALGORITHMS)}，{signed}：{verdict}。"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
