"""`make check`: every static check, all of them run, failures told at the end."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

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


def main() -> int:
    """Run every step; return 1 if any of them failed."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="chengzhuan-check-") as folder:
        for name, command, extra in STEPS:
            print(f"—— {name} ——", flush=True)
            env = os.environ | {"DATA_DIR": folder} | extra
            if subprocess.run(command, env=env).returncode:
                failed.append(name)
    print("未通过：" + "、".join(failed) if failed else "全部检查通过。")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
