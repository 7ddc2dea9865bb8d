"""Pictures given beside the data: each takes the place of one with `image: NAME`.

The author puts any picture where the real one shall stand and gives it the alternative
text `image: logo`. The real one is fitted into its box, its proportions kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from assembly.engine.relations import Relations
from assembly.engine.values import END, PICTURE, Fragment
from assembly.errors import AssemblyError, Fault, fault
from assembly.package import LIMITS
from assembly.package.images import image_size, judge_image
from assembly.zip_writer import Member, stored

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
WP = f"{{{_DRAWING}wordprocessingDrawing}}"
A = f"{{{_DRAWING}main}}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_IMAGE = _R[1:-1] + "/image"
_NAMED = re.compile(r"\s*image\s*[:：]\s*(\S+)\s*")
_KINDS = {"png": "image/png", "jpeg": "image/jpeg"}
PICTURE_ID = Fragment(f"{PICTURE}{END}")


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one picture: its box in EMU, its relationship in a part."""

    key: str
    name: str
    part: str
    relation: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may stand in a document; width and height in pixels."""

    name: str
    kind: str
    width: int
    height: int
    content: bytes

    @property
    def member(self) -> str:
        """Return the name of the picture in the Word file."""
        return f"word/media/image-{self.name}.{self.kind}"

    def fitted(self, slot: Slot) -> dict[str, int]:
        """Return the size in which the picture fills the box of a slot."""
        scale = min(slot.width / self.width, slot.height / self.height)
        return {
            "cx": max(1, round(self.width * scale)),
            "cy": max(1, round(self.height * scale)),
        }


class _Given(dict[str, dict[str, int]]):
    """Sizes by slot; a slot whose picture is missing refuses to be printed."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self._names = names

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> dict[str, int]:
        name = self._names.get(key, key)
        raise AssemblyError(fault("E-AS-13", f"images.{name}", name=name))


class _Flags(dict[str, bool]):
    """Whether a picture was given, for `{%p if image.logo %}`."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> bool:
        return False


def find_slots(part: str, root: etree._Element, first: int) -> list[Slot]:
    """Return the slots of a part, whose tree is prepared for them."""
    slots: list[Slot] = []
    for drawing in root.iter(WP + "inline", WP + "anchor"):
        properties, extent = drawing.find(WP + "docPr"), drawing.find(WP + "extent")
        blip = next(drawing.iter(A + "blip"), None)
        if properties is None or extent is None or blip is None:
            continue
        texts = (str(properties.get(name, "")) for name in ("descr", "title"))
        match = next(filter(None, map(_NAMED.fullmatch, texts)), None)
        if match is None:
            continue
        key = f"p{first + len(slots)}"
        size = (int(str(extent.get("cx"))), int(str(extent.get("cy"))))
        slots.append(Slot(key, match.group(1), part, f"rIdImage{key}", *size))
        blip.set(_R + "embed", slots[-1].relation)
        blip.attrib.pop(_R + "link", "")
        for box in (extent, *drawing.iter(A + "ext")):
            if box.get("cx"):
                box.set("cx", f"{{{{ picture.{key}.cx }}}}")
                box.set("cy", f"{{{{ picture.{key}.cy }}}}")
    return slots


def number_pictures(root: etree._Element) -> None:
    """Have every picture of the body numbered when the document is filled."""
    for properties in root.iter(WP + "docPr"):
        properties.set("id", "{{ picture_id }}")


def read_pictures(
    images: Mapping[str, bytes], slots: Sequence[Slot]
) -> dict[str, Picture]:
    """Return the pictures given beside the data.

    Raises:
        AssemblyError: E-AS-14, E-AS-35: every picture that cannot be used.
    """
    faults: list[Fault] = []
    pictures: dict[str, Picture] = {}
    names = {slot.name for slot in slots}
    for name, content in sorted(images.items()):
        size = image_size(content)
        if name not in names:
            faults.append(_refused(name, "模板中没有它的位置"))
        elif size is None or size[0] not in _KINDS or not all(size[1:]):
            faults.append(_refused(name, "不是 PNG 或 JPEG 图片"))
        else:
            faults += judge_image(f"{name}.{size[0]}", content, LIMITS)
            pictures[name] = Picture(name, *size, content)
    if faults:
        raise AssemblyError(faults)
    return pictures


def _refused(name: str, reason: str) -> Fault:
    return fault("E-AS-14", f"images.{name}", name=name, reason=reason)


def picture_context(
    slots: Sequence[Slot], pictures: Mapping[str, Picture]
) -> dict[str, Any]:
    """Return what the tags of the slots read."""
    given = _Given({slot.key: slot.name for slot in slots})
    for slot in slots:
        if slot.name in pictures:
            given[slot.key] = pictures[slot.name].fitted(slot)
    flags = _Flags(dict.fromkeys(pictures, True))
    return {"picture": given, "picture_id": PICTURE_ID, "image": flags}


def picture_members(
    slots: Sequence[Slot],
    pictures: Mapping[str, Picture],
    relations: Mapping[str, Relations],
) -> list[Member]:
    """Return the files of the pictures and note their relationships."""
    for slot in slots:
        if picture := pictures.get(slot.name):
            relations[slot.part].add(slot.relation, _IMAGE, "/" + picture.member)
    return [stored(picture.member, picture.content) for picture in pictures.values()]


MEDIA_TYPES = _KINDS
