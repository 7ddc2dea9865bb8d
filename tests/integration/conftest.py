"""A full house for the tests that need one; each is made once a run."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.databases import DEMO, LIBRARY, Databases


@pytest.fixture(scope="module")
def demo_office(
    django_db_setup: None, django_db_blocker: Any, databases: Databases
) -> Iterator[None]:
    """Work on a copy of the demo office's database until the module ends."""
    with django_db_blocker.unblock(), databases.copy_of(DEMO):
        yield


@pytest.fixture(scope="module")
def library(
    django_db_setup: None, django_db_blocker: Any, databases: Databases
) -> Iterator[None]:
    """Work on a database with the shipped templates until the module ends."""
    with django_db_blocker.unblock(), databases.copy_of(LIBRARY):
        yield


@pytest.fixture
def templates(library: None, db: None, databases: Databases) -> None:
    """The shipped templates are in use since 20 November 2026, 09:00."""
    databases.bring_anchors(settings.DATA_DIR)
