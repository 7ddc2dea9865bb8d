"""A converter that stays: one office program, one file after the other.

LibreOffice closes after each `--convert-to`, and its own connection asks for a
library that belongs to another Python. So a macro in a profile of our own waits
for files: `in.docx` and `go` are laid into its folder, it answers with `out.pdf`
or `failed`. Macros and links inside the document are never run. The macro ends
the program after a minute without work, so nothing outlives a server for long.
"""

import atexit
import shutil
import tempfile
import threading
import time
from pathlib import Path
from subprocess import Popen, TimeoutExpired

from assembly.pdf.conversion import ConversionFailed, NotAvailable, checked
from assembly.pdf.one_shot import find_program
from assembly.pdf.processes import kill, start
from assembly.pdf.ragged import with_ragged_lines

_TICK = 0.01
_MACRO = Path(__file__).with_name("converter.xba")
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" \
"library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" \
library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Converter"/>
</library:library>
"""


class Warm:
    """Keeps LibreOffice open between files; safe to use from several threads.

    `seconds` for each of `tries`; after a failure the program is killed with all
    its children and started anew on the next file. Call `close()` at the end.
    """

    def __init__(
        self, program: str = "", *, seconds: float = 60.0, tries: int = 2
    ) -> None:
        """Start nothing yet; `program` empty: the one that is installed."""
        self._program = program
        self._seconds, self._tries = seconds, tries
        self._lock = threading.Lock()
        self._process: Popen[bytes] | None = None
        self._folder: Path | None = None
        atexit.register(self.close)

    def convert(self, document: bytes) -> bytes:
        """Return the PDF; see `Converter.convert`."""
        with self._lock:
            failure = ConversionFailed()
            for _ in range(self._tries):
                try:
                    return self._try(document)
                except ConversionFailed as error:
                    failure = error
                    self._stop()
            raise failure

    def close(self) -> None:
        """End the program and remove its profile."""
        with self._lock:
            self._stop()

    def _try(self, document: bytes) -> bytes:
        jobs = self._started()
        for name in ("out.pdf", "failed", "part.pdf"):
            (jobs / name).unlink(missing_ok=True)
        (jobs / "in.docx").write_bytes(with_ragged_lines(document))
        (jobs / "go").touch()
        self._wait_for(jobs)
        if (jobs / "failed").exists():
            raise ConversionFailed
        return checked((jobs / "out.pdf").read_bytes())

    def _wait_for(self, jobs: Path) -> None:
        until = time.monotonic() + self._seconds
        answers = (jobs / "out.pdf", jobs / "failed")
        while not any(answer.exists() for answer in answers):
            if time.monotonic() > until:
                raise ConversionFailed(self._seconds)
            if self._process is None or self._process.poll() is not None:
                raise ConversionFailed
            time.sleep(_TICK)

    def _started(self) -> Path:
        """Return the folder of the jobs, with the program running."""
        if self._folder and self._process and self._process.poll() is None:
            return self._folder / "profile" / "user" / "jobs"
        self._stop()
        program = self._program or find_program()
        if program is None:
            raise NotAvailable
        self._folder = Path(tempfile.mkdtemp(prefix="pdf-"))
        jobs = self._prepare(program)
        command = [*self._base(program), "macro:///Standard.Converter.Serve"]
        self._process = start(command, self._folder)
        return jobs

    def _prepare(self, program: str) -> Path:
        """Let the program make its profile, then put the macro into it."""
        assert self._folder is not None  # noqa: S101  set by the caller
        command = [*self._base(program), "--terminate_after_init"]
        process = start(command, self._folder)
        try:
            process.wait(self._seconds)
        except TimeoutExpired as error:
            raise ConversionFailed from error
        finally:
            kill(process)
        user = self._folder / "profile" / "user"
        library = user / "basic" / "Standard"
        library.mkdir(parents=True, exist_ok=True)
        (library / "script.xlb").write_text(_LIBRARY, "utf-8")
        shutil.copyfile(_MACRO, library / "Converter.xba")
        (user / "jobs").mkdir(exist_ok=True)
        return user / "jobs"

    def _base(self, program: str) -> list[str]:
        assert self._folder is not None  # noqa: S101  set by the caller
        profile = (self._folder / "profile").as_uri()
        options = ("--headless", "--norestore", "--nologo", "--nodefault")
        return [program, *options, f"-env:UserInstallation={profile}"]

    def _stop(self) -> None:
        if self._process is not None:
            kill(self._process)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._process = self._folder = None
