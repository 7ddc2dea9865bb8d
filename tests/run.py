"""`make test`: the whole suite on SQLite, then on a real PostgreSQL."""

import os
import subprocess
import sys

from tests.postgres_server import find_binaries, running_server

PYTEST = [
    sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadscope",
    "--no-loadscope-reorder",
]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Run both passes with the given pytest arguments; return the exit code."""
    print("—— SQLite ——", flush=True)
    coverage = [
        "--cov=cms/rules", "--cov=notation", "--cov-report=term:skip-covered", "--cov-fail-under=100",
    ]  # fmt: skip
    first = subprocess.run([*PYTEST, *([] if arguments else coverage), *arguments])
    if first.returncode:
        return first.returncode
    if find_binaries() is None:
        print("—— PostgreSQL：本机没有安装 15 或更新版本，此遍跳过 ——")
        return 1 if os.environ.get("REQUIRE_ALL") else 0
    print("—— PostgreSQL ——", flush=True)
    with running_server() as url:
        # The rules and the browser tests do not depend on the database.
        narrowed = arguments or [
            "tests/integration", "tests/journeys", "-m", "not browser",
        ]  # fmt: skip
        return subprocess.run(
            [*PYTEST, *narrowed], env=os.environ | {"DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
