"""Where the tree's own sources are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("assembly", "cms", "notation", "tests", "benches")


def python_files(*folders: str) -> list[Path]:
    """Return the Python files of folders (all of ours), migrations left out."""
    return sorted(
        path
        for folder in folders or PACKAGES
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def templates() -> list[Path]:
    """Return every HTML template."""
    return sorted((ROOT / "cms").rglob("templates/**/*.html"))
