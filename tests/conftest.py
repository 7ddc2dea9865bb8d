"""Fixtures that all tests may use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live_settings
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from hypothesis import HealthCheck, settings

from cms.core import triggers
from cms.core.actors import Actor
from cms.notices.triggers import fixing
from cms.parties.models import Organization, User
from cms.parties.queries import get_actor
from cms.rules.roles import Role
from tests.factories import parties
from tests.factories.site import restore_site

# How long an example takes depends on the machine; timings belong in the benches.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@dataclass(frozen=True)
class Cast:
    """The usual people of a test; `actor("tto")` gives the actor of one."""

    unit: Organization
    other_unit: Organization
    enterprise: Organization
    unverified_enterprise: Organization
    bureau: Organization
    platform: Organization
    people: dict[str, User]

    def user(self, name: str) -> User:
        """Return a person: tto tto1b apv res tto2 ent ent3 stb stb2 pla pla2 …."""
        return self.people[name]

    def actor(self, name: str) -> Actor:
        """Return the actor of a person."""
        return get_actor(self.people[name])


@pytest.fixture
def actors(db: None) -> Cast:
    """People of two units, two enterprises, bureau and platform."""
    unit, other_unit = parties.make_unit(), parties.make_unit()
    enterprise = parties.make_enterprise()
    unverified = parties.make_unverified_enterprise()
    bureau, platform = parties.make_bureau(), parties.make_platform()
    cast = {
        "tto": (Role.TRANSFER_OFFICE, unit),
        "tto1b": (Role.TRANSFER_OFFICE, unit),
        "apv": (Role.APPROVER, unit),
        "res": (Role.RESEARCHER, unit),
        "fin": (Role.FINANCE, unit),
        "tto2": (Role.TRANSFER_OFFICE, other_unit),
        "apv2": (Role.APPROVER, other_unit),
        "ent": (Role.ENTERPRISE, enterprise),
        "ent3": (Role.ENTERPRISE, unverified),
        "stb": (Role.BUREAU, bureau),
        "stb2": (Role.BUREAU, bureau),
        "amr": (Role.MARKET_REGULATOR, bureau),
        "pla": (Role.PLATFORM, platform),
        "pla2": (Role.PLATFORM, platform),
        "admin": (Role.ADMINISTRATOR, platform),
        "auditor": (Role.AUDITOR, platform),
    }
    return Cast(
        unit,
        other_unit,
        enterprise,
        unverified,
        bureau,
        platform,
        {name: parties.make_person(role, org) for name, (role, org) in cast.items()},
    )


@pytest.fixture
def client_as() -> Callable[[User], Client]:
    """Return a function that signs a person in on a client of his own."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture(scope="session", autouse=True)
def _flush_may_empty_the_evidence() -> Iterator[None]:
    """Let the flush between transactional tests pass the append-only triggers.

    `migrate`'s signal, which the flush sends, makes them again.
    """
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_without_triggers(self: BaseDatabaseOperations, statements: Any) -> None:
        triggers.drop(self.connection, triggers.refusing(self.connection))
        triggers.drop(self.connection, fixing(self.connection.vendor))
        flush(self, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            BaseDatabaseOperations, "execute_sql_flush", flush_without_triggers
        )
        yield


@pytest.fixture(autouse=True)
def _own_anchor_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give each test its own folder for what commits leave outside the database."""
    monkeypatch.setattr(live_settings, "DATA_DIR", tmp_path)


@pytest.fixture
def site(db: None) -> None:
    """The home page, also after a transactional test whose flush took it."""
    restore_site()


@pytest.fixture
def own_private_files(settings: Any, tmp_path: Path) -> None:
    """Give the test a private storage that no other test of its worker uses."""
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        }
    }
