"""Public copies of pictures: smaller, and without what cameras write into them."""

from datetime import datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

from cms.core import private_files
from cms.core.actors import Actor
from cms.core.models import PrivateFile

PURPOSE = "offer_picture"
LONGEST_SIDE = 1600  # pixels
_QUALITY = 82


def copy_for_public(file: PrivateFile, *, by: Actor, at: datetime) -> PrivateFile:
    """Return a new JPEG of the picture, upright, without position or camera."""
    with file.file.open("rb") as stream, Image.open(stream) as original:
        picture = ImageOps.exif_transpose(original).convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    body = BytesIO()
    picture.save(body, "JPEG", quality=_QUALITY)
    name = f"{file.name.rpartition('.')[0] or 'picture'}.jpg"
    upload = SimpleUploadedFile(name, body.getvalue(), "image/jpeg")
    return private_files.store(
        upload, by=by, owner_id=file.owner_id, purpose=PURPOSE, at=at
    )
