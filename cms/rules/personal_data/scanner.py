"""Finds and masks personal data in text that is to be public (CC-09, E-SE-02)."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cms.rules.labels import LabeledEnum
from cms.rules.personal_data.patterns import (
    ADDRESS,
    AMOUNT_AFTER,
    AMOUNT_BEFORE,
    CARD,
    CARD_ISSUER,
    CHINESE_DIGITS,
    CHINESE_NUMBER,
    EMAIL,
    FEW_GAPS,
    GLUED_IDENTITY,
    GROUPINGS,
    IDENTITY,
    LANDLINE,
    MOBILE,
    MOBILE_LABELS,
    NAMED_ACCOUNT,
    NAMED_ADDRESS,
    NAMED_IDENTITY,
    NAMED_PASSPORT,
    OTHER_NUMBER,
    PASSPORT,
    PROVINCE,
    SHORT_IDENTITY,
    SPLIT_IDENTITY,
)
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
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) == "Zs":
        return " "
    code = ord(character)
    return chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else character


Find = tuple[int, int, str]


def _digits(text: str) -> str:
    return re.sub(r"[^0-9Xx]", "", text)


def _before(plain: str, start: int) -> str:
    return plain[max(0, start - 16) : start]


def _identity_numbers(plain: str) -> Iterator[Find]:
    for match in _with_check_digit(plain):
        number = _digits(match[1]).upper()
        yield match.start(1), match.end(1), mask_identity_number(number)
    for match in SHORT_IDENTITY.finditer(plain):
        number = match[1]
        is_dated = is_birth_date(f"19{number[6:12]}")
        if PROVINCE.match(number) and is_dated and not _is_other(plain, match):
            yield match.start(1), match.end(1), mask_identity_number(number)
    for match in NAMED_IDENTITY.finditer(plain):
        yield match.start(1), match.end(1), mask_identity_number(match[1])
    for start, end, number in _chinese_numbers(plain):
        if is_identity_number(number):
            yield start, end, mask_identity_number(number)


def _with_check_digit(plain: str) -> Iterator[re.Match[str]]:
    """Yield what is an identity number by date and check digit, however written."""
    for pattern, is_meant in (
        (IDENTITY, _always),
        (SPLIT_IDENTITY, _is_taken_apart),
        (GLUED_IDENTITY, _is_glued),
    ):
        for match in pattern.finditer(plain):
            number = _digits(match[1]).upper()
            if is_identity_number(number) and is_meant(plain, match):
                yield match


def _always(plain: str, match: re.Match[str]) -> bool:
    return True


def _is_taken_apart(plain: str, match: re.Match[str]) -> bool:
    """Whether the parts are few, or all alike: not a row of several numbers."""
    gaps = re.findall(r"[^0-9Xx]+", match[1])
    parts = {len(part) for part in re.findall(r"[0-9Xx]+", match[1])}
    if sum("\n" in gap for gap in gaps) > 1:
        return False
    return len(gaps) <= FEW_GAPS or len(parts | set(gaps)) == 2


def _is_glued(plain: str, match: re.Match[str]) -> bool:
    """Whether letters stand beside it, and nothing says that it is another number."""
    return bool(PROVINCE.match(match[1])) and not _is_other(plain, match)


def _is_other(plain: str, match: re.Match[str]) -> bool:
    return OTHER_NUMBER.search(_before(plain, match.start(1))) is not None


def _chinese_numbers(plain: str) -> Iterator[Find]:
    for match in CHINESE_NUMBER.finditer(plain):
        yield match.start(), match.end(), match[0].translate(CHINESE_DIGITS)


def _mobiles(plain: str) -> Iterator[Find]:
    for match in MOBILE.finditer(plain):
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
    if groups not in GROUPINGS or len(set(gaps)) > 1:
        return False
    if gaps:
        gap = re.escape(gaps[0])
        if re.search(rf"[0-9]{gap}\Z", before) or re.match(f"{gap}[0-9]", after):
            return False
    return not re.search(r"[A-Za-z_]\Z", before) or bool(MOBILE_LABELS.search(before))


def _is_amount(plain: str, match: re.Match[str]) -> bool:
    before = _before(plain, match.start(1))
    after = plain[match.end(1) : match.end(1) + 24]
    return bool(AMOUNT_BEFORE.search(before) or AMOUNT_AFTER.match(after))


def _accounts(plain: str) -> Iterator[Find]:
    for match in CARD.finditer(plain):
        number = _digits(match[1])
        is_card = CARD_ISSUER.fullmatch(number) and _passes_luhn(number)
        if is_card and not _is_other(plain, match):
            yield match.start(1), match.end(1), mask_account(number)
    for match in NAMED_ACCOUNT.finditer(plain):
        yield match.start(1), match.end(1), mask_account(_digits(match[1]))


def _passes_luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _passports(plain: str) -> Iterator[Find]:
    for match in NAMED_PASSPORT.finditer(plain):
        yield match.start(1), match.end(1), mask_account(match[1])
    for match in PASSPORT.finditer(plain):
        if not _is_other(plain, match):
            yield match.start(1), match.end(1), mask_account(match[1])


def _addresses(plain: str) -> Iterator[Find]:
    for match in ADDRESS.finditer(plain):
        yield match.start(), match.end(), f"{match[0][:1]}***"
    for match in NAMED_ADDRESS.finditer(plain):
        yield match.start(1), match.end(1), f"{match[1].lstrip()[:1]}***"


def _landlines(plain: str) -> Iterator[Find]:
    for match in LANDLINE.finditer(plain):
        yield match.start(), match.end(), mask_account(_digits(match[0]))


def _emails(plain: str) -> Iterator[Find]:
    for match in EMAIL.finditer(plain):
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
