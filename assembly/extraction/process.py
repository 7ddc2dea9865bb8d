"""Starts the reader with limits and reads its answers; never the file itself."""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

READER = Path(__file__).with_name("reader.py")
_KILLED = {-signal.SIGXCPU: "too_slow", -signal.SIGKILL: "too_slow"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds of CPU, seconds to wait, bytes, pages."""

    cpu_seconds: int = 20
    wait_seconds: float = 60.0
    memory: int = 1024 * 1024 * 1024
    pages: int = 1_000
    recognition_seconds: float = 30.0


def ask_reader(
    task: str, body: bytes, limits: Limits
) -> tuple[list[dict[str, Any]], str]:
    """Return the answers of the reader and how it ended (`done` or a reason)."""
    arguments = (limits.cpu_seconds, limits.memory, limits.pages)
    command = [sys.executable, "-I", str(READER), task, *map(str, arguments)]
    done = run_whole(command, body, limits.wait_seconds)
    if done is None:
        return [], "too_slow"
    lines = [json.loads(line) for line in done.stdout.splitlines() if line[:1] == b"{"]
    if lines and "end" in lines[-1]:
        return lines[:-1], str(lines[-1]["end"])
    return [], _KILLED.get(done.returncode, "broken")


def run_whole(
    command: Sequence[str], body: bytes, seconds: float, *, memory: int = 0
) -> subprocess.CompletedProcess[bytes] | None:
    """Run a program in a group of its own; None when its time was up.

    Whatever it started is killed when it ends. It gets no environment.
    """
    process = subprocess.Popen(  # noqa: S603  fixed arguments, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
        start_new_session=True,
        preexec_fn=partial(_limit_memory, memory) if memory else None,  # noqa: PLW1509
    )
    try:
        out, _ = process.communicate(body, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
    return subprocess.CompletedProcess(command, process.returncode, out, b"")


def _limit_memory(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
