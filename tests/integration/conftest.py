"""The demo office for tests that need a full house; loaded once a module."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def demo_office(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Load the demo office in a transaction that ends with the module."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        outer = transaction.atomic()
        outer.__enter__()
        try:
            call_command("demo_office", verbosity=0)
            yield
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
