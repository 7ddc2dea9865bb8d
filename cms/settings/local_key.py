"""A secret key that a fresh machine makes once and keeps in its data folder."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def kept_key(path: Path) -> str:
    """Return the key in `path`, made and stored with mode 600 where absent.

    Raises:
        ImproperlyConfigured: the folder cannot be made, read or written.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48))
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR：数据目录不能读写：{path.parent}（{error.strerror}）。"
        ) from error
