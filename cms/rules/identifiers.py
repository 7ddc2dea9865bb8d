"""Numbers of parties and rights, refused in the register's words (CC-10)."""

from datetime import date

from cms.rules.violations import RuleViolation
from notation.check_digits import (
    is_credit_code,
    is_identity_number,
    mobile_digits,
    normalize,
    patent_check_digit,
    split_patent_number,
)


def check_credit_code(text: str, *, field: str = "credit_code") -> str:
    """Return the normalized 统一社会信用代码.

    Raises:
        RuleViolation: E-ID-01.
    """
    code = normalize(text)
    if not is_credit_code(code):
        raise RuleViolation("E-ID-01", field=field)
    return code


def check_identity_number(
    text: str, *, today: date | None = None, field: str = "identity_number"
) -> str:
    """Return the normalized 居民身份证号; one born after `today` is refused.

    Raises:
        RuleViolation: E-ID-02.
    """
    number = normalize(text)
    if not is_identity_number(number):
        raise RuleViolation("E-ID-02", field=field)
    if today is not None and number[6:14] > today.strftime("%Y%m%d"):
        raise RuleViolation("E-ID-02", field=field)
    return number


def check_patent_number(text: str, *, field: str = "patent_number") -> str:
    """Return the number as `[ZL]digits.check`; a `CN` prefix is dropped.

    Raises:
        RuleViolation: E-ID-04 (not 8 or 12 digits and a check digit),
            E-ID-03 with the right check digit.
    """
    parts = split_patent_number(normalize(text))
    if parts is None:
        raise RuleViolation("E-ID-04", field=field)
    prefix, body, digit = parts
    right = patent_check_digit(body)
    if digit != right:
        raise RuleViolation("E-ID-03", field=field, x=right)
    return f"{prefix}{body}.{digit}"


def check_mobile(text: str, *, field: str = "phone") -> str:
    """Return a mainland mobile number as 11 digits.

    Raises:
        RuleViolation: E-ID-05.
    """
    number = mobile_digits(text)
    if not number:
        raise RuleViolation("E-ID-05", field=field)
    return number
