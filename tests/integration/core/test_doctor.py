from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command

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
