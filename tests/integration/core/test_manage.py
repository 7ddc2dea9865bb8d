"""`manage.py` tells in words why a command cannot run."""

import sys

import pytest
from django.core import management
from django.db import OperationalError, ProgrammingError, connection, transaction

import manage


def run(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(argv: list[str]) -> None:
        raise error

    monkeypatch.setattr(management, "execute_from_command_line", fail)
    monkeypatch.setattr(sys, "argv", ["manage.py", "deadline"])
    manage.main()


@pytest.mark.django_db
def test_missing_table_is_told_without_a_traceback(monkeypatch):
    with (
        pytest.raises((OperationalError, ProgrammingError)) as missing,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM core_no_such_table")

    with pytest.raises(SystemExit) as ended:
        run(monkeypatch, missing.value)

    assert ended.value.code == manage.NO_TABLES
    assert "请先运行 make run 或 manage.py migrate" in manage.NO_TABLES


def test_other_errors_of_the_database_are_not_hidden(monkeypatch):
    with pytest.raises(OperationalError, match="disk I/O error"):
        run(monkeypatch, OperationalError("disk I/O error"))
