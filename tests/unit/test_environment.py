from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings import environment
from cms.settings.local_key import kept_key

FOLDER = Path("/srv/chengzhuan")


def test_database_address_gives_its_parts():
    entry = environment.database(
        "postgres://office:p%40ss@db.example:5433/chengzhuan?sslmode=require", FOLDER
    )

    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert entry["NAME"] == "chengzhuan"
    assert entry["USER"] == "office"
    assert entry["PASSWORD"] == "p@ss"
    assert (entry["HOST"], entry["PORT"]) == ("db.example", "5433")
    assert entry["OPTIONS"] == {"sslmode": "require"}


def test_without_an_address_the_database_lies_in_the_data_folder():
    entry = environment.database("", FOLDER)

    assert entry["NAME"] == "/srv/chengzhuan/chengzhuan.sqlite3"


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (
            lambda: environment.database("mysql://a:secret@b/c", FOLDER),
            "DATABASE_URL：须以postgres://、postgresql://、sqlite://开头，现为“mysql”。",
        ),
        (
            lambda: environment.database("postgres://a:secret@b:x/c", FOLDER),
            "DATABASE_URL：端口须为0至65535的数字。",
        ),
        (
            lambda: environment.database("postgres://a:secret@b", FOLDER),
            "DATABASE_URL：缺少库名，如 postgres://用户:密码@主机/库。",
        ),
        (
            lambda: environment.storage("ftp://a", FOLDER),
            "STORAGE_URL：须以s3://开头，现为“ftp”。",
        ),
        (
            lambda: environment.storage("s3:///prefix", FOLDER),
            "STORAGE_URL：缺少桶名，如 s3://桶/前缀。",
        ),
        (
            lambda: environment.mail("mail.example"),
            "MAIL_URL：须以smtp://、smtp+tls://、smtps://开头，现为“无”。",
        ),
        (
            lambda: environment.mail("smtp://"),
            "MAIL_URL：缺少主机，如 smtp://用户:密码@主机:端口。",
        ),
    ],
    ids=["scheme", "port", "name", "storage", "bucket", "mail", "mail-host"],
)
def test_unusable_address_is_refused_in_words_without_its_password(read, message):
    with pytest.raises(ImproperlyConfigured) as refused:
        read()

    assert str(refused.value) == message


def test_word_outside_the_choice_is_refused(monkeypatch):
    monkeypatch.setenv("STAFF_SECOND_FACTOR", "yes")

    with pytest.raises(ImproperlyConfigured) as refused:
        environment.choice("STAFF_SECOND_FACTOR", ("optional", "required"), "optional")

    assert str(refused.value) == (
        "STAFF_SECOND_FACTOR：只能是optional、required，现为“yes”。"
    )


@pytest.mark.parametrize("value", ["-1", "10", "1.5", "一", "9" * 5000])
def test_number_outside_the_range_is_refused(monkeypatch, value):
    monkeypatch.setenv("TRUSTED_PROXIES", value)

    with pytest.raises(ImproperlyConfigured) as refused:
        environment.whole("TRUSTED_PROXIES", 0, 9)

    assert str(refused.value) == f"TRUSTED_PROXIES：须为0至9的整数，现为“{value}”。"


def test_number_is_read_or_its_default_taken(monkeypatch):
    monkeypatch.setenv("TRUSTED_PROXIES", "2")

    assert environment.whole("TRUSTED_PROXIES", 0, 9) == 2
    monkeypatch.setenv("TRUSTED_PROXIES", "")
    assert environment.whole("TRUSTED_PROXIES", 1, 9) == 1


def test_key_is_kept_with_mode_600(tmp_path):
    path = tmp_path / "new" / "secret.key"

    key = kept_key(path)

    assert len(key) == 64
    assert kept_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600


def test_key_in_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(ImproperlyConfigured, match=r"^DATA_DIR：数据目录不能读写："):
        kept_key(tmp_path / "file" / "secret.key")
