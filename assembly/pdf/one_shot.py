"""One start of the office program a job: nothing is shared, everything is killed."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assembly.pdf.conversion import ConversionFailed, NotAvailable, checked
from assembly.pdf.processes import kill, start
from assembly.pdf.ragged import with_ragged_lines

_NAMES = ("soffice", "libreoffice")


def find_program() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@dataclass(frozen=True, slots=True)
class OneShot:
    """Converts with a fresh profile for each job; `seconds` for each of `tries`.

    `program` empty: the one that is installed.
    """

    program: str = ""
    seconds: float = 60.0
    tries: int = 2

    def convert(self, document: bytes) -> bytes:
        """Return the PDF; see `Converter.convert`."""
        program = self.program or find_program()
        if program is None:
            raise NotAvailable
        failure = ConversionFailed()
        for _ in range(self.tries):
            try:
                return self._try(program, document)
            except ConversionFailed as error:
                failure = error
        raise failure

    def _try(self, program: str, document: bytes) -> bytes:
        with tempfile.TemporaryDirectory(
            prefix="pdf-", ignore_cleanup_errors=True
        ) as name:
            folder = Path(name)
            (folder / "in.docx").write_bytes(with_ragged_lines(document))
            process = start(_command(program, folder), folder)
            try:
                process.wait(self.seconds)
            except subprocess.TimeoutExpired as error:
                raise ConversionFailed(self.seconds) from error
            finally:
                kill(process)
            made = folder / "out" / "in.pdf"
            return checked(made.read_bytes() if made.is_file() else b"")


def _command(program: str, folder: Path) -> list[str]:
    return [
        program,
        "--headless",
        "--norestore",
        "--nologo",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder / "out"),
        str(folder / "in.docx"),
    ]
