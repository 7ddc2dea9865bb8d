"""One engine in a process of its own: told how many documents, says what they cost."""

import io
import json
import pickle
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Render = Callable[[Any], bytes]


def ours(template: Path) -> Render:
    """Return our engine: binding, sandbox, escaping, hashes and all."""
    from assembly import load_template

    loaded = load_template(template)
    return lambda data: loaded.assemble(data).content


def quick(template: Path) -> Render:
    """Return our engine with its deflate stitched together."""
    from assembly import load_template

    loaded = load_template(template)
    return lambda data: loaded.assemble_quickly(data).content


def docxtpl(template: Path) -> Render:
    """Return docxtpl as its manual shows it: a new object a document."""
    import docxtpl
    import jinja2

    from assembly.filters import FILTERS, printed

    environment = jinja2.Environment(autoescape=True, finalize=printed)
    environment.filters |= FILTERS

    def render(context: Any) -> bytes:
        document = docxtpl.DocxTemplate(template)
        document.render(context, jinja_env=environment, autoescape=True)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return render


def main() -> None:
    """Serve the engine that the first argument names."""
    engine, template, rows, sample = sys.argv[1:]
    data = pickle.loads(Path(rows).read_bytes())  # noqa: S301 (our own file)
    render = {"ours": ours, "quick": quick, "docxtpl": docxtpl}[engine](Path(template))
    for number, row in enumerate(data[:4]):
        Path(f"{sample}-{number}.docx").write_bytes(render(row))
    print(json.dumps({"ready": True}), flush=True)
    place = 0
    for line in sys.stdin:
        wall = []
        before = time.process_time()
        for _ in range(int(line)):
            start = time.perf_counter()
            render(data[place % len(data)])
            wall.append((time.perf_counter() - start) * 1e3)
            place += 1
        cpu = (time.process_time() - before) * 1e3
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"wall": wall, "cpu": cpu, "rss": rss}), flush=True)


if __name__ == "__main__":
    main()
