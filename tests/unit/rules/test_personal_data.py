"""Personal data is found, masked and refused; look-alikes pass (CC-09)."""

import pytest

from cms.rules.personal_data import (
    PersonalDataKind,
    check_public_text,
    find_personal_data,
)
from cms.rules.violations import RuleViolation
from notation.masking import (
    mask_account,
    mask_email,
    mask_identity_number,
    mask_phone,
)
from tests.unit.rules.personal_data_corpus import INNOCENT, PLANTED

ALL = frozenset(PersonalDataKind)


def found(text: str, **named) -> list[tuple[str, str]]:
    return [(hit.kind.name, hit.masked) for hit in find_personal_data(text, **named)]


def test_corpus_has_two_hundred_of_each():
    assert (len(set(PLANTED)), len(set(INNOCENT))) == (200, 200)


def test_each_planted_text_is_found():
    assert [text for text in PLANTED if not find_personal_data(text)] == []


def test_no_innocent_text_is_found():
    assert [(t, found(t)) for t in INNOCENT if find_personal_data(t)] == []


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("身份证号：450202199003070011", "IDENTITY_NUMBER", "450202********0011"),
        ("证 110105 19491231 002x", "IDENTITY_NUMBER", "110105********002X"),
        ("身份证450202900307001", "IDENTITY_NUMBER", "450202*****7001"),
        ("手机13800138000", "MOBILE", "138****8000"),
        ("一三八〇〇一三八〇〇〇", "MOBILE", "138****8000"),
        ("١٣٨٠٠١٣٨٠٠٠", "MOBILE", "138****8000"),
        ("138\u200b0013\u200b8000", "MOBILE", "138****8000"),
        ("0086-13800138000", "MOBILE", "138****8000"),
        ("2026年10月13日 138 0013 8000", "MOBILE", "138****8000"),
        ("Word\n13800138000", "MOBILE", "138****8000"),
        ("12,\n13800138000\n元", "MOBILE", "138****8000"),
        ("wx13800138000", "MOBILE", "138****8000"),
        ("账号 4500 1234 5678 9012 345", "BANK_ACCOUNT", "***************2345"),
        ("护照 AB1234567", "PASSPORT", "*****4567"),
        ("3栋2单元501室", "ADDRESS", "3***"),
        ("450202   19800101   0010", "IDENTITY_NUMBER", "450202********0010"),
        ("450202(19800101)0010", "IDENTITY_NUMBER", "450202********0010"),
        ("450202、19800101、0010", "IDENTITY_NUMBER", "450202********0010"),
        ("450202198001\n010010", "IDENTITY_NUMBER", "450202********0010"),
        ("450202\u200919800101\u20020010", "IDENTITY_NUMBER", "450202********0010"),
        (",".join("450202198001010010"), "IDENTITY_NUMBER", "450202********0010"),
        ("ID450202198001010010", "IDENTITY_NUMBER", "450202********0010"),
        ("④⑤⓪②⓪②①⑨⑦⑨①②③①①②③①", "IDENTITY_NUMBER", "450202********1231"),
        ("138   0013   8000", "MOBILE", "138****8000"),
        ("1三8零零1三8零零零", "MOBILE", "138****8000"),
        ("13800138000元件询价", "MOBILE", "138****8000"),
        ("住址：柳州市示例区示例路88号", "ADDRESS", "柳***"),
        ("家住示例市示例区12号院5栋302", "ADDRESS", "示***"),
    ],
    ids=[
        "named_with_wrong_digit",
        "check_digit_x",
        "named_short",
        "plain",
        "han",
        "arabic",
        "zero_width",
        "prefix",
        "after_a_date",
        "after_a_line",
        "between_lines",
        "label",
        "named_account",
        "named_passport",
        "address",
        "wide_blanks",
        "brackets",
        "enumeration_commas",
        "line_break",
        "thin_blanks",
        "comma_at_each_digit",
        "letters_before",
        "circled",
        "mobile_wide_blanks",
        "mixed_digits",
        "no_amount",
        "named_address",
        "lives_at",
    ],
)
def test_hit_is_masked(text, kind, masked):
    assert found(text) == [(kind, masked)]


@pytest.mark.parametrize(
    "text",
    [
        "13 800 138 000",
        "1380-0138-000-1234",
        "6222-138-0013-8000",
        "12-138 0013 8000 元",
        "3.13800138000",
        "x13800138000",
        "138001380001",
        "13800138000.5",
        "138-0013 8000",
        "二〇二六年一月〇一二三四五六七八九",
        "450202199013070011",
        "990202900307001",
        "450202901307001",
        "6222021234567890",
        "编号：6222020000000000000",
        "货号E12345678",
        "450202\n19800101\n0010",
        "4,502,0219,8001,0100,10",
        "编号LZ450202198001010010",
        "AB990202198001010016",
        "地址：柳州市示例区示例路88号",
        "居住地在建的项目",
        "",
    ],
)
def test_look_alike_passes(text):
    assert found(text) == []


def test_han_identity_number_is_found():
    number = "45020219900307001"
    from notation.check_digits import identity_check_digit

    digit = identity_check_digit(number)
    assert digit.isdigit()
    han = (number + digit).translate(
        str.maketrans("0123456789", "〇一二三四五六七八九")
    )

    assert found(f"证件{han}") == [("IDENTITY_NUMBER", f"450202********001{digit}")]


def test_mail_and_landline_are_found_on_demand():
    text = "座机0772-2345678或(0772)2345678，邮箱wang.shili@example.com"

    assert found(text) == []
    assert found(text, kinds=ALL) == [
        ("LANDLINE", "*******5678"),
        ("LANDLINE", "*******5678"),
        ("EMAIL", "w***@example.com"),
    ]


def test_hit_keeps_its_place_in_the_text():
    text = "请致电１３８００１３８０００咨询"

    (hit,) = find_personal_data(text)

    assert text[hit.start : hit.end] == "１３８００１３８０００"
    assert str(hit) == "手机号138****8000"


def test_h10_personal_data_is_refused_with_masked_hits():
    with pytest.raises(RuleViolation) as caught:
        check_public_text(
            "联系13800138000或13800138000，身份证号450202199003070011", field="abstract"
        )

    assert caught.value.code == "E-SE-02"
    assert caught.value.field == "abstract"
    assert caught.value.message == (
        "公开内容包含疑似个人信息或账号："
        "手机号138****8000、身份证号450202********0011，请删除。"
    )


def test_clean_text_passes():
    assert check_public_text("专利ZL201810123456.5，合同额1234567.89元") is None


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (mask_identity_number, "450202199003070015", "450202********0015"),
        (mask_identity_number, "12345", "*****"),
        (mask_phone, "13800138000", "138****8000"),
        (mask_phone, "8613800138000", "86138****8000"),
        (mask_phone, "110", "***"),
        (mask_account, "6222021234567890123", "***************0123"),
        (mask_account, "12", "****12"),
        (mask_email, "wang@example.com", "w***@example.com"),
    ],
)
def test_mask(mask, value, shown):
    assert mask(value) == shown


def test_scan_of_a_long_text_is_linear():
    text = ("1380-0138 " * 20_000) + "13800138000"

    assert [hit.kind.name for hit in find_personal_data(text)] == ["MOBILE"]
