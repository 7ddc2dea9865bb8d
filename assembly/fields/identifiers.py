"""Numbers of parties and rights, and how to reach people. Never echoed in messages."""

import re

from assembly.fields.refusal import Refusal, shown
from assembly.fields.text import plain_text
from notation.check_digits import (
    is_credit_code,
    is_identity_number,
    mobile_digits,
    normalize,
    patent_check_digit,
    split_patent_number,
)

_LANDLINE = re.compile(
    r"(0[0-9]{2,3})-?([2-9][0-9]{6,7})(?:(?:-|转|EXT\.?)([0-9]{1,6}))?"
)
_SERVICE = re.compile(r"(400|800)-?([0-9]{3})-?([0-9]{4})")
_DASHES = str.maketrans("－—–‐()（）", "------" + "--")
_EMAIL = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_%+-])?"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}"
)


def read_credit_code(value: object) -> str:
    """Return a 统一社会信用代码; refuses with E-ID-01."""
    code = normalize(plain_text(value))
    if not is_credit_code(code):
        raise Refusal("E-ID-01")
    return code


def read_identity_number(value: object) -> str:
    """Return a 居民身份证号; refuses with E-ID-02."""
    number = normalize(plain_text(value))
    if not is_identity_number(number):
        raise Refusal("E-ID-02")
    return number


def read_patent_number(value: object) -> str:
    """Return a 专利号 or 申请号 as `[ZL]digits.check`; E-ID-03, E-ID-04."""
    parts = split_patent_number(normalize(plain_text(value)))
    if parts is None:
        raise Refusal("E-ID-04")
    prefix, body, digit = parts
    right = patent_check_digit(body)
    if digit != right:
        raise Refusal("E-ID-03", x=right)
    return f"{prefix}{body}.{digit}"


def read_phone(value: object) -> str:
    """Return a mobile number, or a landline as 0772-2800000; E-AS-52."""
    text = plain_text(value)
    if mobile := mobile_digits(text):
        return mobile
    plain = normalize(text).translate(_DASHES).strip("-").replace("--", "-")
    plain = re.sub(r"^(?:\+|00)86-?(?=[1-9])", "0", plain)
    match = _LANDLINE.fullmatch(plain) or _SERVICE.fullmatch(plain)
    if match is None:
        raise Refusal("E-AS-52")
    return "-".join(part for part in match.groups() if part)


def read_email(value: object) -> str:
    """Return an e-mail address; E-AS-53."""
    text = plain_text(value)
    if len(text) > 254 or not _EMAIL.fullmatch(text) or ".." in text:
        raise Refusal("E-AS-53", value=shown(text))
    return text
