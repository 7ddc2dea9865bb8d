"""Facts announced by supply and demand; sent inside the transaction of the act."""

from django.dispatch import Signal

# Sent with `agreement` and `at` when it was rescinded or has expired.
agreement_ended = Signal()
