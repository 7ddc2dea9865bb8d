"""Snapshots of papers: one outline for each instrument of each mode."""

import io
import json
from functools import lru_cache
from pathlib import Path

from assembly.library import Library
from assembly.outline import outline

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
ANSWERS = ROOT / "fixtures" / "demo" / "answers"
MODES = tuple(sorted(path.stem for path in ANSWERS.glob("*.json")))


@lru_cache
def library() -> Library:
    """Return the shipped library."""
    return Library(ROOT / "templates_docx")


def bundle_outlines(mode: str) -> dict[str, str]:
    """Return the outline of each paper of a mode, filled from the demo answers."""
    data = json.loads((ANSWERS / f"{mode}.json").read_text("utf-8"))
    made = library().bundle(mode).assemble(data, salt="snapshot")
    return {
        listed.instrument: outline(io.BytesIO(paper.content)) for listed, paper in made
    }


def write() -> None:
    """Write all snapshots anew."""
    for mode in MODES:
        folder = FOLDER / mode
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.txt"):
            old.unlink()
        for instrument, text in bundle_outlines(mode).items():
            (folder / f"{instrument}.txt").write_text(text, "utf-8")
