"""Public pictures: private uploads encoded anew, so that no metadata leaves."""

import uuid
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps

from cms.achievements.models import (
    AchievementPage,
    AchievementPicture,
    PublishedPicture,
)
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.rules.achievements import PICTURES_MAX

_LONGEST_SIDE = 1600
_QUALITY = 82


def encode_picture(source: bytes) -> tuple[bytes, int, int]:
    """Return JPEG bytes without metadata, at most 1600 pixels, width and height."""
    with Image.open(BytesIO(source), formats=["JPEG", "PNG"]) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    # Pasting the pixels on a new canvas leaves profiles, comments and EXIF behind.
    canvas = Image.new("RGB", upright.size, "white")
    canvas.paste(upright, mask=upright.getchannel("A"))
    target = BytesIO()
    canvas.save(target, "JPEG", quality=_QUALITY, optimize=True)
    return target.getvalue(), canvas.width, canvas.height


@writing()
def publish_pictures(page: AchievementPage, file_ids: tuple[int, ...]) -> None:
    """Replace the page's public pictures by encodings of the unit's files."""
    old = list(page.pictures.all())
    files = {
        file.pk: file
        for file in PrivateFile.objects.filter(pk__in=file_ids, owner_id=page.unit_id)
    }
    captions = dict(
        AchievementPicture.objects.filter(file__in=files).values_list(
            "file_id", "caption"
        )
    )
    chosen = [files[pk] for pk in file_ids if pk in files][:PICTURES_MAX]
    PublishedPicture.objects.filter(pk__in=[row.pk for row in old]).delete()
    for position, file in enumerate(chosen, 1):
        with file.file.open("rb") as stream:
            content, width, height = encode_picture(stream.read())
        name = default_storage.save(
            f"achievements/{uuid.uuid4().hex}.jpg", ContentFile(content)
        )
        PublishedPicture.objects.create(
            page=page,
            position=position,
            caption=captions.get(file.pk) or f"{page.title[:50]} 图{position}",
            file_name=name,
            width=width,
            height=height,
        )
    names = [row.file_name for row in old]
    transaction.on_commit(lambda: _remove(names))


def _remove(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
