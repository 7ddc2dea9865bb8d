"""E-NT-02 in the models; triggers in the database back it (migration 0002)."""

from typing import Any

from django.db import models

from cms.rules.violations import RuleViolation


class PublishedGuard(models.Model):
    """Refuses to change `FIXED_FIELDS` or to delete once the row is published."""

    FIXED_FIELDS: tuple[str, ...] = ()

    class Meta:
        """Adds no table."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; refuse a changed fixed field of a published row (E-NT-02)."""
        written = kwargs.get("update_fields")
        touched = written is None or any(
            name in written or name.removesuffix("_id") in written
            for name in self.FIXED_FIELDS
        )
        if touched and self.pk is not None and not self._state.adding:
            stored = (
                type(self)
                ._default_manager.filter(pk=self.pk)
                .values(*self.FIXED_FIELDS)
                .first()
            )
            changed = stored is not None and any(
                value != getattr(self, name) for name, value in stored.items()
            )
            if changed:
                self.refuse_if_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft; a published row stays (E-NT-02)."""
        self.refuse_if_published()
        return super().delete(*args, **kwargs)

    def is_published(self) -> bool:
        """Whether the stored row is published."""
        return (
            type(self)
            ._default_manager.filter(pk=self.pk, published_at__isnull=False)
            .exists()
        )

    def refuse_if_published(self) -> None:
        """Raise E-NT-02 if the stored row is published."""
        if self.is_published():
            raise RuleViolation("E-NT-02")
