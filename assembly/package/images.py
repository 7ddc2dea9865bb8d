"""Pictures of an upload: kind and size read from their own first bytes."""

import struct
from collections.abc import Iterator

from assembly.errors import Fault, fault
from assembly.package.limits import Limits

_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def judge_image(name: str, content: bytes, limits: Limits) -> Iterator[Fault]:
    """Say what is wrong with a picture: kind, size, or what hangs on behind it."""
    kind = name.rpartition(".")[2].lower()
    size = image_size(content)
    if size is None or size[0] != ("jpeg" if kind == "jpg" else kind):
        yield fault("E-AS-35", name=name, reason="内容与扩展名不符或已损坏")
        return
    if not _ends(size[0], content):
        yield fault("E-AS-35", name=name, reason="图片之后夹带了其他数据")
    _, width, height = size
    if len(content) > limits.image_size:
        limit = f"超过 {limits.image_size // 2**20} MB"
        yield fault("E-AS-35", name=name, reason=limit)
    if max(width, height) > limits.image_side or width * height > limits.image_pixels:
        reason = f"{width}×{height} 像素过大"
        yield fault("E-AS-35", name=name, reason=reason)


def image_size(content: bytes) -> tuple[str, int, int] | None:
    """Return kind, width and height in pixels; None when it is no picture of ours."""
    if content[:8] == _PNG and content[12:16] == b"IHDR" and len(content) >= 33:
        return ("png", *struct.unpack(">II", content[16:24]))
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 13:
        return ("gif", *struct.unpack("<HH", content[6:10]))
    if content[:3] == b"\xff\xd8\xff":
        return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[str, int, int] | None:
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return "jpeg", width, height
        if marker == 0xFF:
            place += 1
            continue
        place += 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
    return None


def _ends(kind: str, content: bytes) -> bool:
    if kind == "png":
        return content[-8:-4] == b"IEND"
    if kind == "gif":
        return content[-1:] == b";"
    return content.rstrip(b"\0")[-2:] == b"\xff\xd9"
