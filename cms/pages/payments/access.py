"""Who enters the room: the unit's office, and the enterprise that pays."""

from django.http import Http404, HttpRequest

from cms.pages.empowerment.access import ROOM, actor_of
from cms.payments.models import Payment
from cms.payments.queries import OFFICE, get_payment
from cms.rules.roles import Role

PEOPLE = (*OFFICE, Role.ENTERPRISE)
TRAIL = [ROOM, ("付款", "/my/payments/")]


def find_payment(request: HttpRequest, pk: int) -> Payment:
    """Return a row of the person's scope; any other does not exist."""
    try:
        return get_payment(actor_of(request), pk)
    except Payment.DoesNotExist:
        raise Http404 from None
