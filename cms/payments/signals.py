"""Facts announced by the payments; sent inside the transaction of the act."""

from django.dispatch import Signal

# Sent with `contract` (app.Model:pk), `by` and `at`: no row is open any more.
contract_settled = Signal()
