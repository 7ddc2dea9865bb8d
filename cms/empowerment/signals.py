"""Facts announced by empowerment; sent inside the transaction of the act."""

from django.dispatch import Signal

# Sent with `case` and `at`.
case_signed = Signal()

# Sent with `case` and `at` when a signed case was rescinded or has expired.
case_ended = Signal()

# Sent with `case` and `at` when a use right runs longer, in the same transaction.
case_extended = Signal()
