"""SM3 (GB/T 32905-2016) in plain Python, for an OpenSSL that lacks it."""

import hashlib
import struct
from collections.abc import Callable
from functools import cache

_MASK = 0xFFFFFFFF
_BLOCK = 64
_START = (
    *(0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600),
    *(0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E),
)
_EARLY_ROUNDS = 16


def _turn(word: int, bits: int) -> int:
    bits %= 32
    return ((word << bits) | (word >> (32 - bits))) & _MASK


def _expand(block: bytes) -> list[int]:
    words = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _turn(words[j - 3], 15)
        mixed ^= _turn(mixed, 15) ^ _turn(mixed, 23)
        words.append(mixed ^ _turn(words[j - 13], 7) ^ words[j - 6])
    return words


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = _expand(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < _EARLY_ROUNDS else 0x7A879D8A
        ss1 = _turn((_turn(a, 12) + e + _turn(constant, j)) & _MASK, 7)
        ss2 = ss1 ^ _turn(a, 12)
        if j < _EARLY_ROUNDS:
            ff, gg = a ^ b ^ c, e ^ f ^ g
        else:
            ff, gg = (a & b) | (a & c) | (b & c), (e & f) | (~e & _MASK & g)
        tt1 = (ff + d + ss2 + (words[j] ^ words[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + words[j]) & _MASK
        a, b, c, d = tt1, a, _turn(b, 9), c
        e, f, g, h = tt2 ^ _turn(tt2, 9) ^ _turn(tt2, 17), e, _turn(f, 19), g
    return tuple(
        old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True)
    )


def digest_in_python(message: bytes) -> bytes:
    """Return the 32-byte SM3 digest, computed here."""
    length = len(message)
    padding = b"\x80" + b"\x00" * ((55 - length) % _BLOCK)
    padded = message + padding + struct.pack(">Q", length * 8)
    state: tuple[int, ...] = _START
    for start in range(0, len(padded), _BLOCK):
        state = _compress(state, padded[start : start + _BLOCK])
    return struct.pack(">8I", *state)


def digest_by_openssl(message: bytes) -> bytes:
    """Return the digest from the system's OpenSSL; ValueError where it has none."""
    # Asking OpenSSL for the algorithm by name takes longer than a short hash.
    state = _fresh_state().copy()
    state.update(message)
    return state.digest()


@cache
def _fresh_state() -> "hashlib._Hash":
    return hashlib.new("sm3")


def choose(preferred: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Return `preferred` if it works on this machine, else the one in Python."""
    try:
        preferred(b"")
    except ValueError:
        return digest_in_python
    return preferred


sm3 = choose(digest_by_openssl)


def sha256(message: bytes) -> bytes:
    """Return the 32-byte SHA-256 digest."""
    return hashlib.sha256(message).digest()
