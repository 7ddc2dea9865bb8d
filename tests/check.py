"""`make check`: every static check, all of them run, failures told at the end.

Two run side by side; each tells what it found in one piece, in the order below.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SIDE_BY_SIDE = 2
BIN = Path(sys.executable).parent
PYTHON = sys.executable
STEPS: tuple[tuple[str, list[str], dict[str, str]], ...] = (
    ("排版", [f"{BIN}/ruff", "format", "--check", "."], {}),
    ("规范", [f"{BIN}/ruff", "check", "."], {}),
    ("类型", [f"{BIN}/mypy"], {}),
    ("层次", [f"{BIN}/lint-imports", "--no-cache"], {}),
    ("许可", [PYTHON, "-m", "tests.licenses"], {}),
    ("迁移", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    (
        "部署检查",
        [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        {
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": "example.org",
        },
    ),
    ("文档", [PYTHON, "-m", "pytest", "tests/architecture"], {}),
)


def run(command: list[str], extra: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one step with a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="chengzhuan-check-") as folder:
        return subprocess.run(
            command,
            env=os.environ | {"DATA_DIR": folder} | extra,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def main() -> int:
    """Run every step; return 1 if any of them failed."""
    failed = []
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        runs = {
            name: pool.submit(run, command, extra) for name, command, extra in STEPS
        }
        for name, running in runs.items():
            print(f"—— {name} ——", flush=True)
            ended = running.result()
            print(ended.stdout, end="", flush=True)
            if ended.returncode:
                failed.append(name)
    print("未通过：" + "、".join(failed) if failed else "全部检查通过。")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
