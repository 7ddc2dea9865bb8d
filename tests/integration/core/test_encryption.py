"""SEC values are unreadable in the database, bound to their field, rotatable."""

import hmac
from io import StringIO

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from cms.core import encryption
from cms.core.encryption import (
    Undecipherable,
    commitment,
    decrypt,
    derive,
    encrypt,
    fingerprint,
    is_current,
    new_salt,
)
from cms.parties.models import User
from tests.factories.parties import make_user

PHONE = "13900000000"
CONTEXT = "parties.user.phone"


def stored(user: User) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM parties_user WHERE id = %s", [user.pk])
        return cursor.fetchone()[0]


@pytest.fixture
def person(db) -> User:
    return make_user(phone=PHONE)


def test_database_holds_no_plain_text(person: User) -> None:
    assert PHONE not in stored(person)
    assert stored(person).startswith("v1.s.")
    assert User.objects.get(pk=person.pk).phone == PHONE


def test_same_text_looks_different_each_time() -> None:
    first, second = encrypt(PHONE, CONTEXT), encrypt(PHONE, CONTEXT)

    assert first != second
    assert decrypt(first, CONTEXT) == decrypt(second, CONTEXT) == PHONE


def test_empty_stays_empty(db) -> None:
    assert stored(make_user(phone="")) == ""


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-4] + ("AAAA" if text[-4:] != "AAAA" else "BBBB"),
        lambda text: text.replace("v1.s.", "v1.other."),
        lambda text: text.replace("v1.", "v2."),
        lambda text: "v1.s.short",
        lambda text: "v1.s.*",
        lambda text: "plain",
    ],
    ids=["changed", "unknown-key", "version", "short", "not-base64", "plain"],
)
def test_damaged_value_does_not_open(damage) -> None:
    with pytest.raises(Undecipherable):
        decrypt(damage(encrypt(PHONE, CONTEXT)), CONTEXT)


def test_value_moved_to_another_field_does_not_open() -> None:
    with pytest.raises(Undecipherable):
        decrypt(encrypt(PHONE, CONTEXT), "parties.user.identity_number")


@pytest.mark.parametrize("lookup", ["phone", "phone__contains", "phone__in"])
def test_field_cannot_be_searched(person: User, lookup: str) -> None:
    with pytest.raises(FieldError, match="encrypted"):
        User.objects.filter(**{lookup: [PHONE]}).exists()


def test_field_can_be_asked_for_null(person: User) -> None:
    assert User.objects.filter(phone__isnull=True).count() == 0


def test_dump_of_the_data_is_encrypted(person: User) -> None:
    assert PHONE not in serializers.serialize("json", [person])


def test_new_key_encrypts_and_old_key_still_opens(person: User, settings) -> None:
    settings.FIELD_KEYS = ["k1:first-secret"]
    old = encrypt(PHONE, CONTEXT)
    settings.FIELD_KEYS = ["k2:second-secret", "k1:first-secret"]

    assert decrypt(old, CONTEXT) == PHONE
    assert encrypt(PHONE, CONTEXT).startswith("v1.k2.")
    assert not is_current(old)
    settings.FIELD_KEYS = ["k2:second-secret"]
    with pytest.raises(Undecipherable):
        decrypt(old, CONTEXT)


def test_rotation_rewrites_old_values_once(
    own_private_files, person: User, settings
) -> None:
    settings.FIELD_KEYS = ["k1:first-secret"]
    User.objects.filter(pk=person.pk).update(phone=PHONE)
    settings.FIELD_KEYS = ["k2:second-secret", "k1:first-secret"]
    counts = []
    for _ in range(2):
        out = StringIO()
        call_command("rotate_field_keys", stdout=out)
        counts.append(out.getvalue().strip())

    assert counts == ["已重新加密1个值、0个文件。", "已重新加密0个值、0个文件。"]
    assert stored(person).startswith("v1.k2.")
    settings.FIELD_KEYS = ["k2:second-secret"]
    assert User.objects.get(pk=person.pk).phone == PHONE


@pytest.mark.parametrize(
    "keys", [["secret"], [":secret"], ["k1:"], ["k1:a", "k1:b"], ["k.1:a"]]
)
def test_bad_key_list_is_refused(settings, keys) -> None:
    settings.FIELD_KEYS = keys

    with pytest.raises(ImproperlyConfigured, match="编号:密钥"):
        encryption.field_keys()


def test_keys_differ_by_purpose() -> None:
    assert derive(b"secret", "a") != derive(b"secret", "b")
    assert len(derive(b"secret", "a")) == 32


def test_fingerprint_is_equal_for_equal_text_and_needs_the_key(settings) -> None:
    first = fingerprint("e\u0301", "identity")

    assert first == fingerprint("é", "identity")
    assert first != fingerprint("é", "phone")
    settings.FIELD_KEYS = ["k1:other"]
    assert fingerprint("é", "identity") != first
    settings.FIELD_KEYS = ["k2:new", "k1:other"]
    other = fingerprint("é", "identity")
    settings.FIELD_KEYS = ["k1:other"]
    assert fingerprint("é", "identity") == other


def test_commitment_is_known_and_bound_to_its_salt() -> None:
    salt = "00" * 16

    # HMAC-SHA-256 with sixteen zero bytes over the UTF-8 bytes of 张示例.
    assert commitment("张示例", salt) == (
        hmac.new(bytes(16), "张示例".encode(), "sha256").hexdigest()
    )
    assert commitment("张示例", salt) != commitment("张示例", "01" * 16)
    assert new_salt(lambda size: bytes(range(size))) == (
        "000102030405060708090a0b0c0d0e0f"
    )
    assert new_salt() != new_salt()
