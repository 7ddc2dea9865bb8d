"""Whole numbers out of what a form or an address carries."""

MOST_DIGITS = 9  # a database's smallest integer column holds them


def typed_number(text: str | None, *, otherwise: int) -> int:
    """Return a whole number of at most nine ASCII digits, else `otherwise`.

    `int` alone raises on 5,000 digits, and a database on 20.
    """
    if text and text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS:
        return int(text)
    return otherwise
