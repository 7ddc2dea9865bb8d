"""The change log of the public rows: what readers' indexes must read anew."""

import secrets
from datetime import datetime

from cms.achievements.models import CatalogChange
from cms.core.locks import writing


@writing()
def record_change(page_id: int | None, *, at: datetime) -> None:
    """Append a change (None: everything); the caller holds the write lock."""
    last = (
        CatalogChange.objects.order_by("-version")
        .values_list("version", flat=True)
        .first()
    )
    CatalogChange.objects.create(
        version=(last or 0) + 1,
        stamp=secrets.token_hex(16),
        page_id=page_id,
        changed_at=at,
    )
