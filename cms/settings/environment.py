"""Reads of environment variables: database, storage and mail addresses.

A variable that cannot be used raises `ImproperlyConfigured` in words that its
owner can act on: `manage.py` prints them in place of a traceback.
"""

import os
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MAIL_SCHEMES = ("smtp", "smtp+tls", "smtps")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
    "PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;PRAGMA cache_size=-65536;"
)


def text(name: str, default: str = "") -> str:
    """Return the variable, or the default where it is unset or empty."""
    return os.environ.get(name) or default


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """Return the variable, which must be one of the allowed words.

    Raises:
        ImproperlyConfigured: it is another word.
    """
    value = text(name, default)
    if value not in allowed:
        known = "、".join(allowed)
        raise ImproperlyConfigured(f"{name}：只能是{known}，现为“{value}”。")
    return value


def whole(name: str, default: int, most: int) -> int:
    """Return the variable, which must be a whole number from 0 to `most`.

    Raises:
        ImproperlyConfigured: it is something else.
    """
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal()) or int(value[:9]) > most:
        raise ImproperlyConfigured(f"{name}：须为0至{most}的整数，现为“{value}”。")
    return int(value)


def address(name: str, url: str, schemes: tuple[str, ...]) -> SplitResult:
    """Return the parts of an address whose scheme and port are of the right kind.

    Raises:
        ImproperlyConfigured: another scheme, or no usable port; the text never
            repeats the address, which may hold a password.
    """
    parts = urlsplit(url)
    if parts.scheme not in schemes:
        wanted = "、".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(
            f"{name}：须以{wanted}开头，现为“{parts.scheme or '无'}”。"
        )
    try:
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}：端口须为0至65535的数字。") from error
    return parts


def sqlite_database(path: Path | str) -> dict[str, object]:
    """Return Django's settings of a SQLite file: WAL and IMMEDIATE writes."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # IMMEDIATE takes the write lock at BEGIN, so that two writers wait
            # for the busy timeout instead of failing at the first write.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": SQLITE_START,
        },
    }


def database(url: str, data_dir: Path) -> dict[str, object]:
    """Return one DATABASES entry for a `sqlite:` or `postgres:` address.

    Raises:
        ImproperlyConfigured: the scheme is neither, or no database is named.
    """
    if not url:
        return sqlite_database(data_dir / "chengzhuan.sqlite3")
    parts = address("DATABASE_URL", url, ("postgres", "postgresql", "sqlite"))
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL：缺少库名，如 postgres://用户:密码@主机/库。"
        )
    if parts.scheme == "sqlite":
        return sqlite_database(unquote(url.removeprefix("sqlite:///")))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def storage(url: str, folder: Path) -> dict[str, object]:
    """Return one STORAGES entry: a local folder, or `s3://bucket/prefix?...`.

    Raises:
        ImproperlyConfigured: the scheme is neither empty nor s3, or no bucket.
    """
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), "file_permissions_mode": 0o640},
        }
    parts = address("STORAGE_URL", url, ("s3",))
    if not parts.netloc:
        raise ImproperlyConfigured("STORAGE_URL：缺少桶名，如 s3://桶/前缀。")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    prefix = parts.path.strip("/")
    options |= {
        "bucket_name": parts.netloc,
        "location": f"{prefix}/{folder.name}" if prefix else folder.name,
        "default_acl": "private",
        "querystring_auth": True,
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def mail(url: str) -> dict[str, object]:
    """Return Django's mail settings for `smtp[s]://user:pw@host:port`, or console.

    Raises:
        ImproperlyConfigured: the scheme is none of `MAIL_SCHEMES`, or no host.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = address("MAIL_URL", url, MAIL_SCHEMES)
    if not parts.hostname:
        raise ImproperlyConfigured(
            "MAIL_URL：缺少主机，如 smtp://用户:密码@主机:端口。"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }


def http_origin(url: str) -> str:
    """Return an `http://host:port` address as it was given, or empty.

    Raises:
        ValueError: it has another scheme, or more than host and port.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    rest = (parts.path.strip("/"), parts.query, parts.fragment)
    if parts.scheme != "http" or not parts.hostname or any(rest) or "@" in parts.netloc:
        raise ValueError(f"ASSEMBLY_URL: {url!r} is not http://host:port")
    _ = parts.port  # reading it checks it
    return f"http://{parts.netloc}"
