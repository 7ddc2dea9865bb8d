"""The one write lock: whoever writes evidence, numbers or timers takes it first.

SQLite has one writer anyway (`BEGIN IMMEDIATE`). On PostgreSQL an advisory lock
does the same; because everybody takes it before any row lock, it cannot close a
circle of waiting transactions. So every write of the product begins with `writing()`,
and nothing else opens a transaction (a test of the architecture holds this).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_KEY = 0x4356_4A5A  # any constant of our own: advisory locks are per database


def take_write_lock() -> None:
    """Wait for the lock and hold it to the end of the transaction.

    Raises:
        RuntimeError: called outside `transaction.atomic`.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("take_write_lock must run inside transaction.atomic")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEY])


@contextmanager
def writing() -> Iterator[None]:
    """Open a transaction that holds the write lock from its first statement.

    Also a decorator: `@writing()`. Nested, it is a savepoint.
    """
    with transaction.atomic():
        take_write_lock()
        yield
