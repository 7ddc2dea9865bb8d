"""Verifies the whole log against itself and against the files outside."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection

from cms.core import triggers
from cms.core.encryption import commitment
from cms.core.evidence import entries, heads, keys, rotation
from cms.core.evidence.checkpoints import ORIGIN, published
from cms.core.evidence.entries import Row
from cms.core.evidence.rows import is_intact, read_rows
from cms.core.models import Checkpoint, EvidenceEntry, EvidenceTile
from cms.rules import canonical_json, merkle

ERASED = "evidence.names_erased"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault at an entry's number (0: not of one entry), in words."""

    sequence: int
    text: str


@dataclass
class Report:
    """What a verification saw."""

    size: int = 0
    checkpoints: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, sequence: int, text: str) -> None:
        """Note a fault."""
        self.findings.append(Finding(sequence, text))

    @property
    def first(self) -> Finding | None:
        """The fault with the lowest number."""
        return min(self.findings, default=None)


def verify() -> Report:
    """Recompute every entry, tile and root; return what does not agree."""
    report = Report()
    _Walk(report).run()
    for text in rotation.find_faults():
        report.add(0, text)
    for name in triggers.missing(connection):
        report.add(0, f"数据库缺少防改触发器{name}，请运行 manage.py migrate。")
    return report


class _Walk:
    """One pass over the entries in order, tile by tile."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.trees = _new_trees()
        self.tile = _new_trees()
        self.expected = dict(heads.noted())
        self.tiles = {row.position: row for row in EvidenceTile.objects.all()}
        self.statements = _statements(report)
        self.erased = _erased()
        self.keys = keys.known()

    def run(self) -> None:
        """Walk, then compare what lies beyond the end."""
        self._roots(0)
        previous: Row | None = None
        rows = read_rows()
        while chunk := list(islice(rows, entries.TILE)):
            for row in chunk:
                self._entry(row, previous)
                previous = row
            self._close_tile(chunk)
        self._beyond()

    def _entry(self, row: Row, previous: Row | None) -> None:
        number = self.report.size + 1
        if row.sequence != number:
            self.report.add(
                number, f"第{number}号记录缺失（其后为第{row.sequence}号）。"
            )
            # Go on from the number that is there, so that one gap is one fault.
            self.report.size = row.sequence - 1
        self.report.size += 1
        while (until := self.keys[0].until) is not None and row.sequence > until:
            del self.keys[0]
        seal_key = self.keys[0].seal
        if not is_intact(row, previous, seal_key):
            for fault in _entry_faults(row, previous, self.erased, seal_key):
                self.report.add(row.sequence, fault)
        if self.expected.get(row.sequence, row.sha256) != row.sha256:
            self.report.add(
                row.sequence, f"第{row.sequence}号记录与库外登记的哈希不符。"
            )
        self.tile["sha256"].append(_bytes(row.sha256))
        self.tile["sm3"].append(_bytes(row.sm3))
        if row.sequence in self.statements:
            self._roots(row.sequence)

    def _roots(self, size: int) -> None:
        for statement in self.statements.pop(size, ()):
            for name, tree in self.trees.items():
                root = tree.root(self.tile[name]).hex() if size else ""
                if statement[name] != root:
                    self.report.add(
                        max(size, 1),
                        f"前{size}条记录的{name}根与检查点（{statement['at']}）不符。",
                    )

    def _close_tile(self, chunk: list[Row]) -> None:
        if len(chunk) < entries.TILE:
            return
        position = chunk[-1].sequence // entries.TILE - 1
        kept = self.tiles.pop(position, None)
        roots = {name: tree.root().hex() for name, tree in self.tile.items()}
        if kept is None or (kept.sha256, kept.sm3) != (roots["sha256"], roots["sm3"]):
            first = position * entries.TILE + 1
            self.report.add(first, f"第{first}号起的树块哈希缺失或不符。")
        for name, tree in self.trees.items():
            tree.append_tree(self.tile[name])
        self.tile = _new_trees()

    def _beyond(self) -> None:
        size = self.report.size
        if self.tiles:
            self.report.add(size + 1, f"第{size + 1}号起的记录被截去（树块多于记录）。")
        last = max(self.expected, default=0)
        if last > size:
            self.report.add(
                size + 1,
                f"第{size + 1}号起的记录被截去：库外登记到第{last}号。",
            )
        for beyond in sorted(self.statements):
            self.report.add(
                size + 1,
                f"第{size + 1}号起的记录被截去：检查点登记{beyond}条。",
            )


def _new_trees() -> dict[str, merkle.Accumulator]:
    return {
        name: merkle.Accumulator(digest) for name, digest in entries.DIGESTS.items()
    }


def _entry_faults(
    entry: Row, previous: Row | None, erased: set[int], seal_key: bytes
) -> Iterator[str]:
    at = f"第{entry.sequence}号记录"
    try:
        leaf = entries.leaf_bytes(entry, previous)
    except ValueError:
        yield f"{at}的内容不可识别。"
        return
    for name, digest in entries.DIGESTS.items():
        if merkle.leaf_hash(digest, leaf).hex() != getattr(entry, name):
            yield f"{at}的内容与其{name}哈希不符：该条或其前一条被改动、调换或插入。"
    if not hmac.compare_digest(entries.seal_of(entry, seal_key), entry.seal):
        yield f"{at}的封签不符：不是本系统写入的。"
    if entry.actor_name or entry.actor_salt:
        if not _names(entry):
            yield f"{at}的办理人姓名被改动。"
    elif entry.sequence not in erased:
        yield f"{at}的办理人姓名被抹去，而没有依法删除的记录。"


def _names(entry: Row) -> bool:
    try:
        return commitment(entry.actor_name, entry.actor_salt) == entry.actor_commitment
    except ValueError:
        return False


def _erased() -> set[int]:
    rows = EvidenceEntry.objects.filter(kind=ERASED).values_list("payload", flat=True)
    return {
        number
        for payload in rows
        if isinstance(payload, dict)
        for number in payload.get("sequences", [])
    }


def _statements(report: Report) -> dict[int, list[dict[str, object]]]:
    """Return the checkpoints of file and database by size; note bad ones."""
    kept = heads.kept_checkpoints()
    stored = [published(row) for row in Checkpoint.objects.order_by("id")]
    for one in kept:
        if one not in stored:
            report.add(0, f"数据库缺少或改动了库外文件中的检查点（{one.get('at')}）。")
    by_size: dict[int, list[dict[str, object]]] = {}
    known = keys.known()
    for one in [*kept, *(row for row in stored if row not in kept)]:
        report.checkpoints += 1
        if not _is_ours(one, known):
            report.add(0, f"检查点（{one.get('at')}）的签名不符。")
        else:
            by_size.setdefault(int(str(one["size"])), []).append(one)
    return by_size


def _is_ours(statement: dict[str, object], known: list[keys.KnownKey]) -> bool:
    """Whether a key signed it that stood for a log of this size."""
    body = {key: value for key, value in statement.items() if key != "signature"}
    size, public, start = int(str(body.get("size", -1))), body.get("public_key"), 0
    for key in known:
        if key.public == public and start <= size <= (key.until or size):
            break
        start = key.until or 0
    else:
        return False
    return body.get("origin") == ORIGIN and keys.is_signed(
        canonical_json.dump(canonical_json.plain(body)),
        str(statement.get("signature", "")),
        key.public,
    )


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return text.encode()
