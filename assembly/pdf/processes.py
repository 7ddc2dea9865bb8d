"""Office programs as process groups of their own, killed whole."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

FONTS = Path(__file__).parents[1] / "fonts.conf"
_GRACE = 5.0


def start(command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, with the house fonts and no more.

    `folder` is its home and its place for temporary files.
    """
    return subprocess.Popen(  # noqa: S603  fixed arguments, no shell
        command,
        cwd=folder,
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LANG": "C.UTF-8",
            "FONTCONFIG_FILE": str(FONTS),
            "SAL_USE_VCLPLUGIN": "svp",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a program with everything that it started, and wait for its end."""
    with suppress(ProcessLookupError):  # it and all its children have ended
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(_GRACE)
