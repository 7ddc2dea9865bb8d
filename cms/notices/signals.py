"""Facts announced by the notices; sent inside the transaction of the act."""

from django.dispatch import Signal

# Each is sent with `notice` (the case) and `at` (the legal instant).
notice_published = Signal()  # also `venue` and `by`
notice_suspended = Signal()
notice_resumed = Signal()
notice_closed = Signal()
notice_terminated = Signal()
