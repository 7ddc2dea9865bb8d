"""Which files may be uploaded, told by their content and not by their name."""

import io
import zipfile
from dataclasses import dataclass
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, UnidentifiedImageError

_MAX_ENTRIES = 5_000
_MAX_INFLATED = 300 * 1024 * 1024
_MAX_PIXELS = 60_000_000
_TAIL = 2_048


class DamagedFile(Exception):
    """The content is not what the extension says."""


class UnsafeFile(Exception):
    """Encrypted, with macros, or packed to burst when opened."""


@dataclass(frozen=True, slots=True)
class FileType:
    """One allowed type: extension, media type, and the part a zip must hold."""

    extension: str
    media_type: str
    required_part: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument."
FILE_TYPES = {
    kind.extension: kind
    for kind in (
        FileType("pdf", "application/pdf"),
        FileType("ofd", "application/ofd", "OFD.xml"),
        FileType("docx", f"{_OFFICE}wordprocessingml.document", "word/document.xml"),
        FileType("xlsx", f"{_OFFICE}spreadsheetml.sheet", "xl/workbook.xml"),
        FileType("png", "image/png"),
        FileType("jpg", "image/jpeg"),
        FileType("jpeg", "image/jpeg"),
    )
}


def check_content(kind: FileType, upload: UploadedFile) -> None:
    """Check that the bytes are of the kind and harmless to open.

    Raises:
        DamagedFile: they are of another kind or cut short.
        UnsafeFile: they are encrypted, hold macros or would burst.
    """
    upload.seek(0)
    try:
        if kind.required_part:
            _check_zip(kind, upload)
        elif kind.extension == "pdf":
            _check_pdf(upload)
        else:
            _check_image(kind, upload)
    finally:
        upload.seek(0)


def _check_pdf(stream: IO[bytes]) -> None:
    head = stream.read(1_024)
    stream.seek(0, io.SEEK_END)
    stream.seek(max(0, stream.tell() - _TAIL))
    tail = stream.read()
    if not head.startswith(b"%PDF-") or b"%%EOF" not in tail:
        raise DamagedFile
    if b"/Encrypt" in tail:
        raise UnsafeFile


def _check_zip(kind: FileType, stream: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DamagedFile from error
    names = [entry.filename for entry in entries]
    if kind.required_part not in names:
        raise DamagedFile
    if (
        len(entries) > _MAX_ENTRIES
        or len(set(names)) != len(names)
        or sum(entry.file_size for entry in entries) > _MAX_INFLATED
        or any(entry.flag_bits & 1 for entry in entries)
        or any(name.lower().endswith("vbaproject.bin") for name in names)
        or any(name.startswith("/") or ".." in name.split("/") for name in names)
    ):
        raise UnsafeFile


def _check_image(kind: FileType, stream: IO[bytes]) -> None:
    form = kind.media_type.removeprefix("image/").upper()
    try:
        with Image.open(stream, formats=[form]) as image:
            if image.width * image.height > _MAX_PIXELS:
                raise UnsafeFile
            image.verify()
    except Image.DecompressionBombError as error:
        raise UnsafeFile from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DamagedFile from error
