"""Sets of positions as integers: bit p stands for the row at position p."""

from collections.abc import Iterable

_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


def union(bitmaps: Iterable[int]) -> int:
    """Return the positions that are in any of the bitmaps."""
    result = 0
    for bitmap in bitmaps:
        result |= bitmap
    return result


def intersect(start: int, bitmaps: Iterable[int]) -> int:
    """Return the positions of `start` that are in all of the bitmaps."""
    for bitmap in bitmaps:
        start &= bitmap
    return start


def bitmap_at(positions: Iterable[int], size: int) -> int:
    """Return the bitmap with these positions, all below `size`."""
    octets = bytearray(size // 8 + 1)
    for position in positions:
        octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")


def bitmap_of(flags: list[bool]) -> int:
    """Return the bitmap of the positions whose flag is set."""
    return bitmap_at((p for p, flag in enumerate(flags) if flag), len(flags))


def flags_of_bitmap(bitmap: int, size: int) -> bytes:
    """Return one byte (0 or 1) per position, lowest first."""
    digits = bin(bitmap)[:1:-1].encode()
    return digits.ljust(size, b"0").translate(_FLAGS)[:size]
