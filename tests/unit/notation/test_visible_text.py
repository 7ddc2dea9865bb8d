"""Invisible characters are dropped; rare and private ones stay."""

import pytest

from notation.visible_text import visible


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 甲乙 ", "甲乙"),
        ("甲\u202e乙\u2069", "甲乙"),
        ("甲\u200b乙\ufeff\u00ad", "甲乙"),
        ("甲\x00\x07乙\ud800", "甲乙"),
        ("甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙丁"),
        ("甲\t乙", "甲 乙"),
        ("\u3000\u3000甲\u3000乙", "甲\u3000乙"),
        ("𠮷𱁬\U000323af\ue000", "𠮷𱁬\U000323af\ue000"),
        ("", ""),
    ],
    ids=[
        "blanks",
        "direction",
        "zero_width",
        "controls",
        "line_ends",
        "tab",
        "wide_blanks",
        "rare_and_private",
        "empty",
    ],
)
def test_text_is_what_is_seen(typed, kept):
    assert visible(typed) == kept


def test_line_has_no_line_end():
    assert visible("甲\r\n价格：1元\n", in_one_line=True) == "甲 价格：1元"
