"""`make run`: prepares the data folder, loads the demo office, serves, sweeps."""

import os
import signal
import socket
import sys
import time
import traceback
from argparse import ArgumentParser
from threading import Timer
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.base import BaseApplication

from cms.achievements.warming import warm_in_background
from cms.case_documents.actions import load_changed_library
from cms.case_documents.templates_in_use import compile_all
from cms.core import clock, triggers
from cms.pages.demo_logins import has_demo_office, print_logins
from cms.wsgi import application

# How often, a tenth of a second apart, the sweep is asked whether it has ended.
STOP_TRIES = 100
# Compiling forty templates keeps a processor busy for seconds; the first pages
# come before it.
TEMPLATES_AFTER = 10.0


def warm_worker(_: Any) -> None:
    """Read the catalogue's index in a new worker, and compile the templates later."""
    warm_in_background()
    later = Timer(TEMPLATES_AFTER, warm_templates)
    later.daemon = True
    later.start()


def warm_templates() -> None:
    """Compile the templates in use; a page that needs one compiles it itself."""
    try:
        compile_all()
    finally:
        connections.close_all()


class Server(BaseApplication):
    """Gunicorn inside this process, so that Django is set up only once."""

    def __init__(self, address: str, workers: int) -> None:
        """Keep the address and number of worker processes."""
        self.address = address
        self.workers = workers
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from Gunicorn's defaults."""
        self.cfg.set("bind", self.address)
        self.cfg.set("workers", self.workers)
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", 4)
        self.cfg.set("timeout", 120)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("control_socket_disable", True)
        self.cfg.set("post_worker_init", warm_worker)

    def load(self) -> Any:
        """Return the application that is already loaded."""
        return application


class Command(BaseCommand):
    """Migrate, load the demo office once, run the sweep and serve."""

    help = "准备数据、装入演示机关并启动网站"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port and the number of workers."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare and serve until interrupted."""
        port = options["port"]
        refuse_busy_port(port)
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        prepare(self.stdout.write)
        print_logins(self.stdout.write)
        self.stdout.write(f"网站已启动：http://127.0.0.1:{port}　（Ctrl+C 停止）")
        connections.close_all()
        sweeper = start_sweeper()
        try:
            Server(f"127.0.0.1:{port}", options["workers"]).run()
        finally:
            stop_sweeper(sweeper)


def refuse_busy_port(port: int) -> None:
    """Say in words that the port is taken, before anything is prepared."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"端口 {port} 已被占用，请用 PORT=其他端口 make run。"
            ) from error


def prepare(say: Any) -> None:
    """Migrate where needed, renew the listed steps, load the demo office once."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("正在建立数据库…")
        call_command("migrate", verbosity=0)
    elif triggers.stale_steps(connection) or connection.vendor != "sqlite":
        triggers.renew_steps(connection)
    if not has_demo_office():
        say("正在装入政策、工作日历和演示机关…")
        call_command("demo_office", verbosity=0)
    load_changed_library(at=clock.now())


def start_sweeper() -> int:
    """Start the sweep of due events beside the server; return its process id.

    Forked, so that Django is not set up once more: that costs as much as the whole
    start. Call it without open connections and before any thread is started.
    """
    sys.stdout.flush()
    sweeper = os.fork()
    if sweeper:
        return sweeper
    try:
        call_command("sweep", forever=True)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def stop_sweeper(sweeper: int) -> None:
    """Let the sweep end the event at hand; one that is too slow is killed.

    A killed sweep leaves nothing half done: effect and mark are one transaction.
    """
    if has_ended(sweeper):
        return
    os.kill(sweeper, signal.SIGTERM)
    for _ in range(STOP_TRIES):
        time.sleep(0.1)
        if has_ended(sweeper):
            return
    os.kill(sweeper, signal.SIGKILL)
    os.waitpid(sweeper, 0)


def has_ended(child: int) -> bool:
    """Whether a child process is gone; Gunicorn may have reaped it before us."""
    try:
        return os.waitpid(child, os.WNOHANG)[0] == child
    except ChildProcessError:
        return True
