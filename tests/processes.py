"""Real processes in tests: forked, so that they start in milliseconds."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code, or the signal that killed it."""

    code: int | None
    signal: int | None


def start(function: Callable[..., object], *arguments: object) -> int:
    """Fork a process that runs `function`; return its id.

    The parent's connections are closed first: a shared socket or file lock
    would tie the two processes together.
    """
    connections.close_all()
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = 0
    try:
        function(*arguments)
    except SystemExit as asked:
        code = int(asked.code or 0)
    except BaseException:
        traceback.print_exc()
        code = 1
    finally:
        connections.close_all()
        sys.stderr.flush()
        os._exit(code)


def wait(*children: int) -> list[Ended]:
    """Wait for the processes; return how each ended."""
    return [_ended(os.waitpid(child, 0)[1]) for child in children]


def run_all(functions: list[Callable[[], object]]) -> list[Ended]:
    """Run the functions at the same time, each in a process of its own."""
    return wait(*[start(function) for function in functions])


def _ended(status: int) -> Ended:
    if os.WIFSIGNALED(status):
        return Ended(None, os.WTERMSIG(status))
    return Ended(os.waitstatus_to_exitcode(status), None)


class Killer:
    """Kills its own process at the n-th boundary: each statement, each commit."""

    def __init__(self, boundary: int) -> None:
        self.left = boundary

    def step(self) -> None:
        """Count one boundary; at the chosen one the process is gone."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        """Wrap one statement."""
        self.step()
        return execute(sql, *rest)


def _stepping(killer: Killer, call: Callable[..., Any]) -> Callable[..., Any]:
    """Return a call with a boundary on either side."""

    def stepped(*arguments: Any, **named: Any) -> Any:
        killer.step()
        result = call(*arguments, **named)
        killer.step()
        return result

    return stepped


def run_until_killed(
    function: Callable[[], object], boundary: int, *, calls: tuple[str, ...] = ()
) -> Ended:
    """Run a function in a process that dies at its n-th statement or commit.

    `calls` are functions of `os` before and after which it may die as well.
    """
    return wait(start(_counted(function, Killer(boundary), calls)))[0]


def count_boundaries(
    function: Callable[[], object], folder: Path, *, calls: tuple[str, ...] = ()
) -> int:
    """Run a function in a process to its end; return how many boundaries it has."""
    most, kept = 10**9, folder / "boundaries"
    killer = Killer(most)

    def counting() -> None:
        _counted(function, killer, calls)()
        kept.write_text(str(most - killer.left))

    assert wait(start(counting)) == [Ended(0, None)]
    return int(kept.read_text())


def _counted(
    function: Callable[[], object], killer: Killer, calls: tuple[str, ...]
) -> Callable[[], None]:
    """Return a function for a process of its own, with the killer at each boundary."""

    def counted() -> None:
        commit = BaseDatabaseWrapper._commit
        for name in calls:
            setattr(os, name, _stepping(killer, getattr(os, name)))

        def killing_commit(self: BaseDatabaseWrapper) -> None:
            killer.step()
            commit(self)
            killer.step()

        BaseDatabaseWrapper._commit = killing_commit
        with connection.execute_wrapper(killer):
            function()

    return counted
