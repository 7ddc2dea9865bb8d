"""`manage.py serve` runs the sweep in a process of its own, forked."""

import os
import signal
import time

import pytest
from django.db import connections

from cms.core.models import SweepState
from cms.pages.management.commands.serve import (
    has_ended,
    start_sweeper,
    stop_sweeper,
)
from tests import processes


def _wait_until(is_so) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen within a minute")


@pytest.mark.django_db(transaction=True)
def test_sweep_works_beside_the_server_and_ends_with_it():
    connections.close_all()

    sweeper = start_sweeper()

    _wait_until(SweepState.objects.exists)
    assert has_ended(sweeper) is False
    stop_sweeper(sweeper)
    with pytest.raises(ProcessLookupError):
        os.kill(sweeper, 0)


def test_sweep_that_gunicorn_has_reaped_counts_as_ended():
    child = processes.start(lambda: None)
    processes.wait(child)

    stop_sweeper(child)

    assert has_ended(child) is True


def test_sweep_that_does_not_end_is_killed(monkeypatch):
    monkeypatch.setattr("cms.pages.management.commands.serve.STOP_TRIES", 3)
    reader, writer = os.pipe()

    def deaf() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.write(writer, b"x")
        while True:
            time.sleep(1)

    child = processes.start(deaf)
    os.read(reader, 1)

    stop_sweeper(child)

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    os.close(reader)
    os.close(writer)
