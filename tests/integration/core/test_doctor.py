from datetime import datetime
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from cms.core.clock import SHANGHAI
from cms.core.doctor import Severity, examine

AT = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)


def topics(severity: Severity) -> set[str]:
    return {finding.topic for finding in examine(at=AT) if finding.severity == severity}


@pytest.mark.django_db
def test_doctor_on_a_sound_machine_finds_no_fault(settings):
    settings.DATA_DIR.mkdir(exist_ok=True)

    assert topics(Severity.FAULT) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "topic"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("DEBUG", True, "DEBUG"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS"),
        ("WAGTAILADMIN_BASE_URL", "example", "BASE_URL"),
        ("FIELD_KEYS", ["without-a-number"], "FIELD_KEYS"),
    ],
)
def test_doctor_with_a_bad_setting_names_it(settings, name, value, topic):
    setattr(settings, name, value)

    assert topic in topics(Severity.FAULT)


@pytest.mark.django_db
def test_doctor_command_with_a_fault_exits_with_one(settings):
    settings.SECRET_KEY = "short"
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)

    assert ended.value.code == 1
    assert "[故障] SECRET_KEY：未设置或短于50个字符。" in out.getvalue()


@pytest.mark.django_db
def test_doctor_behind_tls_asks_for_public_hosts_and_collected_files(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    settings.STATIC_ROOT = settings.DATA_DIR / "not-collected"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        }
    }

    assert topics(Severity.FAULT) == {"ALLOWED_HOSTS", "静态文件"}


@pytest.mark.django_db
def test_doctor_without_a_database_says_so_and_goes_on():
    lost = OperationalError("connection refused\nIs the server running?")

    with (
        patch.object(connection, "ensure_connection", side_effect=lost),
        patch.object(connection, "connection", None),
    ):
        found = examine(at=AT)

    faults = [finding.text for finding in found if finding.is_fault]
    assert faults == [
        "连接不上，请检查 DATABASE_URL 和数据库服务（connection refused）。"
    ]
    assert "磁盘" in {finding.topic for finding in found}
