"""Gap-free document numbers such as `GS-2026-0007`."""

from django.db import transaction

from cms.core.models import NumberSequence


def next_number(prefix: str, year: int) -> str:
    """Return the next number of a prefix and year; runs inside a transaction."""
    key = f"{prefix}-{year}"
    with transaction.atomic():
        NumberSequence.objects.get_or_create(key=key)
        row = NumberSequence.objects.select_for_update().get(key=key)
        row.last += 1
        row.save(update_fields=["last"])
    return f"{key}-{row.last:04d}"
