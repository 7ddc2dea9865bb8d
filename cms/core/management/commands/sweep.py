"""`manage.py sweep [--forever [--interval S]]`: fires what is due."""

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.db import DatabaseError, close_old_connections, connections

from cms.core import clock, due, orphan_files, recovery
from cms.core.evidence.checkpoints import copy_to_file, start_daily

_log = logging.getLogger("cms.sweep")


class Command(BaseCommand):
    """Fire the due events once, or again and again until told to stop."""

    help = "执行到期事件（一次，或 --forever 持续执行）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the mode and the pause between two runs."""
        parser.add_argument("--forever", action="store_true", help="持续执行")
        parser.add_argument("--interval", type=float, default=10.0, help="间隔秒数")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep; SIGTERM and SIGINT end the loop after the event at hand."""
        if not options["forever"]:
            self.stdout.write(f"已执行{sweep_once()}项到期事件。")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            try:
                close_old_connections()
                sweep_once()
            except DatabaseError:
                _log.exception("sweep failed; trying again")
                connections.close_all()
            stop.wait(options["interval"])


def sweep_once() -> int:
    """Keep the daily tasks going and fire what is due; return how many."""
    now = clock.now()
    start_daily(at=now)
    due.start_daily(orphan_files.DAILY, at=now)
    copy_to_file()
    recovery.recover_all(at=now)
    return due.sweep(until=now)
