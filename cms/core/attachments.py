"""Looks for personal data in files that are to be public (CC-09, E-SE-02)."""

import os
import subprocess
import sys
from pathlib import Path

from cms.core.models import PrivateFile
from cms.rules.personal_data import DEFAULT_KINDS, PersonalDataKind, find_personal_data
from cms.rules.violations import RuleViolation

READER = Path(__file__).with_name("document_text.py")
SECONDS = 30


class UnreadableDocument(Exception):
    """The text of a document cannot be read: damaged, encrypted or too large."""


def read_document(body: bytes, media_type: str) -> str:
    """Return the text of a document, read in a process with hard limits.

    Pictures have no text. What a PDF shows as a scanned picture is not read.

    Raises:
        UnreadableDocument: the reader gave up or ran out of time or memory.
    """
    if media_type.startswith("image/"):
        return ""
    try:
        done = subprocess.run(  # noqa: S603  our own script, fixed arguments
            [sys.executable, "-I", str(READER), media_type],
            input=body,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"PATH": os.defpath},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument from error
    if done.returncode:
        raise UnreadableDocument
    return done.stdout.decode("utf-8", "replace")


def check_public_file(
    file: PrivateFile,
    *,
    field: str = "",
    kinds: frozenset[PersonalDataKind] = DEFAULT_KINDS,
) -> None:
    """Refuse a file with personal data, in its text or its name, before publication.

    Raises:
        RuleViolation: E-SE-02 with the masked finds, E-SE-03 (cannot be read).
    """
    with file.file.open("rb") as stream:
        body = stream.read()
    try:
        text = read_document(body, file.media_type)
    except UnreadableDocument as error:
        raise RuleViolation("E-SE-03", field=field, name=file.name) from error
    hits = find_personal_data(f"{file.name}\n{text}", kinds=kinds)
    if hits:
        found = "、".join(dict.fromkeys(str(hit) for hit in hits))
        raise RuleViolation("E-SE-02", field=field, hit=f"{file.name}：{found}")
