"""An uploaded workbook is kept for its dry run; what is none is told at once."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from cms.core import private_files
from cms.core.actors import Actor
from cms.core.models import PrivateFile
from cms.rules.violations import RuleViolation

# The general refusals name types that no import reads.
_NO_WORKBOOK = ("E-FL-02", "E-FL-03")


def store_workbook(
    upload: UploadedFile, *, by: Actor, owner_id: int, purpose: str, at: datetime
) -> PrivateFile:
    """Keep an uploaded .xlsx; return its row.

    Raises:
        RuleViolation: E-XL-01 (no workbook), E-FL-01, E-FL-04, E-FL-05; all of
            them on the field `file`.
    """
    if not (upload.name or "").lower().endswith(".xlsx"):
        raise RuleViolation("E-XL-01", field="file")
    try:
        return private_files.store(
            upload, by=by, owner_id=owner_id, purpose=purpose, at=at
        )
    except RuleViolation as refused:
        if refused.code in _NO_WORKBOOK:
            raise RuleViolation("E-XL-01", field="file") from refused
        raise RuleViolation(refused.code, field="file", **refused.parameters) from None
