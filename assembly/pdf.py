"""PDF of a .docx by LibreOffice: one process a job, killed whole when it hangs."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from assembly.errors import AssemblyError, fault

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120
_FONTS = Path(__file__).with_name("fonts.conf")


def to_pdf(document: bytes, *, seconds: int = SECONDS) -> bytes:
    """Return the PDF of a Word file.

    Raises:
        AssemblyError: E-AS-70, there is no LibreOffice; E-AS-71, it gave no PDF;
            E-AS-72, it took too long.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise AssemblyError(fault("E-AS-70"))
    with tempfile.TemporaryDirectory(prefix="assembly-pdf-") as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(document)
        _convert(program, Path(folder), source, seconds)
        result = source.with_suffix(".pdf")
        content = result.read_bytes() if result.is_file() else b""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-1024:]:
        raise AssemblyError(fault("E-AS-71"))
    return content


def _convert(program: str, folder: Path, source: Path, seconds: int) -> None:
    """Run LibreOffice in a profile and a process group of its own."""
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    process = subprocess.Popen(  # noqa: S603 (the program found, our own arguments)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"FONTCONFIG_FILE": str(_FONTS)},
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise AssemblyError(fault("E-AS-72", seconds=seconds)) from error
    finally:
        _kill_group(process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the job, its children too."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()
