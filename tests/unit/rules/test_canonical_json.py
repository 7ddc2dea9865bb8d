"""Canonical JSON: equal content, equal bytes; what has no form is refused."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.rules.canonical_json import NotCanonical, dump, instant, plain
from cms.rules.roles import Role

SHANGHAI = timezone(timedelta(hours=8))
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "甲"]}, '{"a":[true,null,"甲"],"b":1}'),
        ({"金额": Decimal("1234567.80")}, '{"金额":"1234567.80"}'),
        (Decimal("1E+3"), '"1000"'),
        (date(2026, 11, 22), '"2026-11-22"'),
        (
            datetime(2026, 9, 25, 10, 0, 0, 7, tzinfo=SHANGHAI),
            '"2026-09-25T02:00:00.000007Z"',
        ),
        (("x", Role.BUREAU), '["x","STB"]'),
        ({"c", "a", "b"}, '["a","b","c"]'),
        (frozenset({2, 10}), "[10,2]"),
        ("e\u0301", '"é"'),
        ("\u20ac$\u000f\nA'\u0042\"\\/", '"€$\\u000f\\nA\'B\\"\\\\/"'),
        ({"\u20ac": 1, "\r": 2, "\U0001f600": 3, "\ufb33": 4, "1": 5}, None),
        ({}, "{}"),
        (-(2**53) + 1, "-9007199254740991"),
    ],
)
def test_value_has_one_text(value, text) -> None:
    if text is None:  # the key order of RFC 8785 §3.2.3: by UTF-16 code units
        # U+FB33 decomposes under NFC to two characters that start with U+05D3.
        text = '{"\\r":2,"1":5,"\u05d3\u05bc":4,"\u20ac":1,"\U0001f600":3}'

    assert dump(plain(value)).decode() == text


@given(DATA)
def test_text_survives_storing_and_reading(value) -> None:
    text = dump(plain(value))

    assert dump(plain(json.loads(text))) == text


def test_order_of_keys_does_not_matter() -> None:
    assert dump(plain({"b": 1, "a": 2})) == dump(plain({"a": 2, "b": 1}))


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        2**53,
        -(2**53),
        "a\x00",
        "\ud800",
        {1: "x"},
        pytest.param({"k": object()}, id="object"),
        datetime(2026, 9, 25, 10, 0),
        b"x",
    ],
    ids=repr,
)
def test_value_without_a_form_is_refused(value) -> None:
    with pytest.raises(NotCanonical):
        plain(value)


def test_instant_is_the_same_in_every_zone() -> None:
    there = datetime(2026, 1, 1, 0, 0, tzinfo=SHANGHAI)

    assert instant(there) == instant(there.astimezone(UTC))
    assert instant(there) == "2025-12-31T16:00:00.000000Z"
