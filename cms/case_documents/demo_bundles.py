"""All demo bundles as files in a folder: Word, and PDF where LibreOffice is there."""

import json
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from assembly.library import Library
from assembly.pdf import Warm, find_program

ANSWERS = settings.ROOT / "fixtures" / "demo" / "answers"


def write_demo_bundles(
    folder: Path, *, with_pdf: bool = True, say: Callable[[str], object] = print
) -> int:
    """Write the bundle of every mode; return how many papers were written."""
    library = Library(settings.TEMPLATES_DOCX)
    converter = Warm() if with_pdf and find_program() else None
    written = 0
    try:
        for path in sorted(ANSWERS.glob("*.json")):
            mode = path.stem
            data = json.loads(path.read_text("utf-8"))
            target = folder / mode
            target.mkdir(parents=True, exist_ok=True)
            for listed, paper in library.bundle(mode).assemble(data, salt="demo"):
                manifest = library.find(listed.instrument).manifest
                name = f"{listed.instrument} {manifest.title}"
                (target / f"{name}.docx").write_bytes(paper.content)
                if converter is not None:
                    pdf = converter.convert(paper.content)
                    (target / f"{name}.pdf").write_bytes(pdf)
                written += 1
            say(f"{mode}：已写入 {target}")
    finally:
        if converter is not None:
            converter.close()
    return written
