"""The copy of a Word file that LibreOffice gets: its lines are not justified.

LibreOffice 7.4 leaves out the comma that ends a full justified line where digits
stand among Chinese words. A contract must not lose a comma; the Word file itself
stays justified.
"""

import io
import re
import zipfile

_JUSTIFIED = re.compile(rb'(<w:jc\s+w:val=")both(")')


def with_ragged_lines(document: bytes) -> bytes:
    """Return the .docx with every justified paragraph and style set flush left.

    What is no zip is given back as it is: the converter tells that it cannot read it.
    """
    try:
        source = zipfile.ZipFile(io.BytesIO(document))
    except zipfile.BadZipFile:
        return document
    target = io.BytesIO()
    with source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for member in source.infolist():
            content = source.read(member)
            if member.filename.startswith("word/") and member.filename.endswith(".xml"):
                content = _JUSTIFIED.sub(rb"\1left\2", content)
            copy.writestr(member.filename, content)
    return target.getvalue()
