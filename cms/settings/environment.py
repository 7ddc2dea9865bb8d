"""Reads of environment variables: database, storage and mail addresses."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

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
        ValueError: the scheme is neither.
    """
    if not url:
        return sqlite_database(data_dir / "chengzhuan.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite_database(unquote(url.removeprefix("sqlite:///")))
    if parts.scheme in {"postgres", "postgresql"}:
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
    raise ValueError(f"DATABASE_URL: unknown scheme {parts.scheme!r}")


def storage(url: str, folder: Path) -> dict[str, object]:
    """Return one STORAGES entry: a local folder, or `s3://bucket/prefix?...`.

    Raises:
        ValueError: the scheme is neither empty nor s3.
    """
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), "file_permissions_mode": 0o640},
        }
    parts = urlsplit(url)
    if parts.scheme != "s3":
        raise ValueError(f"STORAGE_URL: unknown scheme {parts.scheme!r}")
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
    """Return Django's mail settings for `smtp[s]://user:pw@host:port`, or console."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }
