"""Drawings for the demo office, made by code: no text, no photographs."""

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw

_SIZE = (960, 600)
_INK, _BLUE, _PALE, _RED, _GROUND = (
    "#16202c",
    "#14417b",
    "#b9cbe4",
    "#a8231b",
    "#f4f5f7",
)
Canvas = ImageDraw.ImageDraw


def draw_picture(kind: str, *, seed: str) -> bytes:
    """Return a PNG drawing of a kind (chart, flow, structure), varied by `seed`."""
    image = Image.new("RGB", _SIZE, "white")
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, *_SIZE), fill=_GROUND)
    canvas.rectangle((40, 40, _SIZE[0] - 40, _SIZE[1] - 40), fill="white")
    _DRAWINGS[kind](canvas, sha256(seed.encode()).digest())
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _chart(canvas: Canvas, noise: bytes) -> None:
    """Two series of bars over an axis: before and after."""
    canvas.line((110, 90, 110, 500, 860, 500), fill=_INK, width=4)
    for place in range(6):
        left = 150 + place * 118
        before = 120 + noise[place] % 90
        after = before + 60 + noise[place + 6] % 120
        canvas.rectangle((left, 500 - before, left + 36, 498), fill=_PALE)
        canvas.rectangle((left + 42, 500 - after, left + 78, 498), fill=_BLUE)
    canvas.line((130, 230, 850, 230), fill=_RED, width=3)


def _flow(canvas: Canvas, noise: bytes) -> None:
    """Four steps in a row, one of them set off, with a loop back."""
    special = noise[0] % 4
    for place in range(4):
        left = 80 + place * 208
        fill = _BLUE if place == special else _PALE
        canvas.rounded_rectangle((left, 210, left + 150, 330), 14, fill=fill)
        canvas.ellipse((left + 55, 245, left + 95, 285), outline="white", width=6)
        if place < 3:
            canvas.line((left + 154, 270, left + 196, 270), fill=_INK, width=5)
            tip = left + 204
            canvas.polygon(((tip, 270), (tip - 16, 260), (tip - 16, 280)), fill=_INK)
    canvas.line((780, 336, 780, 430, 155, 430, 155, 346), fill=_RED, width=4)
    canvas.polygon(((155, 334), (145, 352), (165, 352)), fill=_RED)


def _structure(canvas: Canvas, noise: bytes) -> None:
    """A section through a part: body, bores, center lines."""
    canvas.rounded_rectangle(
        (170, 150, 790, 450), 40, fill=_PALE, outline=_INK, width=5
    )
    for place in range(3):
        middle = 290 + place * 190
        radius = 42 + noise[place] % 28
        box = (middle - radius, 300 - radius, middle + radius, 300 + radius)
        canvas.ellipse(box, fill="white", outline=_BLUE, width=8)
        for start in range(110, 490, 34):
            canvas.line((middle, start, middle, start + 20), fill=_RED, width=2)
    for start in range(100, 860, 40):
        canvas.line((start, 300, start + 24, 300), fill=_RED, width=2)


_DRAWINGS: dict[str, Callable[[Canvas, bytes], None]] = {
    "chart": _chart,
    "flow": _flow,
    "structure": _structure,
}
