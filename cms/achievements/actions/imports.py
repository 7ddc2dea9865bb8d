"""Excel in: a dry run, then all rows as drafts or none; and the way back."""

from datetime import datetime

from cms.achievements.actions.entries import create_entry
from cms.achievements.import_rows import Parsed, parse_workbook
from cms.achievements.models import Achievement, ImportBatch
from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.rules.achievements import AchievementStatus
from cms.rules.violations import RuleViolation

_AS_IMPORTED = 1  # the version that creation leaves


def check_import(file: PrivateFile, owner_id: int) -> Parsed:
    """Read a stored file for a unit without writing anything (dry run)."""
    own = Achievement.objects.filter(owner_id=owner_id)
    with file.file.open("rb") as stream:
        return parse_workbook(
            stream,
            file.size,
            ledger_numbers=set(
                own.exclude(ledger_number="").values_list("ledger_number", flat=True)
            ),
            names=set(own.values_list("name", flat=True)),
        )


def import_entries(
    file: PrivateFile, owner_id: int, *, by: Actor, at: datetime
) -> ImportBatch | None:
    """Make a draft of every row, in one transaction; None where a row is faulty."""
    with writing():
        parsed = check_import(file, owner_id)
        if parsed.errors:
            return None
        batch = ImportBatch.objects.create(
            owner_id=owner_id,
            created_by_id=by.person_id,
            created_at=at,
            file_name=file.name,
            sha256=file.sha256,
            row_count=len(parsed.entries),
        )
        for entry in parsed.entries:
            create_entry(owner_id, entry.values, by=by, at=at, import_batch=batch)
        evidence.record(
            "achievement.imported",
            batch,
            {"rows": batch.row_count, "sha256": file.sha256},
            by=by,
            at=at,
        )
    return batch


def undo_import(batch: ImportBatch, *, by: Actor, at: datetime) -> int:
    """Delete the drafts of an import that nobody has touched; return how many.

    Raises:
        RuleViolation: E-XL-16, one of them was changed or handed in, or the
            import was undone before.
    """
    with writing():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        entries = Achievement.objects.filter(import_batch=batch)
        touched = entries.exclude(
            status=AchievementStatus.DRAFT.value, version=_AS_IMPORTED
        )
        if batch.undone_at is not None or touched.exists():
            raise RuleViolation("E-XL-16")
        count, _ = entries.delete()
        batch.undone_at = at
        batch.save(update_fields=["undone_at"])
        evidence.record(
            "achievement.import_undone", batch, {"rows": count}, by=by, at=at
        )
    return count
