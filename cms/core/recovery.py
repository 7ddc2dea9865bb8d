"""What features do about work that a killed process left half done."""

import logging
from collections.abc import Callable
from datetime import datetime

Recovery = Callable[[datetime], object]
_recoveries: list[Recovery] = []
_log = logging.getLogger(__name__)


def register(recovery: Recovery) -> Recovery:
    """Register `recovery(at)`; it is safe to run at any time and more than once."""
    _recoveries.append(recovery)
    return recovery


def recover_all(*, at: datetime) -> None:
    """Run every recovery; the sweep does so at its start and in every round."""
    for recovery in _recoveries:
        try:
            recovery(at)
        except Exception:  # a task runner: the sweep goes on, and tries again
            _log.exception("recovery %s failed", recovery.__name__)
