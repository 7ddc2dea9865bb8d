"""What happened to signed papers; sent inside the transaction, after it is saved."""

from django.dispatch import Signal

paper_filed = Signal()
"""A signed paper went to the archive. Arguments: `signed`, `by`, `at`."""
