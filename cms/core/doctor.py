"""What is missing or badly set on this machine, told in words."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from cms.core.encryption import field_keys
from cms.rules.labels import LabeledEnum

FREE_BYTES_WANTED = 1024**3
KEY_LENGTH_WANTED = 50
POSTGRESQL_WANTED = (15, 0)
DATABASE = "数据库"
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


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

    @property
    def is_fault(self) -> bool:
        """Whether the command fails for it."""
        return self.severity == Severity.FAULT


Examination = Callable[[datetime], Iterator[Finding]]
_examinations: list[Examination] = []


def examination(function: Examination) -> Examination:
    """Register `function(at)`, a generator of findings."""
    _examinations.append(function)
    return function


def examine(*, at: datetime) -> list[Finding]:
    """Run every examination and return the findings in their order.

    Where the database does not answer or lacks its tables, `database` has said
    so, and what cannot be examined without it is left out.
    """
    findings: list[Finding] = []
    for function in _examinations:
        try:
            findings.extend(function(at))
        except DatabaseError:
            if not any(f.topic == DATABASE for f in findings if f.is_fault):
                raise
    return findings


@examination
def database(at: datetime) -> Iterator[Finding]:
    """Kind and version of the database, and whether it is migrated."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        text = f"连接不上，请检查 DATABASE_URL 和数据库服务（{reason}）。"
        yield Finding(Severity.FAULT, DATABASE, text)
        return
    yield from _migrations()
    if connection.vendor == "sqlite":
        yield from _sqlite()
    elif connection.get_database_version() < POSTGRESQL_WANTED:
        yield Finding(Severity.FAULT, DATABASE, "PostgreSQL 版本须不低于15。")
    else:
        yield Finding(Severity.GOOD, DATABASE, f"{connection.display_name} 可用。")


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield Finding(
            Severity.FAULT,
            DATABASE,
            f"还有 {len(pending)} 个迁移未执行，请运行 manage.py migrate。",
        )


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
    if mode != "wal" or not keys:
        yield Finding(
            Severity.FAULT, DATABASE, f"SQLite 未启用WAL或外键（{mode}，{keys}）。"
        )
    else:
        yield Finding(Severity.GOOD, DATABASE, "SQLite（WAL，外键已启用）可用。")


@examination
def settings_of_site(at: datetime) -> Iterator[Finding]:
    """Secret key, field keys, hosts, address, mail."""
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
    try:
        field_keys()
    except ImproperlyConfigured as error:
        yield Finding(Severity.FAULT, "FIELD_KEYS", str(error))
    yield from _address()


def _address() -> Iterator[Finding]:
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    is_public = settings.SECURE_SSL_REDIRECT
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        text = f"须为 https://域名，现为“{settings.WAGTAILADMIN_BASE_URL}”。"
        yield Finding(Severity.FAULT, "BASE_URL", text)
    elif is_public and parts.hostname in LOCAL_HOSTS:
        text = "未设置，后台通知中的网址会指向本机，请设为 https://域名。"
        yield Finding(Severity.HINT, "BASE_URL", text)
    if is_public and LOCAL_HOSTS.issuperset(settings.ALLOWED_HOSTS):
        text = "只有本机名，公众访问会被拒绝，请设为对外域名。"
        yield Finding(Severity.FAULT, "ALLOWED_HOSTS", text)


@examination
def static_files(at: datetime) -> Iterator[Finding]:
    """Whether the style sheets were collected, where the settings want that."""
    place = storages["staticfiles"]
    if isinstance(place, ManifestStaticFilesStorage) and not place.hashed_files:
        text = "尚未收集，网页会没有样式，请运行 manage.py collectstatic --noinput。"
        yield Finding(Severity.FAULT, "静态文件", text)


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
