"""Chinese numerals: 一, 十四, 一百零二, 一万二千; and digits one by one, 二〇二六.

`NUMERAL` finds the numerals below a hundred with which articles are counted.
"""

DIGITS = "零一二三四五六七八九"
NUMERAL = "[一二三四五六七八九十]+"
LARGEST = 10**12
_PLACES = ("", "十", "百", "千")
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = ("", "万", "亿")
_YEAR_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def format_numeral(number: int) -> str:
    """Return 0 … 10^12 - 1 as a Chinese numeral: 零, 十, 十四, 二十, 一百零二.

    Raises:
        ValueError: negative, or 10^12 and more.
    """
    if not 0 <= number < LARGEST:
        raise ValueError(f"not a number to write: {number}")
    if number == 0:
        return DIGITS[0]
    text = ""
    for place in (2, 1, 0):
        group = number // 10_000**place % 10_000
        if group:
            above = number // 10_000 ** (place + 1) % 10_000
            gap = text and (group < 1000 or not above)
            text += ("零" if gap else "") + _group(group) + _GROUPS[place]
    return text.removeprefix("一") if text.startswith("一十") else text


def parse_numeral(text: str) -> int:
    """Return the number that `text` (一 … 九千九百九十九亿…) writes.

    Raises:
        ValueError: the text is no numeral as `format_numeral` writes them.
    """
    number = _read(text)
    if number == 0 or format_numeral(number) != text:
        raise ValueError(f"not a Chinese numeral: {text}")
    return number


def write_digits(number: int) -> str:
    """Return a number digit by digit with a round zero, as years are: 二〇二六."""
    return "".join(
        "〇" if digit == "0" else DIGITS[int(digit)] for digit in str(number)
    )


def _group(group: int) -> str:
    text, pending_zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if pending_zero and text else "") + DIGITS[digit]
            text += _PLACES[place]
        pending_zero = digit == 0
    return text


def _read(text: str) -> int:
    total = section = digit = 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in _WEIGHTS:
            section += (digit or 1) * _WEIGHTS[character]
            digit = 0
        elif character in _GROUPS[1:]:
            total += (section + digit) * 10_000 ** _GROUPS.index(character)
            section = digit = 0
        else:
            return 0
    return total + section + digit
