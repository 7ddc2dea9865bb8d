"""What is missing or badly set on this machine, told in words."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.rules.labels import LabeledEnum

FREE_BYTES_WANTED = 1024**3
KEY_LENGTH_WANTED = 50
POSTGRESQL_WANTED = (15, 0)


class Severity(LabeledEnum):
    """How bad a finding is; only `FAULT` makes the command fail."""

    GOOD = "good", "正常"
    HINT = "hint", "提示"
    FAULT = "fault", "故障"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what it is, how it stands, what to do."""

    severity: Severity
    topic: str
    text: str


Examination = Callable[[datetime], Iterator[Finding]]
_examinations: list[Examination] = []


def examination(function: Examination) -> Examination:
    """Register `function(at)`, a generator of findings."""
    _examinations.append(function)
    return function


def examine(*, at: datetime) -> list[Finding]:
    """Run every examination and return the findings in their order."""
    return [finding for function in _examinations for finding in function(at)]


@examination
def database(at: datetime) -> Iterator[Finding]:
    """Kind and version of the database, and whether it is migrated."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield Finding(
            Severity.FAULT,
            "数据库",
            f"还有 {len(pending)} 个迁移未执行，请运行 manage.py migrate。",
        )
    if connection.vendor == "sqlite":
        yield from _sqlite()
    elif connection.vendor == "postgresql" and (
        connection.get_database_version() < POSTGRESQL_WANTED
    ):
        yield Finding(Severity.FAULT, "数据库", "PostgreSQL 版本须不低于15。")
    else:
        yield Finding(Severity.GOOD, "数据库", f"{connection.display_name} 可用。")


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
    if mode != "wal" or not keys:
        yield Finding(
            Severity.FAULT, "数据库", f"SQLite 未启用WAL或外键（{mode}，{keys}）。"
        )
    else:
        yield Finding(Severity.GOOD, "数据库", "SQLite（WAL，外键已启用）可用。")


@examination
def settings_of_site(at: datetime) -> Iterator[Finding]:
    """Secret key, hosts, mail."""
    if len(settings.SECRET_KEY) < KEY_LENGTH_WANTED:
        yield Finding(Severity.FAULT, "SECRET_KEY", "未设置或短于50个字符。")
    if settings.DEBUG:
        yield Finding(Severity.FAULT, "DEBUG", "不得在对外服务中打开。")
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        yield Finding(
            Severity.HINT, "邮件", "未设置 MAIL_URL，邮件只写入日志，站内消息不受影响。"
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(Severity.FAULT, "ALLOWED_HOSTS", "不得使用通配符 *。")


@examination
def storage(at: datetime) -> Iterator[Finding]:
    """Data folder: writable, roomy; object storage where set."""
    folder = settings.DATA_DIR
    if not os.access(folder, os.W_OK):
        yield Finding(Severity.FAULT, "DATA_DIR", f"数据目录不可写：{folder}")
        return
    free = shutil.disk_usage(folder).free
    severity = Severity.GOOD if free >= FREE_BYTES_WANTED else Severity.FAULT
    yield Finding(severity, "磁盘", f"数据目录剩余空间 {free / 1024**3:.1f} GB。")
    place = settings.STORAGE_URL or "本地目录"
    yield Finding(Severity.GOOD, "文件存储", place)


@examination
def programs(at: datetime) -> Iterator[Finding]:
    """Programs that some functions use and that may be absent."""
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        yield Finding(
            Severity.HINT, "LibreOffice", "未安装，文书只能生成 .docx，不能转为PDF。"
        )
