"""Starts a throw-away PostgreSQL on loopback for one run of the suite."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CANDIDATES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
MINIMUM = 15


def find_binaries() -> Path | None:
    """Return the folder with initdb and postgres (15 or newer), or None."""
    for folder in [*CANDIDATES, *map(Path, os.get_exec_path())]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            words = subprocess.run(
                [folder / "postgres", "--version"], capture_output=True, text=True
            ).stdout.split()
            if words and int(words[2].split(".")[0]) >= MINIMUM:
                return folder
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _as_server_user(command: list[str], folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: there it runs as its own user."""
    if os.geteuid() != 0:
        return command
    name = "postgres"
    try:
        owner = pwd.getpwnam(name)
    except KeyError:
        name = "nobody"
        owner = pwd.getpwnam(name)
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return [shutil.which("runuser") or "runuser", "-u", name, "--", *command]


@contextmanager
def running_server() -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh server; stop and delete it afterwards.

    Raises:
        RuntimeError: no PostgreSQL 15 or newer is installed.
    """
    binaries = find_binaries()
    if binaries is None:
        raise RuntimeError("本机没有 PostgreSQL 15 或更新版本")
    with tempfile.TemporaryDirectory(prefix="chengzhuan-pg-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        cluster = folder / "cluster"
        port = _free_port()
        initdb = [
            str(binaries / "initdb"), "-D", str(cluster), "-U", "chengzhuan",
            "--auth=trust", "--encoding=UTF8", "--no-sync",
        ]  # fmt: skip
        subprocess.run(_as_server_user(initdb, folder), check=True, capture_output=True)
        serve = [
            str(binaries / "postgres"), "-D", str(cluster), "-p", str(port),
            "-c", "listen_addresses=127.0.0.1", "-k", str(folder),
            "-c", "fsync=off", "-c", "synchronous_commit=off",
            "-c", "full_page_writes=off", "-c", "max_connections=200",
        ]  # fmt: skip
        with (
            (folder.parent / f"{folder.name}.log").open("wb") as log,
            subprocess.Popen(
                _as_server_user(serve, folder), stdout=log, stderr=log
            ) as server,
        ):
            try:
                _wait_until_ready(binaries, port)
                yield f"postgres://chengzhuan@127.0.0.1:{port}/postgres"
            finally:
                subprocess.run(
                    _as_server_user(
                        [str(binaries / "pg_ctl"), "-D", str(cluster), "stop",
                         "-m", "immediate"], folder
                    ),
                    capture_output=True,
                )  # fmt: skip
                server.wait(30)
        (folder.parent / f"{folder.name}.log").unlink(missing_ok=True)


def _wait_until_ready(binaries: Path, port: int) -> None:
    subprocess.run(
        ["timeout", "30", "sh", "-c",
         f"until {binaries}/pg_isready -q -h 127.0.0.1 -p {port}; do sleep 0.1; done"],
        check=True,
    )  # fmt: skip
