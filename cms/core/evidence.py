"""Evidence log (存证, CC-07): append-only entries, one chain for all writers."""

import json
from datetime import datetime
from hashlib import new as new_hash

from django.db import models, transaction

from cms.core import clock
from cms.core.actors import Actor
from cms.core.models import EvidenceEntry
from cms.core.subjects import subject_of


def record(
    kind: str,
    subject: models.Model | str,
    payload: dict[str, object],
    *,
    by: Actor,
    at: datetime,
) -> EvidenceEntry:
    """Append one entry; must run in the transaction of the act it proves.

    `kind` is `<subject>.<past participle>`, `payload` plain JSON data without
    personal data (use salted commitments); `at` is the legal instant.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("evidence.record must run inside transaction.atomic")
    name = subject if isinstance(subject, str) else subject_of(subject)
    last = (
        EvidenceEntry.objects.order_by("-sequence")
        .values_list("sequence", flat=True)
        .first()
    )
    entry = EvidenceEntry(
        sequence=(last or 0) + 1,
        kind=kind,
        subject=name,
        actor_id=by.user_id,
        actor_name=by.name,
        legal_at=at,
        recorded_at=clock.now(),
        payload=payload,
    )
    body = json.dumps(payload, ensure_ascii=False, sort_keys=True).encode()
    entry.sha256 = new_hash("sha256", body).hexdigest()
    entry.sm3 = new_hash("sm3", body).hexdigest()
    entry.save(force_insert=True)
    return entry
