"""SM3 against the vectors of GB/T 32905-2016, annex A, and against OpenSSL."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.rules import sm3
from cms.rules.sm3 import choose, digest_by_openssl, digest_in_python

VECTORS = [
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
]


@pytest.mark.parametrize(
    ("message", "digest"), VECTORS, ids=["one-block", "two-blocks"]
)
@pytest.mark.parametrize("function", [digest_in_python, sm3.sm3])
def test_digest_equals_the_standards_vector(function, message, digest) -> None:
    assert function(message).hex() == digest


@pytest.mark.skipif(
    "sm3" not in hashlib.algorithms_available, reason="this OpenSSL has no SM3"
)
@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_both_implementations_agree(message: bytes) -> None:
    assert digest_in_python(message) == digest_by_openssl(message)


def test_python_serves_where_openssl_has_none() -> None:
    def absent(message: bytes) -> bytes:
        raise ValueError("unsupported hash type sm3")

    def present(message: bytes) -> bytes:
        return b"32 bytes"

    assert choose(absent) is digest_in_python
    assert choose(present) is present


def test_sha256_is_the_known_digest() -> None:
    assert sm3.sha256(b"").hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
