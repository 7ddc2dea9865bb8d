"""Starts the author's desk with limits and reads its answers as they come."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assembly.errors import AssemblyError, Fault, fault

CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may cost: seconds of CPU, seconds to wait, bytes of memory.

    A request waits for it, so it ends before the web server would end the request.
    """

    cpu_seconds: int = 20
    wait_seconds: float = 25.0
    memory: int = 768 * 1024 * 1024


DEEP = Limits(cpu_seconds=180, wait_seconds=600.0)


def answers_of(
    task: str, request: Mapping[str, Any], limits: Limits
) -> Iterator[dict[str, Any]]:
    """Yield what the child answers, line by line.

    Raises:
        AssemblyError: the faults it found, or E-AS-37, it was stopped at a limit.
    """
    process = _started(task, limits)
    timer = threading.Timer(limits.wait_seconds, _kill, [process])
    timer.start()
    try:
        yield from _read(process, json.dumps(request).encode())
    finally:
        timer.cancel()
        _kill(process)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _started(task: str, limits: Limits) -> "subprocess.Popen[bytes]":
    arguments = (task, str(limits.cpu_seconds), str(limits.memory))
    return subprocess.Popen(  # noqa: S603  fixed arguments, no shell
        [sys.executable, "-I", str(CHILD), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        start_new_session=True,
    )


def _read(
    process: "subprocess.Popen[bytes]", request: bytes
) -> Iterator[dict[str, Any]]:
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101
    with suppress(BrokenPipeError):  # it ended before it had read everything
        process.stdin.write(request)
        process.stdin.close()
    for line in process.stdout:
        answer = json.loads(line)
        if "end" in answer:
            if answer["end"] != "done":
                raise AssemblyError(_faults(answer))
            return
        yield answer
    raise AssemblyError(fault("E-AS-37"))


def _faults(answer: Mapping[str, Any]) -> list[Fault]:
    if answer["end"] != "refused":
        return [fault("E-AS-37")]
    return [Fault(**one) for one in answer["faults"]]


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
