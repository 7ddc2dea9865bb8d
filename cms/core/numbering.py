"""Gap-free document numbers such as `GS-2026-0007`."""

from django.db import transaction

from cms.core.locks import take_write_lock
from cms.core.models import NumberSequence


def next_number(prefix: str, year: int) -> str:
    """Return the next number of a prefix and year.

    Called inside the transaction that uses the number: if that is rolled back,
    the number is given out again, so there is no gap.

    Raises:
        RuntimeError: called outside `transaction.atomic`, where a failure of
            the caller would leave a gap.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("next_number must run inside transaction.atomic")
    take_write_lock()
    key = f"{prefix}-{year}"
    row, _ = NumberSequence.objects.get_or_create(key=key)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{key}-{row.last:04d}"
