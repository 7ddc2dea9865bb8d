"""Check digits and shapes of the numbers that Chinese papers carry (CC-10)."""

import re
from datetime import date

# GB 32100-2015: no I, O, S, V, Z, which read like digits or like each other.
CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(
    rf"[{CREDIT_CODE_ALPHABET}]{{2}}[0-9]{{6}}"
    rf"[{CREDIT_CODE_ALPHABET}]{{10}}"
)
_CREDIT_CODE_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

# GB 11643-1999: ISO 7064 MOD 11-2 over the first 17 digits.
_IDENTITY_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]")
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECK_DIGITS = "10X98765432"
_EARLIEST_BIRTH = date(1850, 1, 1)

_MOBILE = re.compile(r"1[3-9][0-9]{9}")

# Twelve digits since October 2003, eight before; the dot is often left out.
_PATENT_NUMBER = re.compile(r"(?:ZL|CN)?([0-9]{12}|[0-9]{8})\.?([0-9X])")
_PATENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9)

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def to_half_width(text: str) -> str:
    """Return text with full-width letters, digits and blanks as half-width ones."""
    return text if text.isascii() else text.translate(_FULL_WIDTH)


def normalize(text: str) -> str:
    """Return half-width capitals without blanks, as the numbers are stored."""
    return re.sub(r"\s", "", to_half_width(text)).upper()


def credit_code_check_digit(body: str) -> str:
    """Return the 18th character of a 统一社会信用代码 (GB 32100, mod 31)."""
    total = sum(
        CREDIT_CODE_ALPHABET.index(character) * weight
        for character, weight in zip(body, _CREDIT_CODE_WEIGHTS, strict=True)
    )
    return CREDIT_CODE_ALPHABET[-total % 31]


def is_credit_code(text: str) -> bool:
    """Whether an already normalized text is a valid 统一社会信用代码.

    The digit inside the embedded organization code (GB 11714) is not asked
    for: codes with a wrong one are in circulation.
    """
    return bool(_CREDIT_CODE.fullmatch(text)) and (
        credit_code_check_digit(text[:17]) == text[17]
    )


def identity_check_digit(body: str) -> str:
    """Return the 18th character of a 居民身份证号 (GB 11643, mod 11-2)."""
    total = sum(
        int(digit) * weight
        for digit, weight in zip(body, _IDENTITY_WEIGHTS, strict=True)
    )
    return _IDENTITY_CHECK_DIGITS[total % 11]


def is_identity_number(text: str) -> bool:
    """Whether a normalized text is an 18-character 居民身份证号.

    Only birth date and check digit are judged; the county's code is not,
    because counties are renamed and renumbered after people are born.
    """
    if not _IDENTITY_NUMBER.fullmatch(text):
        return False
    return is_birth_date(text[6:14]) and identity_check_digit(text[:17]) == text[17]


def is_birth_date(digits: str) -> bool:
    """Whether YYYYMMDD is a day on which a holder may have been born."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return born >= _EARLIEST_BIRTH


def patent_check_digit(body: str) -> str:
    """Return the digit after the dot of a 专利号/申请号 of 8 or 12 digits."""
    total = sum(
        int(digit) * _PATENT_WEIGHTS[place % 8] for place, digit in enumerate(body)
    )
    return "0123456789X"[total % 11]


def is_patent_number(text: str) -> bool:
    """Whether a normalized text is a valid 专利号 or 申请号, dotted or not."""
    match = _PATENT_NUMBER.fullmatch(text)
    return match is not None and patent_check_digit(match[1]) == match[2]


def split_patent_number(text: str) -> tuple[str, str, str] | None:
    """Return (`ZL` or nothing, digits, check digit) of a normalized number.

    None when it has not 8 or 12 digits and a check digit; the check digit itself
    is not judged. A `CN` prefix is dropped.
    """
    match = _PATENT_NUMBER.fullmatch(text)
    if match is None:
        return None
    return "ZL" if text.startswith("ZL") else "", match[1], match[2]


def mobile_digits(text: str) -> str:
    """Return the 11 digits of a mainland mobile number, or an empty text."""
    number = re.sub(r"^(?:\+|00)?86(?=1)", "", normalize(text).replace("-", ""))
    return number if _MOBILE.fullmatch(number) else ""
