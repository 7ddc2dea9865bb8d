"""Works on one hostile template; run as a script of its own, with hard limits.

Arguments: the task, seconds of CPU, bytes of memory. The request comes on standard
input as JSON; answers go out as lines of JSON, the last says how it ended. Nothing
is written, no socket opened, no program started; `assembly.authoring` starts it.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def _answer(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
    sys.stdout.buffer.flush()


def _limit(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _watch(event: str, details: tuple[Any, ...]) -> None:
    """Refuse what no task needs, whatever a template has brought about."""
    is_writing = event == "open" and bool(details[2] & WRITING)
    if is_writing or event == "os.system" or event.startswith(FORBIDDEN):
        raise PermissionError(event)


def main() -> int:
    """Limit this process, then do the task."""
    task, seconds, memory = sys.argv[1], *map(int, sys.argv[2:4])
    request = json.loads(sys.stdin.buffer.read())
    _limit(seconds, memory)
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(ROOT))
    # slow import, and only within the limits
    from assembly.authoring.tasks import TASKS
    from assembly.errors import AssemblyError  # slow import

    sys.addaudithook(_watch)
    end: dict[str, Any] = {"end": "done"}
    try:
        for line in TASKS[task](request):
            _answer(line)
    except AssemblyError as refusal:
        faults = [one.as_data() for one in refusal.faults]
        end = {"end": "refused", "faults": faults}
    except (MemoryError, RecursionError):
        end = {"end": "too_large"}
    except Exception:  # whatever a hostile file brings about
        end = {"end": "broken"}
    _answer(end)
    return 0


if __name__ == "__main__":
    sys.exit(main())
