"""`make test`: the rules, the whole suite on SQLite, then on a real PostgreSQL."""

import os
import subprocess
import sys

from tests.postgres_server import find_binaries, running_server

# One more than there are cores: a worker often waits for a browser or a program.
WORKERS = str((os.cpu_count() or 1) + 1)
PYTEST = [
    sys.executable, "-m", "pytest", "-n", WORKERS, "--dist", "loadscope",
    "--no-loadscope-reorder",
]  # fmt: skip
ENGINE = "tests/unit/assembly"
# The rules are pure. Only here is every line and branch counted: it slows Python
# by half.
RULES = [
    "tests/unit", f"--ignore={ENGINE}", "--cov=cms/rules", "--cov=notation",
    "--cov-report=term:skip-covered", "--cov-fail-under=100",
]  # fmt: skip
# tests/architecture is the last step of `make check`.
PRODUCT = [
    "tests/browser", "tests/documents", "tests/journeys", "tests/integration", ENGINE,
]  # fmt: skip

# These hold statuses, words and child processes; what they ask of the database
# other files ask of PostgreSQL too (test_sweep: a process killed at any statement).
ON_ONE_DATABASE = (
    "tests/integration/test_access_matrix.py",
    "tests/integration/test_canary.py",
    "tests/integration/test_public_surfaces.py",
    "tests/integration/core/test_action_written_pages.py",
    "tests/integration/case_documents/test_demo_bundles.py",
    "tests/integration/case_documents/test_template_pages.py",
    "tests/integration/case_documents/test_templates.py",
    "tests/integration/pages/test_list_parameters.py",
    "tests/integration/parties/test_kept_forms.py",
    "tests/integration/recordal/test_filing.py",
    "tests/integration/signed_papers/test_kills.py",
    "tests/integration/signed_papers/test_uploads.py",
)
POSTGRES = [
    "tests/integration", "tests/journeys",
    *(f"--ignore={path}" for path in ON_ONE_DATABASE),
]  # fmt: skip


def passes(arguments: list[str]) -> list[tuple[str, list[str]]]:
    """Return name and pytest arguments of each pass that needs no server."""
    if arguments:
        return [("SQLite", arguments)]
    return [("规则", RULES), ("SQLite", PRODUCT)]


def run_on_postgres(arguments: list[str]) -> int:
    """Run what depends on the database on a fresh PostgreSQL; return the exit code."""
    if find_binaries() is None:
        print("—— PostgreSQL：本机没有安装 15 或更新版本，此遍跳过 ——")
        return 1 if os.environ.get("REQUIRE_ALL") else 0
    print("—— PostgreSQL ——", flush=True)
    with running_server() as url:
        return subprocess.run(
            [*PYTEST, *(arguments or POSTGRES)], env=os.environ | {"DATABASE_URL": url}
        ).returncode


def main(arguments: list[str]) -> int:
    """Run every pass with the given pytest arguments; return 1 if one failed."""
    failed = []
    for name, chosen in passes(arguments):
        print(f"—— {name} ——", flush=True)
        if subprocess.run([*PYTEST, *chosen]).returncode:
            failed.append(name)
    if run_on_postgres(arguments):
        failed.append("PostgreSQL")
    print("未通过：" + "、".join(failed) if failed else "全部测试通过。")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
