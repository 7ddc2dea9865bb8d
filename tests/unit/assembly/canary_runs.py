"""Starts the canary in a process of its own, with next to no environment."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.papers import ROOT


def run_canary(corpus: str, path: Path) -> dict[str, dict[str, Any]]:
    """What the canary saw of each file, by name; under "memory" what it used."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.unit.assembly.canary", corpus, str(path)],
        cwd=ROOT,
        env={"CANARY": "SECRET-OF-THE-ENVIRONMENT"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert child.returncode == 0, child.stderr[-2000:]
    lines = [json.loads(line) for line in child.stdout.splitlines()]
    return {line.get("name", "memory"): line for line in lines}
