"""Reads one hostile file; run as a script of its own, with hard limits.

Arguments: what to do (`text`, `images`, `pictures`), seconds of CPU, bytes of
memory, pages at most. The file comes on standard input; answers go out as lines
of JSON. It imports no part of the product, opens no file and no socket:
`assembly.extraction` starts it and never reads such bytes itself.
"""

import base64
import io
import json
import resource
import struct
import sys
from collections.abc import Iterator
from typing import Any

MAX_TEXT = 4_000_000
MAX_PIXELS = 60_000_000
Line = dict[str, Any]


class Refused(Exception):
    """The file is not read, for a reason that has a name."""


def _reader(body: bytes) -> Any:
    if b"%PDF-" not in body[:1024]:
        raise Refused("not_pdf")
    from pypdf import PdfReader  # slow import, and only within the limits

    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted:
        raise Refused("encrypted")
    return reader


def _pages(reader: Any, most: int) -> Iterator[Any]:
    count = len(reader.pages)
    if count > most:
        raise Refused("too_many_pages")
    if not count:
        raise Refused("broken")
    for place in range(count):
        yield reader.pages[place]


def read_text(body: bytes, most: int) -> Iterator[Line]:
    """Yield the text of each page."""
    left = MAX_TEXT
    for number, page in enumerate(_pages(_reader(body), most), 1):
        text = page.extract_text()
        left -= len(text)
        if left < 0:
            raise Refused("too_large")
        yield {"page": number, "text": text}


def read_images(body: bytes, most: int) -> Iterator[Line]:
    """Yield the largest picture of each page that has no text."""
    for number, page in enumerate(_pages(_reader(body), most), 1):
        if page.extract_text().strip():
            continue
        images = [image.data for image in page.images]
        if images:
            data = base64.b64encode(max(images, key=len)).decode()
            yield {"page": number, "image": data}


def join_pictures(body: bytes, most: int) -> Iterator[Line]:
    """Yield one PDF of several pictures, each after its length (8 bytes)."""
    from PIL import Image, ImageOps  # slow import: only pictures need it

    sheets: list[Image.Image] = []
    while body:
        (size,) = struct.unpack(">Q", body[:8])
        data, body = body[8 : 8 + size], body[8 + size :]
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "TIFF")) as picture:
            for frame in range(getattr(picture, "n_frames", 1)):
                picture.seek(frame)
                if picture.width * picture.height > MAX_PIXELS or len(sheets) >= most:
                    raise Refused("too_large")
                sheets.append(ImageOps.exif_transpose(picture).convert("RGB"))
    if not sheets:
        raise Refused("not_pdf")
    made = io.BytesIO()
    sheets[0].save(made, "PDF", save_all=True, append_images=sheets[1:], resolution=200)
    yield {"pdf": base64.b64encode(made.getvalue()).decode()}


TASKS = {"text": read_text, "images": read_images, "pictures": join_pictures}


def _answer(line: Line) -> None:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
    sys.stdout.buffer.flush()


def main() -> int:
    """Limit this process, then do the task; the last line says how it ended."""
    task, seconds, memory, most = sys.argv[1], *map(int, sys.argv[2:5])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for line in TASKS[task](sys.stdin.buffer.read(), most):
            _answer(line)
        end = "done"
    except Refused as refused:
        end = str(refused)
    except MemoryError:
        end = "too_large"
    except Exception as error:  # whatever a hostile file brings about
        end = "too_large" if "Limit" in type(error).__name__ else "broken"
    _answer({"end": end})
    return 0


if __name__ == "__main__":
    sys.exit(main())
