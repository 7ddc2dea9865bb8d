"""Who reads evidence and vouchers of payments: both sides of the contract."""

from django.db.models import Q

from cms.core.actors import Actor
from cms.core.models import PrivateFile
from cms.core.private_files import readable
from cms.payments.queries import list_payments

PURPOSE = "payment"


def _holds(file: PrivateFile) -> Q:
    """Return the condition of a row that a file belongs to."""
    return Q(trigger_file=file) | Q(vouchers__file=file) | Q(papers__file=file)


@readable(PURPOSE)
def may_read(actor: Actor, file: PrivateFile) -> bool:
    """Whoever sees the row that the file belongs to, and the uploader."""
    if actor.user_id is not None and file.uploaded_by_id == actor.user_id:
        return True
    rows = list_payments(actor)
    return rows.filter(_holds(file)).exists()
