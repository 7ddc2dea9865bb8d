"""Proofs for third parties: an entry is in the log, the log only grew."""

from cms.core.evidence import tree
from cms.core.evidence.checkpoints import published
from cms.core.evidence.entries import DIGESTS
from cms.core.models import Checkpoint, EvidenceEntry


def prove_inclusion(sequence: int) -> dict[str, object]:
    """Return leaf hashes, audit paths and the first checkpoint that covers them.

    The content is not shown: who holds the entry's canonical text can hash it.

    Raises:
        LookupError: no such entry, or no checkpoint covers it yet.
    """
    entry = EvidenceEntry.objects.filter(sequence=sequence).first()
    if entry is None:
        raise LookupError("没有该序号的存证记录。")
    point = Checkpoint.objects.filter(size__gte=sequence).order_by("id").first()
    if point is None:
        raise LookupError("该记录尚未进入检查点，请次日再查。")
    paths = {
        name: _hex(tree.StoredTree(name).inclusion_path(sequence, point.size))
        for name in DIGESTS
    }
    return {
        "sequence": sequence,
        "leaf": {"sha256": entry.sha256, "sm3": entry.sm3},
        "path": paths,
        "checkpoint": published(point),
    }


def prove_consistency(first: int, second: int) -> dict[str, object]:
    """Return the RFC 9162 proofs between two sizes.

    Raises:
        LookupError: not 0 < first <= second <= size of the log.
    """
    if not 0 < first <= second <= tree.size():
        raise LookupError("条数超出存证记录的范围。")
    paths = {
        name: _hex(tree.StoredTree(name).consistency_path(first, second))
        for name in DIGESTS
    }
    return {"first": first, "second": second, "path": paths}


def _hex(path: list[bytes]) -> list[str]:
    return [node.hex() for node in path]
