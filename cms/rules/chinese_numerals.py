"""Chinese numerals up to 九十九, as the plan numbers its articles."""

NUMERAL = "[一二三四五六七八九十]+"
_DIGITS = "零一二三四五六七八九"


def parse_numeral(text: str) -> int:
    """Return the number that `text` (一 … 九十九) writes.

    Raises:
        ValueError: the text is no such numeral.
    """
    tens, ten, ones = text.partition("十")
    if not ten:
        tens, ones = "", text
    value = 10 * (_digit(tens) if tens else 1) if ten else 0
    return value + (_digit(ones) if ones or not ten else 0)


def _digit(character: str) -> int:
    if len(character) != 1 or character == "零":
        raise ValueError(f"not a Chinese numeral: {character}")
    return _DIGITS.index(character)


def format_numeral(number: int) -> str:
    """Return 1 … 99 as the plan writes it: 一, 十, 十四, 二十."""
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")
