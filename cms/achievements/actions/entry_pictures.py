"""Pictures of a unit's own entry, private until publication (≤ 6)."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from cms.achievements.actions.entries import require_editable
from cms.achievements.models import Achievement, AchievementPicture
from cms.core import private_files
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.rules.achievements import PICTURES_MAX
from cms.rules.violations import RuleViolation


def add_picture(
    entry: Achievement, file_id: int, caption: str, *, at: datetime
) -> None:
    """Add a picture to an editable entry.

    Raises:
        RuleViolation: E-CA-08 (six already), E-ST-01.
    """
    with writing():
        fresh = Achievement.objects.select_for_update().get(pk=entry.pk)
        require_editable(fresh)
        count = fresh.pictures.count()
        if count >= PICTURES_MAX:
            raise RuleViolation("E-CA-08", field="picture", most=PICTURES_MAX)
        AchievementPicture.objects.create(
            achievement=fresh, file_id=file_id, caption=caption, position=count + 1
        )
        Achievement.objects.filter(pk=fresh.pk).update(updated_at=at)


def store_picture(
    entry: Achievement, picture: UploadedFile, caption: str, *, by: Actor, at: datetime
) -> None:
    """Keep an uploaded picture in private storage and add it to the entry.

    Raises:
        RuleViolation: E-FL-01 to E-FL-05 of the upload, E-CA-09 (no picture),
            E-CA-08, E-ST-01.
    """
    with writing():
        file = private_files.store(
            picture, by=by, owner_id=entry.owner_id, purpose="achievement", at=at
        )
        if file.media_type not in {"image/jpeg", "image/png"}:
            raise RuleViolation("E-CA-09", field="picture")
        add_picture(entry, file.pk, caption, at=at)


def remove_picture(entry: Achievement, picture_id: int, *, at: datetime) -> None:
    """Take a picture off an editable entry; the stored file stays."""
    with writing():
        fresh = Achievement.objects.select_for_update().get(pk=entry.pk)
        require_editable(fresh)
        fresh.pictures.filter(pk=picture_id).delete()
        Achievement.objects.filter(pk=fresh.pk).update(updated_at=at)
