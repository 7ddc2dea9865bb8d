"""Facts announced by empowerment; sent inside the transaction of the act."""

from django.dispatch import Signal

# Sent with `case` and `at`.
case_signed = Signal()
