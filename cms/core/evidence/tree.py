"""Roots and proofs of the stored log, read from tiles and few leaves."""

from functools import lru_cache

from cms.core.evidence.entries import DIGESTS, TILE
from cms.core.models import EvidenceEntry, EvidenceTile
from cms.rules import merkle


class StoredTree:
    """One of the two trees (`sha256` or `sm3`) at a given size."""

    def __init__(self, algorithm: str) -> None:
        """Read the tiles of the algorithm (1 query)."""
        self.algorithm = algorithm
        self.digest = DIGESTS[algorithm]
        tiles = EvidenceTile.objects.order_by("position")
        self._tiles = [
            bytes.fromhex(one) for one in tiles.values_list(algorithm, flat=True)
        ]
        self._leaves = lru_cache(maxsize=8)(self._read_leaves)

    def root(self, size: int) -> bytes:
        """Return the root over the first `size` entries."""
        return self.hash_of(0, size)

    def inclusion_path(self, sequence: int, size: int) -> list[bytes]:
        """Return the audit path of an entry (numbered from 1) in a tree."""
        return merkle.inclusion_path(sequence - 1, size, self.hash_of)

    def consistency_path(self, first: int, second: int) -> list[bytes]:
        """Return the proof that the second tree extends the first."""
        return merkle.consistency_path(first, second, self.hash_of)

    def hash_of(self, start: int, end: int) -> bytes:
        """Return the hash of the leaves in [start, end)."""
        width = end - start
        if width == TILE and start % TILE == 0:
            return self._tiles[start // TILE]
        if width <= TILE:
            tile = start // TILE
            leaves = self._leaves(tile)[start - tile * TILE : end - tile * TILE]
            if len(leaves) != width:
                raise LookupError(f"entries {start + 1}–{end} are not all there")
            return merkle.root_of(self.digest, leaves)
        middle = start + merkle.split(width)
        return merkle.node_hash(
            self.digest, self.hash_of(start, middle), self.hash_of(middle, end)
        )

    def _read_leaves(self, tile: int) -> list[bytes]:
        rows = EvidenceEntry.objects.filter(
            sequence__gt=tile * TILE, sequence__lte=(tile + 1) * TILE
        ).order_by("sequence")
        return [
            bytes.fromhex(one) for one in rows.values_list(self.algorithm, flat=True)
        ]


def size() -> int:
    """Return how many entries the log has (its last number)."""
    last = EvidenceEntry.objects.order_by("-sequence").values_list("sequence").first()
    return last[0] if last else 0
