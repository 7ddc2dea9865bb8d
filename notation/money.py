"""Amounts of money: exact to the fen, in figures and in capital characters (AS-03).

Capital characters (大写) follow 正确填写票据和结算凭证的基本规定: one 零 for any run
of zeros inside the number, 整 after 元, nothing after 角 or 分.
"""

import re
from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万")
FEN = Decimal("0.01")
_SMALL = {"拾": 10, "佰": 100, "仟": 1000}
LARGEST = Decimal(10) ** 16
_AMOUNT = re.compile(
    r"(?:[0-9]{1,20}|[0-9]{1,3}(?:[,，][0-9]{3}){1,6})(?:\.[0-9]{1,2})?"
)
_UNITS = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
_SUM = re.compile(r"([0-9][0-9,，]*(?:\.[0-9]+)?)\s*(亿元|万元|元)(?!\s*[（(]大写)")
_BARE = re.compile(r"[¥￥]?\s*([0-9][0-9,，]*(?:\.[0-9]+)?)\s*()")


def read_amount(text: str) -> Decimal:
    """Return an amount in yuan with two places from text such as `1,234.50`.

    Commas stand between groups of three only: `1,5` may mean one and a half.

    Raises:
        ValueError: not an amount, negative, 10^16 or more, or with a third
            decimal (it is refused, never rounded).
    """
    plain = text.strip()
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(f"not an amount: {text}")
    amount = Decimal(plain.replace(",", "").replace("，", ""))
    if amount >= LARGEST:
        raise ValueError(f"not an amount: {text}")
    return amount.quantize(FEN)


def is_amount(amount: Decimal) -> bool:
    """Whether `amount` is 0 … 10^16 yuan (not included), exact to the fen."""
    if not amount.is_finite() or not 0 <= amount < LARGEST:
        return False
    return amount == amount.quantize(FEN)


def in_figures(amount: Decimal) -> str:
    """Return an amount in yuan as `¥1,234,567.89`."""
    return f"¥{amount:,.2f}"


def in_capitals(amount: Decimal) -> str:
    """Return an amount in yuan in capital characters, `贰拾万元整` for 200000.

    Raises:
        ValueError: negative, 10^16 or more, or finer than a fen.
    """
    if not is_amount(amount):
        raise ValueError(f"not an amount: {amount}")
    fen_total = int(amount * 100)
    yuan, (jiao, fen) = fen_total // 100, divmod(fen_total % 100, 10)
    text = f"{_whole(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return (text or "零元") + "整"
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif yuan:
        text += "零"
    return text + (f"{DIGITS[fen]}分" if fen else "")


def read_capitals(text: str) -> Decimal:
    """Return the amount that capital characters write, read by place values alone.

    It shares nothing with `in_capitals`, so that one can prove the other.

    Raises:
        ValueError: a character is none of them.
    """
    head, _, tail = text.partition("元") if "元" in text else ("", "", text)
    total = section = digit = 0
    for character in head:
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in _SMALL:
            section, digit = section + digit * _SMALL[character], 0
        elif character == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif character == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        else:
            raise ValueError(f"not an amount in capitals: {text}")
    jiao = DIGITS.index(tail[tail.index("角") - 1]) if "角" in tail else 0
    fen = DIGITS.index(tail[tail.index("分") - 1]) if "分" in tail else 0
    return Decimal(total + section + digit) + Decimal(jiao * 10 + fen) / 100


def in_both(amount: Decimal) -> str:
    """Return an amount in yuan as it is published: figures, then capitals."""
    return f"{in_figures(amount)}（大写：{in_capitals(amount)}）"


def with_capitals(text: str) -> str:
    """Return a text on a price with the capitals after each sum of yuan.

    A text that is nothing but a number is a sum of yuan. What is no amount to
    the fen stays as it is.
    """
    if whole := _BARE.fullmatch(text.strip()):
        amount = _amount_of(whole)
        return text if amount is None else in_both(amount)
    return _SUM.sub(_add_capitals, text)


def find_wrong_sum(text: str) -> str:
    """Return the first sum in `text` that is no amount, or an empty text."""
    whole = _BARE.fullmatch(text.strip())
    for found in [whole] if whole else _SUM.finditer(text):
        if _amount_of(found) is None:
            return found[0].strip()
    return ""


def _add_capitals(found: re.Match[str]) -> str:
    amount = _amount_of(found)
    return found[0] + ("" if amount is None else f"（大写：{in_capitals(amount)}）")


def _amount_of(found: re.Match[str]) -> Decimal | None:
    digits = found[1].replace(",", "").replace("，", "")
    amount = Decimal(digits) * _UNITS.get(found[2], Decimal(1))
    if amount >= LARGEST or amount != amount.quantize(FEN):
        return None
    return amount.quantize(FEN)


def _whole(number: int) -> str:
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        gap = place < len(groups) - 1 and (group < 1000 or not groups[place + 1])
        text += ("零" if gap else "") + _group(group) + GROUPS[place]
        if place == len(GROUPS) - 1 and not groups[2]:
            text += "亿"
    return text


def _group(group: int) -> str:
    text, pending_zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if pending_zero and text else "") + DIGITS[digit]
            text += PLACES[place]
            pending_zero = False
        else:
            pending_zero = True
    return text
