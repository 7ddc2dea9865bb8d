"""The tree of RFC 9162: known vectors, every small proof, every damaged one."""

from hashlib import sha256
from itertools import product

import pytest

from cms.rules import sm3
from cms.rules.merkle import (
    Accumulator,
    consistency_path,
    inclusion_path,
    is_consistent,
    leaf_hash,
    node_hash,
    root_from_path,
    root_of,
    split,
)

ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MOST = 20


def digest(content: bytes) -> bytes:
    return sha256(content).digest()


LEAVES = [leaf_hash(digest, entry) for entry in ENTRIES]
MANY = [leaf_hash(digest, bytes([n])) for n in range(MOST)]


def reader(leaves):
    return lambda start, end: root_of(digest, leaves[start:end])


def recursive_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162 §2.1.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else digest(b"")
    k = split(len(leaves))
    left, right = recursive_root(leaves[:k]), recursive_root(leaves[k:])
    return node_hash(digest, left, right)


@pytest.mark.parametrize("size", range(9))
def test_root_equals_the_known_vector(size: int) -> None:
    assert root_of(digest, LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize("size", range(MOST + 1))
def test_growing_tree_equals_the_definition(size: int) -> None:
    tree = Accumulator(digest)
    for leaf in MANY[:size]:
        tree.append(leaf)

    assert (tree.size, tree.root()) == (size, recursive_root(MANY[:size]))


@pytest.mark.parametrize(
    ("size", "below"), [(2, 1), (3, 2), (4, 2), (5, 4), (8, 4), (9, 8), (257, 256)]
)
def test_split_is_the_largest_power_below(size: int, below: int) -> None:
    assert split(size) == below


def test_known_inclusion_path() -> None:
    path = inclusion_path(0, 8, reader(LEAVES))

    assert [node.hex() for node in path] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


def test_known_consistency_path() -> None:
    path = consistency_path(6, 8, reader(LEAVES))

    assert [node.hex() for node in path] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_every_inclusion_path_leads_to_the_root() -> None:
    for size in range(1, MOST + 1):
        root = root_of(digest, MANY[:size])
        for index in range(size):
            path = inclusion_path(index, size, reader(MANY))
            leaf = MANY[index]

            assert root_from_path(digest, leaf, index, size, path) == root
            assert root_from_path(digest, leaf, index, size, [*path, root]) is None
            for other in range(size):
                led = root_from_path(digest, MANY[other], index, size, path)
                assert (led == root) == (other == index)
            for place in range(len(path)):
                cut = path[:place] + path[place + 1 :]
                assert root_from_path(digest, leaf, index, size, cut) != root


def test_every_consistency_path_holds_and_no_damaged_one() -> None:
    for second in range(1, MOST + 1):
        for first in range(1, second + 1):
            path = consistency_path(first, second, reader(MANY))
            roots = (root_of(digest, MANY[:first]), root_of(digest, MANY[:second]))
            sizes = (first, second)

            assert is_consistent(digest, sizes, roots, path)
            assert not is_consistent(digest, sizes, roots, [*path, roots[0]])
            for place in range(len(path)):
                damaged = [*path]
                damaged[place] = digest(damaged[place])
                assert not is_consistent(digest, sizes, roots, damaged)
            if first < second:
                assert not is_consistent(digest, sizes, roots[::-1], path)
                assert not is_consistent(digest, sizes, roots, path[:-1])


def test_proof_of_a_power_of_two_without_nodes_fails() -> None:
    roots = (root_of(digest, MANY[:3]), root_of(digest, MANY[:5]))

    assert not is_consistent(digest, (3, 5), roots, [])
    assert not is_consistent(digest, (5, 3), roots, [])
    assert not is_consistent(digest, (0, 3), roots, [])


def test_leaf_beyond_the_tree_has_no_path() -> None:
    with pytest.raises(IndexError):
        inclusion_path(8, 8, reader(LEAVES))
    with pytest.raises(IndexError):
        consistency_path(0, 8, reader(LEAVES))
    with pytest.raises(IndexError):
        consistency_path(9, 8, reader(LEAVES))
    assert root_from_path(digest, LEAVES[0], 8, 8, []) is None


def test_leaf_and_node_are_told_apart() -> None:
    for function, content in product((digest, sm3.sm3), (b"", b"x")):
        assert leaf_hash(function, content) == function(b"\x00" + content)
        assert node_hash(function, content, b"y") == function(b"\x01" + content + b"y")


@pytest.mark.parametrize("height", range(4))
@pytest.mark.parametrize("places", range(3))
def test_full_tree_is_added_whole(height: int, places: int):
    width = 1 << height
    leaves = [*MANY, *LEAVES][: width * (places + 1)]
    whole = Accumulator(digest)

    for start in range(0, len(leaves), width):
        part = Accumulator(digest)
        for leaf in leaves[start : start + width]:
            part.append(leaf)
        whole.append_tree(part)

    assert (whole.size, whole.root()) == (len(leaves), root_of(digest, leaves))
