"""Numbers: money to the fen, percentages, whole numbers, yes and no."""

import re
from collections.abc import Callable
from decimal import Decimal

from assembly.dictionary import Variable
from assembly.fields.refusal import Refusal, shown
from assembly.values import Money, Percent
from notation.check_digits import to_half_width
from notation.money import is_amount, read_amount

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*%?")
_WHOLE = re.compile(r"-?[0-9]{1,12}")
_HUNDRED = Decimal(100)
LARGEST_WHOLE = 10**9
_YES = frozenset({"是", "yes", "true"})
_NO = frozenset({"否", "no", "false"})


def read_money(value: object) -> Money:
    """Return an amount in yuan; a third decimal is refused, never rounded.

    Takes a text (`3,200,000.00`, full-width digits too), a Decimal or a number.

    Raises:
        Refusal: E-AS-03.
    """
    if isinstance(value, Decimal) and is_amount(value) and not value.is_signed():
        return Money(value.quantize(Decimal("0.01")))
    try:
        return Money(read_amount(to_half_width(_number_text(value))))
    except ValueError:
        raise Refusal("E-AS-03", value=shown(value)) from None


def read_percent(value: object) -> Percent:
    """Return a percentage from 0 to 100 with up to four decimals.

    Raises:
        Refusal: E-AS-46.
    """
    match = _PERCENT.fullmatch(to_half_width(_number_text(value)).strip())
    if match is None or (number := Decimal(match[1])) > _HUNDRED:
        raise Refusal("E-AS-46", value=shown(value))
    return Percent(number)


def integer_reader(variable: Variable) -> Callable[[object], int]:
    """Return the reader of a whole number; not below 0 unless `minimum` says so."""
    minimum = 0 if variable.minimum is None else variable.minimum
    maximum = LARGEST_WHOLE if variable.maximum is None else variable.maximum

    def read(value: object) -> int:
        text = to_half_width(_number_text(value)).strip()
        if not _WHOLE.fullmatch(text) or not minimum <= int(text) <= maximum:
            limits = {"minimum": minimum, "maximum": maximum}
            raise Refusal("E-AS-48", value=shown(value), **limits)
        return int(text)

    return read


def read_boolean(value: object) -> bool:
    """Return yes or no: true, false, 是, 否, yes, no.

    Raises:
        Refusal: E-AS-49.
    """
    if type(value) is bool:
        return value
    text = value.strip().lower() if isinstance(value, str) else ""
    if text in _YES or text in _NO:
        return text in _YES
    raise Refusal("E-AS-49", value=shown(value))


def _number_text(value: object) -> str:
    """Return a number as it was typed; anything else gives an empty text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ""
    return format(value, "f") if isinstance(value, Decimal) else repr(value)
