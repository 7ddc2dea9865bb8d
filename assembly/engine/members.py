"""Reads a Word file into members, their deflated bytes kept as they are."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

from assembly.errors import AssemblyError, fault
from assembly.zip_writer import DEFLATED, STORED, Member, deflated

_LOCAL_HEADER = struct.Struct("<26x2H")


def read_bytes(path: Path | str) -> bytes:
    """Return the bytes of a template.

    Raises:
        AssemblyError: E-AS-04, there is no such file.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise AssemblyError(fault("E-AS-04", name=Path(path).name)) from error


def read_members(content: bytes, name: str) -> dict[str, Member]:
    """Return the members of a Word file by name, in their order.

    Raises:
        AssemblyError: E-AS-19, it is not a Word file that can be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {
                entry.filename: _member(content, entry)
                for entry in archive.infolist()
                if not entry.is_dir()
            }
    except (zipfile.BadZipFile, zlib.error, ValueError, struct.error) as error:
        raise _unreadable(name, "不是完整的 Word 文件") from error
    if "[Content_Types].xml" not in members:
        raise _unreadable(name, "不是 .docx 文件")
    return members


def _unreadable(name: str, reason: str) -> AssemblyError:
    return AssemblyError(fault("E-AS-19", name=name, reason=reason))


def _member(content: bytes, entry: zipfile.ZipInfo) -> Member:
    if entry.flag_bits & 1 or entry.compress_type not in (STORED, DEFLATED):
        raise ValueError("encrypted or compressed in a foreign way")
    start = entry.header_offset
    name, extra = _LOCAL_HEADER.unpack_from(content, start)
    start += _LOCAL_HEADER.size + name + extra
    raw = content[start : start + entry.compress_size]
    member = Member(
        entry.filename, raw, entry.CRC, entry.file_size, entry.compress_type
    )
    plain = member.content()
    if len(plain) != entry.file_size or zlib.crc32(plain) != entry.CRC:
        raise ValueError("checksum")
    # Stored text is deflated once here rather than carried in every document.
    smaller = deflated(entry.filename, plain) if entry.compress_type == STORED else None
    return smaller if smaller and len(smaller.raw) < len(raw) else member
