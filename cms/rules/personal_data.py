"""Finds and masks personal data in text that is to be public (CC-09, E-SE-02)."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cms.rules.labels import LabeledEnum
from cms.rules.violations import RuleViolation
from notation.check_digits import is_birth_date, is_identity_number
from notation.masking import (
    mask_account,
    mask_email,
    mask_identity_number,
    mask_phone,
)


class PersonalDataKind(LabeledEnum):
    """What kind of personal data was found."""

    IDENTITY_NUMBER = "identity_number", "身份证号"
    MOBILE = "mobile", "手机号"
    BANK_ACCOUNT = "bank_account", "银行账号"
    PASSPORT = "passport", "出入境证件号"
    ADDRESS = "address", "住址"
    LANDLINE = "landline", "座机号"
    EMAIL = "email", "电子邮箱"


# Office numbers and mailboxes are no secret; rooms that want them gone say so.
DEFAULT_KINDS = frozenset(PersonalDataKind) - {
    PersonalDataKind.LANDLINE,
    PersonalDataKind.EMAIL,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A find: its kind, its masked text, and its place in the original text."""

    kind: PersonalDataKind
    masked: str
    start: int
    end: int

    def __str__(self) -> str:
        """Return kind and masked text, fit for a message."""
        return f"{self.kind.label}{self.masked}"


_SEPARATOR = "[ \\t\u00a0\u3000\u200b-\u200d\u2060\ufeff\\-\u2010-\u2015.·_/]{0,2}"
_BEFORE, _AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_IDENTITY = re.compile(
    rf"{_BEFORE}(?=([1-9](?:{_SEPARATOR}[0-9]){{16}}{_SEPARATOR}[0-9Xx]){_AFTER})"
)
_SHORT_IDENTITY = re.compile(rf"{_BEFORE}([1-9][0-9]{{14}}){_AFTER}")
_NAMED_IDENTITY = re.compile(
    r"身份证(?:件|号|号码|编号|明)*[^0-9\n]{0,8}([1-9][0-9]{13,16}[0-9Xx])" + _AFTER
)
_MOBILE = re.compile(
    rf"(?<![0-9])(?=((?:(?:\+|00)?86{_SEPARATOR})?"
    rf"(1{_SEPARATOR}[3-9](?:{_SEPARATOR}[0-9]){{9}}))(?![0-9A-Za-z]))"
)
_GROUPINGS = frozenset(
    {
        (11,),
        (3, 4, 4),
        (3, 3, 5),
        (4, 4, 3),
        (4, 3, 4),
        (3, 8),
        (5, 6),
        (7, 4),
        (3, 4, 2, 2),
        (1,) * 11,
    }
)
_CHINESE_DIGITS = str.maketrans("〇零○一幺二三四五六七八九", "0001123456789")
_CHINESE_NUMBER = re.compile("[〇零○一幺二三四五六七八九]{11,18}")
_MOBILE_LABELS = re.compile(r"(?i)(?:tel|phone|mobile|mob|wx|vx|wechat)[:.]? ?\Z")
_AMOUNT_BEFORE = re.compile(r"(?:[¥￥$€]|人民币|金额|[0-9][.,]) ?\Z")
_AMOUNT_AFTER = re.compile(
    r"(?:[.,][0-9]+)? ?(?:元|万|亿|[%％‰]|美元|欧元|吨|公斤|千克|立方|平方|件|台|套|次)"
    r"|[.][0-9]"
)
_CARD = re.compile(
    rf"{_BEFORE}(?=([3-69][0-9]{{3}}(?:([ \-]?)[0-9]{{4}})(?:\2[0-9]{{4}}){{2}}"
    rf"(?:\2[0-9]{{1,3}})?){_AFTER})"
)
# Issuers met in China: UnionPay, ICBC's old cards; Visa and Mastercard have 16.
_CARD_ISSUER = re.compile(
    r"6[02][0-9]{14,17}|955[89][0-9]{12,15}|(?:4|5[1-5])[0-9]{14,15}"
)
_NAMED_ACCOUNT = re.compile(
    r"(?:[账帐](?:号|户)|卡号|开户行?)[^0-9\n]{0,20}([0-9](?:[ \-]?[0-9]){8,24})"
    + _AFTER
)
_PASSPORT = re.compile(rf"{_BEFORE}(E[0-9]{{8}}|E[A-HJ-NP-Z][0-9]{{7}}){_AFTER}")
_NAMED_PASSPORT = re.compile(
    r"(?i:护照|passport|通行证|台胞证|居留证)[^0-9A-Za-z\n]{0,8}(?:No\.?\s?)?"
    rf"([A-Za-z]{{1,2}}[0-9]{{7,9}}){_AFTER}"
)
_ADDRESS = re.compile(
    r"[0-9一二三四五六七八九十A-Za-z]{1,4}\s?(?:栋|幢|号楼|座)[^，。；\n]{0,4}?"
    r"[0-9一二三四五六七八九十]{1,3}\s?单元[^，。；\n]{0,4}?[0-9]{3,4}\s?[室房号]?"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.])(?:[(（]0[1-9][0-9]{1,2}[)）][ \-]?|0[1-9][0-9]{1,2}[ \-])"
    r"[2-8][0-9]{6,7}(?![0-9A-Za-z])"
)
_EMAIL = re.compile(
    r"(?<![0-9A-Za-z._%+-])[0-9A-Za-z._%+-]{1,64}@(?:[0-9A-Za-z-]{1,63}\.){1,4}[A-Za-z]{2,24}"
)
# A number that its sentence calls something else is not taken for a card.
_OTHER_NUMBER = re.compile(
    r"(?:编号|登记号|登记编号|备案号|文号|代码|专利号|申请号|公开号|订单号|合同号|流水号"
    r"|货号|型号|图号|批号|标准号|ISBN|ISSN|DOI|SKU)[^0-9\n]{0,6}\Z",
    re.IGNORECASE,
)
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")


def find_personal_data(
    text: str, *, kinds: frozenset[PersonalDataKind] = DEFAULT_KINDS
) -> list[Hit]:
    """Return the finds in order of place; digits of any script are read.

    Numbers whose own check digit fails are left alone unless the sentence
    names them (身份证号, 账号, 护照), so that patent numbers, credit codes,
    amounts and registration numbers pass.
    """
    plain = "".join(_plain(character) for character in text)
    hits: list[Hit] = []
    for kind, find in _FINDERS:
        if kind not in kinds:
            continue
        for start, end, masked in find(plain):
            if all(end <= hit.start or start >= hit.end for hit in hits):
                hits.append(Hit(kind, masked, start, end))
    return sorted(hits, key=lambda hit: hit.start)


def check_public_text(
    text: str,
    *,
    field: str = "",
    kinds: frozenset[PersonalDataKind] = DEFAULT_KINDS,
) -> None:
    """Refuse personal data in a text that is to be public.

    Raises:
        RuleViolation: E-SE-02 with the masked finds.
    """
    hits = find_personal_data(text, kinds=kinds)
    if hits:
        found = "、".join(dict.fromkeys(str(hit) for hit in hits))
        raise RuleViolation("E-SE-02", field=field, hit=found)


def _plain(character: str) -> str:
    """Return one half-width character for one, so that places stay."""
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    code = ord(character)
    return chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else character


Find = tuple[int, int, str]


def _digits(text: str) -> str:
    return re.sub(r"[^0-9Xx]", "", text)


def _before(plain: str, start: int) -> str:
    return plain[max(0, start - 16) : start]


def _identity_numbers(plain: str) -> Iterator[Find]:
    for match in _IDENTITY.finditer(plain):
        number = _digits(match[1]).upper()
        if is_identity_number(number):
            yield match.start(1), match.end(1), mask_identity_number(number)
    for match in _SHORT_IDENTITY.finditer(plain):
        number = match[1]
        is_dated = is_birth_date(f"19{number[6:12]}")
        if _PROVINCE.match(number) and is_dated and not _is_other(plain, match):
            yield match.start(1), match.end(1), mask_identity_number(number)
    for match in _NAMED_IDENTITY.finditer(plain):
        yield match.start(1), match.end(1), mask_identity_number(match[1])
    for start, end, number in _chinese_numbers(plain):
        if is_identity_number(number):
            yield start, end, mask_identity_number(number)


def _is_other(plain: str, match: re.Match[str]) -> bool:
    return _OTHER_NUMBER.search(_before(plain, match.start(1))) is not None


def _chinese_numbers(plain: str) -> Iterator[Find]:
    for match in _CHINESE_NUMBER.finditer(plain):
        yield match.start(), match.end(), match[0].translate(_CHINESE_DIGITS)


def _mobiles(plain: str) -> Iterator[Find]:
    for match in _MOBILE.finditer(plain):
        if _is_grouped_as_phone(plain, match) and not _is_amount(plain, match):
            yield match.start(1), match.end(1), mask_phone(_digits(match[2]))
    for start, end, number in _chinese_numbers(plain):
        if re.fullmatch(r"1[3-9][0-9]{9}", number):
            yield start, end, mask_phone(number)


def _is_grouped_as_phone(plain: str, match: re.Match[str]) -> bool:
    """Whether blanks and dashes stand where a phone number has them."""
    gaps = re.findall(r"[^0-9]+", match[2])
    groups = tuple(len(part) for part in re.findall(r"[0-9]+", match[2]))
    before = _before(plain, match.start(1))
    after = plain[match.end(1) : match.end(1) + 4]
    if groups not in _GROUPINGS or len(set(gaps)) > 1:
        return False
    if gaps:
        gap = re.escape(gaps[0])
        if re.search(rf"[0-9]{gap}\Z", before) or re.match(f"{gap}[0-9]", after):
            return False
    return not re.search(r"[A-Za-z_]\Z", before) or bool(_MOBILE_LABELS.search(before))


def _is_amount(plain: str, match: re.Match[str]) -> bool:
    before = _before(plain, match.start(1))
    after = plain[match.end(1) : match.end(1) + 24]
    return bool(_AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(after))


def _accounts(plain: str) -> Iterator[Find]:
    for match in _CARD.finditer(plain):
        number = _digits(match[1])
        is_card = _CARD_ISSUER.fullmatch(number) and _passes_luhn(number)
        if is_card and not _is_other(plain, match):
            yield match.start(1), match.end(1), mask_account(number)
    for match in _NAMED_ACCOUNT.finditer(plain):
        yield match.start(1), match.end(1), mask_account(_digits(match[1]))


def _passes_luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _passports(plain: str) -> Iterator[Find]:
    for match in _NAMED_PASSPORT.finditer(plain):
        yield match.start(1), match.end(1), mask_account(match[1])
    for match in _PASSPORT.finditer(plain):
        if not _is_other(plain, match):
            yield match.start(1), match.end(1), mask_account(match[1])


def _addresses(plain: str) -> Iterator[Find]:
    for match in _ADDRESS.finditer(plain):
        yield match.start(), match.end(), f"{match[0][:1]}***"


def _landlines(plain: str) -> Iterator[Find]:
    for match in _LANDLINE.finditer(plain):
        yield match.start(), match.end(), mask_account(_digits(match[0]))


def _emails(plain: str) -> Iterator[Find]:
    for match in _EMAIL.finditer(plain):
        yield match.start(), match.end(), mask_email(match[0])


_FINDERS: tuple[tuple[PersonalDataKind, Callable[[str], Iterator[Find]]], ...] = (
    (PersonalDataKind.IDENTITY_NUMBER, _identity_numbers),
    (PersonalDataKind.BANK_ACCOUNT, _accounts),
    (PersonalDataKind.MOBILE, _mobiles),
    (PersonalDataKind.PASSPORT, _passports),
    (PersonalDataKind.ADDRESS, _addresses),
    (PersonalDataKind.LANDLINE, _landlines),
    (PersonalDataKind.EMAIL, _emails),
)
