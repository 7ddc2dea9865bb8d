"""Erases a person's name from the log and leaves the log verifiable."""

from datetime import datetime

from cms.core.actors import Actor
from cms.core.evidence.entries import record
from cms.core.evidence.verification import ERASED
from cms.core.locks import writing
from cms.core.models import EvidenceEntry


def erase_names(user_id: int, *, by: Actor, at: datetime) -> int:
    """Blank name and salt of a person's entries (个人信息保护法 47); return how many.

    The commitments stay, so every hash still holds; one entry says which names
    were erased.
    """
    with writing():
        rows = EvidenceEntry.objects.filter(actor_id=user_id).exclude(actor_salt="")
        numbers = list(rows.order_by("sequence").values_list("sequence", flat=True))
        if numbers:
            rows.update(actor_name="", actor_salt="")
            payload = {"sequences": numbers}
            record(ERASED, f"parties.User:{user_id}", payload, by=by, at=at)
    return len(numbers)
