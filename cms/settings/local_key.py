"""A secret key that a fresh machine makes once and keeps in its data folder."""

import secrets
from pathlib import Path


def kept_key(path: Path) -> str:
    """Return the key in `path`, made and stored with mode 600 where absent."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
