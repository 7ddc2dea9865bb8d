"""Licence gate (decision 11): nothing under AGPL or GPL in the product."""

import json
import re
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parents[1] / "requirements" / "base.txt"
FORBIDDEN = re.compile(r"AGPL|Affero|(?<!L)GPL|(?<!Lesser )General Public License")
LESSER = re.compile(r"LGPL|Lesser General Public License")


def product_packages() -> set[str]:
    """Return the normalized names locked for the product."""
    names = re.findall(r"^([A-Za-z0-9_.-]+)==", BASE.read_text(), re.MULTILINE)
    return {name.lower().replace("_", "-") for name in names}


def is_forbidden(licence: str) -> bool:
    """Whether a licence text names only AGPL or GPL (a choice may offer better)."""
    choices = re.split(r";|\bOR\b|/", licence)
    return all(FORBIDDEN.search(LESSER.sub("", choice)) for choice in choices)


def main() -> int:
    """Print and count forbidden packages; return 1 if there are any."""
    command = [sys.executable, "-m", "piplicenses", "--format=json", "--from=mixed"]
    rows = json.loads(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
    )
    wanted = product_packages()
    bad = [
        f"{row['Name']}：{row['License']}"
        for row in rows
        if row["Name"].lower().replace("_", "-") in wanted
        and is_forbidden(row["License"])
    ]
    print("\n".join(bad) or "产品依赖中没有 AGPL 或 GPL。")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
