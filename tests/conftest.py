"""Fixtures that all tests may use."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live_settings
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from cms.core.actors import Actor
from cms.parties.models import Organization, User
from cms.parties.queries import get_actor
from cms.rules.roles import Role
from tests import distribution
from tests.databases import MIGRATED, Databases
from tests.distribution import ByFile
from tests.factories import parties

# How long an example takes depends on the machine; timings belong in the benches.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Let the collector pass over what is there for good: code and collected tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Spread whole files over the workers."""
    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with what takes longest; a file's tests stay side by side."""
    items.sort(key=lambda item: distribution.rank(item.nodeid))


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


@pytest.fixture(scope="session")
def databases(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Databases:
    """The databases of the run; workers side by side share what is made once."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    shared = folder / f"databases-{connection.vendor}"
    shared.mkdir(exist_ok=True)
    return Databases(shared, connection.creation._get_test_db_name())


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases, django_db_blocker: Any) -> Iterator[None]:
    """Work on a copy of the migrated database, a new one after a transactional test.

    A flush instead would leave no home page, calendar or trigger behind.
    """
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            stack.enter_context(databases.copy_of(MIGRATED))
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda _: databases.renew()
        )
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(autouse=True)
def _own_anchor_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give each test its own folder for what commits leave outside the database."""
    monkeypatch.setattr(live_settings, "DATA_DIR", tmp_path)


@pytest.fixture
def own_private_files(settings: Any, tmp_path: Path) -> None:
    """Give the test a private storage that no other test of its worker uses."""
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        }
    }
