"""Who may open what: the statuses seen, and the table they are held against."""

import tomllib
from pathlib import Path

from django.test import Client
from django.urls import reverse

from cms.parties.models import User

TABLE = Path(__file__).with_name("access_matrix.toml")
READERS = (
    "anonymous",
    "demo-ent",
    "demo-ent2",
    "demo-tto",
    "demo-apv",
    "demo-res",
    "demo-tto2",
    "demo-stb",
    "demo-pla",
    "demo-amr",
    "demo-admin",
    "demo-auditor",
)


def expected() -> dict[str, dict[str, object]]:
    """Return the table: URL name → its arguments and who gets which status."""
    return tomllib.loads(TABLE.read_text())


def client_of(reader: str) -> Client:
    """Return a client of a demo person, or of the anonymous public."""
    client = Client(raise_request_exception=True)
    if reader != "anonymous":
        user = User.objects.get(username=reader)
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def statuses(name: str, arguments: dict[str, object]) -> dict[str, list[str]]:
    """GET a URL as every reader; return the readers by status."""
    path = reverse(name, kwargs=arguments)
    seen: dict[str, list[str]] = {}
    for reader in READERS:
        status = str(client_of(reader).get(path).status_code)
        seen.setdefault(status, []).append(reader)
    return dict(sorted(seen.items()))
