"""Who holds the write lock never waits for a row of one who waits for the lock."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection

from cms.core import evidence
from cms.core.actors import SYSTEM
from cms.core.locks import take_write_lock, writing
from cms.core.models import EvidenceEntry
from cms.parties.actions.members import revoke_role
from cms.parties.actions.registration import change_pilot, pilot_of
from cms.parties.models import Membership, Organization
from cms.rules.roles import Role
from tests.factories import parties
from tests.factories.evidence import AT

PATIENCE = 10  # seconds
BLOCKED = """
    SELECT count(*) FROM pg_locks
    WHERE locktype = 'advisory' AND NOT granted AND database =
        (SELECT oid FROM pg_database WHERE datname = current_database())
"""
Act = Callable[[], object]


def revoke(unit: Organization) -> Act:
    """Locks the row of the unit, then writes evidence."""
    manager = parties.make_actor(Role.APPROVER, unit)
    office = parties.make_person(Role.TRANSFER_OFFICE, unit)
    membership = Membership.objects.get(user=office)
    return lambda: revoke_role(membership, by=manager, at=AT)


def change(unit: Organization) -> Act:
    """Saves the row of the unit, then writes evidence."""
    bureau = parties.make_actor(Role.BUREAU)
    return lambda: change_pilot(unit, pilot_of(unit), by=bureau, at=AT)


def in_a_thread(act: Act, failures: list[Exception]) -> threading.Thread:
    """Run an act on a connection of its own, as another process would."""

    def run() -> None:
        try:
            act()
        except Exception as error:  # told by the test
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_until_blocked(thread: threading.Thread) -> None:
    """Return when somebody waits for the write lock; SQLite does not tell."""
    end = time.monotonic() + PATIENCE
    while connection.vendor == "postgresql":
        assert thread.is_alive()
        assert time.monotonic() < end
        with connection.cursor() as cursor:
            cursor.execute(BLOCKED)
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("make", "kind"),
    [(revoke, "membership.revoked"), (change, "organization.pilot_changed")],
    ids=["revoke_role", "change_pilot"],
)
def test_two_who_write_the_same_row_do_not_deadlock(make, kind):
    unit = parties.make_unit()
    act, failures = make(unit), []

    with writing():
        thread = in_a_thread(act, failures)
        wait_until_blocked(thread)
        assert Organization.objects.filter(pk=unit.pk).update(size="大型") == 1
        evidence.record("test.written", unit, {}, by=SYSTEM, at=AT)
    thread.join(PATIENCE)

    assert failures == []
    written = EvidenceEntry.objects.order_by("-sequence").values_list("kind", flat=True)
    assert list(written[:2]) == [kind, "test.written"]


@pytest.mark.django_db
def test_writing_inside_writing_is_a_savepoint():
    unit = parties.make_unit()

    with writing():
        Organization.objects.filter(pk=unit.pk).update(short_name="外层")
        with pytest.raises(ZeroDivisionError), writing():
            Organization.objects.filter(pk=unit.pk).update(short_name="内层")
            raise ZeroDivisionError

    unit.refresh_from_db()
    assert unit.short_name == "外层"


@pytest.mark.django_db(transaction=True)
def test_lock_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match=r"inside transaction\.atomic"):
        take_write_lock()
