"""A child process that reads hostile files and reports all that they reach.

Usage: python -m tests.unit.assembly.canary templates SECRET_PATH
       python -m tests.unit.assembly.canary uploads FOLDER
Prints one JSON object a file: its faults, what happened on the way, and whether a
secret came out; at last the memory used.
"""

import codecs
import io
import json
import os
import resource
import sys
import time
import unicodedata
from typing import Any

from assembly import AssemblyError, Template
from assembly.lint import lint
from assembly.package import read_package
from tests.unit.assembly.hostile_templates import INERT, SECRET_PATH, TEMPLATES
from tests.unit.assembly.word_files import paragraph, word_file

MEMORY = 700 * 2**20
PROCESSOR = 240
WATCHED = (
    "open",
    "socket",
    "subprocess",
    "os.system",
    "os.exec",
    "os.fork",
    "os.spawn",
    "os.posix_spawn",
    "os.listdir",
    "os.scandir",
    "os.remove",
    "os.rename",
    "os.putenv",
    "ctypes",
    "import",
    "shutil",
    "tempfile",
    "urllib",
)
DATA: dict[str, Any] = {
    "name": "甲",
    "markup": "<w:p><w:r><w:t>injected</w:t></w:r></w:p>",
    "record": {"a": 1},
    "rows": [{"a": number} for number in range(300)],
}


class Watch:
    """Remembers the audit events between `start` and `stop`."""

    def __init__(self) -> None:
        self.is_on = False
        self.events: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_on and event.startswith(WATCHED):
            self.events.append(f"{event}{arguments!r}"[:200])


def examine(watch: Watch, content: bytes, secret: str) -> dict[str, object]:
    """Lint a template, compile it, fill it; tell what happened."""
    watch.events = []
    watch.is_on = True
    started = time.perf_counter()
    codes = [fault.code for fault in lint(content)]
    output = b""
    refused: list[str] = []
    crash = ""
    try:
        output = Template(content, "上传").render(DATA)
    except AssemblyError as refusal:
        refused = [fault.code for fault in refusal.faults]
    except Exception as error:
        crash = repr(error)[:200]
    watch.is_on = False
    return {
        "lint": codes,
        "refused": refused,
        "crash": crash,
        "events": watch.events,
        "seconds": time.perf_counter() - started,
        "leaks": secret.encode() in output or os.environ["CANARY"].encode() in output,
    }


def peak_memory() -> int:
    """The most memory held at once, in kB; getrusage would count the parent's too."""
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1])


def receive(watch: Watch, content: bytes) -> dict[str, object]:
    """Read an upload as the author's desk does; tell what happened."""
    watch.events = []
    watch.is_on = True
    started = time.perf_counter()
    codes: list[str] = []
    try:
        read_package(io.BytesIO(content))
    except AssemblyError as refusal:
        codes = sorted({fault.code for fault in refusal.faults})
    watch.is_on = False
    seconds = time.perf_counter() - started
    return {"codes": codes, "events": watch.events, "seconds": seconds}


def limit() -> None:
    """Let the rest of this process have little, and no file to write."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def try_templates(watch: Watch, path: str) -> None:
    """Examine the corpus of templates; `path` is a file with a secret."""
    with open(path) as planted:
        secret = planted.read()
    unicodedata.normalize("NFKC", codecs.decode("\\x41", "unicode_escape"))
    for text in ("{{ name }}{{ nothing }}", "{% unknown %}"):  # imports on first use
        examine(watch, word_file(paragraph(text)), secret)
    limit()
    for name, build in {**TEMPLATES, **INERT}.items():
        content = build().replace(SECRET_PATH.encode(), path.encode())
        print(json.dumps({"name": name, **examine(watch, content, secret)}))


def try_uploads(watch: Watch, folder: str) -> None:
    """Receive every file of a folder."""
    receive(watch, word_file(paragraph("好")))
    limit()
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as upload:
            content = upload.read()
        print(json.dumps({"name": name, **receive(watch, content)}))


def main() -> None:
    """Examine a whole corpus under limits."""
    watch = Watch()
    {"templates": try_templates, "uploads": try_uploads}[sys.argv[1]](
        watch, sys.argv[2]
    )
    print(json.dumps({"peak_mb": peak_memory() // 1024}))


if __name__ == "__main__":
    main()
