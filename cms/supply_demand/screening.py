"""Screening of what is to be public: texts, and what attachments say (E-SE-02)."""

import re
import zipfile
import zlib
from collections.abc import Iterable
from html import unescape

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from cms.core.models import PrivateFile
from cms.rules.personal_data import PersonalDataKind, check_public_text
from cms.rules.violations import RuleViolation

_ALL_KINDS = frozenset(PersonalDataKind)  # D-28: no phone in the public paper
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"</(?:w:p|a:p|row|si|text:p|ofd:TextCode|c)>")
# What the readers raise on hostile or broken files.
_BROKEN = (
    PyPdfError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    NotImplementedError,
)
_ZIPPED = ("docx", "xlsx", "ofd")
_MAX_CHARACTERS = 2_000_000


class UnreadableFile(Exception):
    """A file whose text cannot be read, so that nobody can vouch for it."""


def screen_texts(texts: Iterable[tuple[str, str]]) -> list[RuleViolation]:
    """Return an E-SE-02 for each (field, text) that holds personal data."""
    found: list[RuleViolation] = []
    for field, text in texts:
        try:
            check_public_text(text, field=field, kinds=_ALL_KINDS)
        except RuleViolation as violation:
            found.append(violation)
    return found


def screen_files(files: Iterable[tuple[str, PrivateFile]]) -> list[RuleViolation]:
    """Return an E-SE-02 for each (field, file) with personal data in its text.

    The name, metadata, comments and tracked changes count as text; what cannot
    be read is refused as well (E-FL-03).
    """
    found: list[RuleViolation] = []
    for field, file in files:
        try:
            text = f"{file.name}\n{file_text(file)}"
            check_public_text(text, field=field)
        except UnreadableFile:
            found.append(RuleViolation("E-FL-03", field=field, name=file.name))
        except RuleViolation as violation:
            hit = f"{file.name}：{violation.parameters['hit']}"
            found.append(RuleViolation("E-SE-02", field=field, hit=hit))
    return found


def file_text(file: PrivateFile) -> str:
    """Return the text of a stored file; pictures have that of their metadata.

    Raises:
        UnreadableFile: the file does not open.
    """
    extension = file.name.rpartition(".")[2].lower()
    with file.file.open("rb") as stream:
        try:
            if extension in _ZIPPED:
                return _zip_text(zipfile.ZipFile(stream))
            if extension == "pdf":
                return _pdf_text(PdfReader(stream))
            return _picture_text(Image.open(stream))
        except _BROKEN as error:
            raise UnreadableFile(file.name) from error


def _zip_text(archive: zipfile.ZipFile) -> str:
    parts: list[str] = []
    room = _MAX_CHARACTERS
    for entry in archive.infolist():
        if not entry.filename.endswith(".xml") or room <= 0:
            continue
        with archive.open(entry) as stream:
            text = stream.read(room * 4).decode("utf-8", errors="replace")
        plain = unescape(_TAG.sub("", _BREAK.sub("\n", text)))[:room]
        room -= len(plain)
        parts.append(plain)
    return "\n".join(parts)


def _pdf_text(reader: PdfReader) -> str:
    about = [str(value) for value in (reader.metadata or {}).values()]
    pages = [page.extract_text() for page in reader.pages]
    return "\n".join([*about, *pages])[:_MAX_CHARACTERS]


def _picture_text(picture: Image.Image) -> str:
    about = [str(value) for value in picture.info.values() if isinstance(value, str)]
    tags = [str(value) for value in picture.getexif().values()]
    return "\n".join([*about, *tags])[:_MAX_CHARACTERS]
