"""The demo office for tests that need a full house; loaded once a run."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.databases import Databases


@pytest.fixture(scope="module")
def demo_office(
    django_db_setup: None, django_db_blocker: Any, databases: Databases
) -> Iterator[None]:
    """Work on a copy of the demo office's database until the module ends."""
    with django_db_blocker.unblock(), databases.with_demo_office():
        yield
