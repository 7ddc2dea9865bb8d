"""`make bench`: runs each bench in turn; they print ratios and percentiles."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run every bench of this folder; return 1 if one of them failed."""
    failed = 0
    for bench in sorted(HERE.glob("[a-z]*.py")):
        print(f"—— {bench.stem} ——", flush=True)
        failed |= subprocess.run(
            [sys.executable, "-m", f"benches.{bench.stem}"]
        ).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
