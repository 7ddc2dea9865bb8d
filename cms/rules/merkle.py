"""Merkle tree of RFC 9162 §2.1: leaf and node hashes, roots, both proofs.

Everything takes the digest function, so that one log has a SHA-256 and an SM3
tree. A tree is read through `hash_of(start, end)`, the hash of the leaves in
that half-open range; who stores subtrees can answer without reading leaves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Digest = Callable[[bytes], bytes]
RangeHash = Callable[[int, int], bytes]


def leaf_hash(digest: Digest, entry: bytes) -> bytes:
    """Return the hash of a leaf: H(0x00 ‖ entry)."""
    return digest(b"\x00" + entry)


def node_hash(digest: Digest, left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: H(0x01 ‖ left ‖ right)."""
    return digest(b"\x01" + left + right)


def split(size: int) -> int:
    """Return the largest power of two below `size` (2 or more)."""
    return 1 << ((size - 1).bit_length() - 1)


def root_of(digest: Digest, leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes; an empty tree has H()."""
    tree = Accumulator(digest)
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


@dataclass
class Accumulator:
    """A growing tree that keeps only the roots of its full subtrees."""

    digest: Digest
    size: int = 0
    _peaks: list[tuple[int, bytes]] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash on the right."""
        self._add(1, leaf)

    def append_tree(self, tree: "Accumulator") -> None:
        """Add the leaves of a full tree (2^n of them) whose place is aligned."""
        self._add(tree.size, tree.root())

    def root(self, tail: "Accumulator | None" = None) -> bytes:
        """Return the root over all leaves so far, those of `tail` behind them."""
        peaks = [*self._peaks, *tail._peaks] if tail else self._peaks
        if not peaks:
            return self.digest(b"")
        node = peaks[-1][1]
        for _, left in reversed(peaks[:-1]):
            node = node_hash(self.digest, left, node)
        return node

    def _add(self, width: int, node: bytes) -> None:
        self.size += width
        peaks, digest = self._peaks, self.digest
        while peaks and peaks[-1][0] == width:
            node = digest(b"\x01" + peaks.pop()[1] + node)
            width *= 2
        peaks.append((width, node))


def inclusion_path(index: int, size: int, hash_of: RangeHash) -> list[bytes]:
    """Return the audit path of leaf `index` (from 0) in a tree of `size`.

    Raises:
        IndexError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            path.append(hash_of(middle, end))
            end = middle
        else:
            path.append(hash_of(start, middle))
            start = middle
    return path[::-1]


def consistency_path(first: int, second: int, hash_of: RangeHash) -> list[bytes]:
    """Return the proof that the tree of `first` leaves is a prefix of `second`.

    Raises:
        IndexError: not 0 < first <= second.
    """
    if not 0 < first <= second:
        raise IndexError(f"{first} of {second}")
    path: list[bytes] = []
    start, end, whole = 0, second, True
    while first != end:
        middle = start + split(end - start)
        if first <= middle:
            path.append(hash_of(middle, end))
            end = middle
        else:
            path.append(hash_of(start, middle))
            start, whole = middle, False
    if not whole:
        path.append(hash_of(start, end))
    return path[::-1]


def root_from_path(
    digest: Digest, leaf: bytes, index: int, size: int, path: Sequence[bytes]
) -> bytes | None:
    """Return the root that an audit path leads to (RFC 9162 §2.1.3.2).

    None where the path has the wrong length; the caller compares the root.
    """
    if index >= size:
        return None
    fn, sn, node = index, size - 1, leaf
    for part in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            node = node_hash(digest, part, node)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = node_hash(digest, node, part)
        fn, sn = fn >> 1, sn >> 1
    return node if sn == 0 else None


def is_consistent(
    digest: Digest,
    sizes: tuple[int, int],
    roots: tuple[bytes, bytes],
    path: Sequence[bytes],
) -> bool:
    """Whether a proof shows that the second tree extends the first (§2.1.4.2)."""
    first, second = sizes
    if first == second:
        return not path and roots[0] == roots[1]
    if not 0 < first < second:
        return False
    nodes = list(path)
    if first & (first - 1) == 0:
        nodes.insert(0, roots[0])
    if not nodes:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = nodes[0]
    for part in nodes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = node_hash(digest, part, old), node_hash(digest, part, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node_hash(digest, new, part)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and (old, new) == roots
