"""What every case has: a state, a version against lost updates, a submitter."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from cms.rules.state_machine import StateTable


class Case(models.Model):
    """A plain model with states; `core.transitions.apply` alone changes `status`.

    A subclass names its `state_table`; a trigger made from it refuses steps
    that the table does not list (`core.triggers`).
    """

    state_table: ClassVar[StateTable]

    status = models.CharField("状态", max_length=40)
    version = models.PositiveIntegerField("版本", default=1)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="提交人",
    )
    created_at = models.DateTimeField("创建时间")

    class Meta:
        """A base only."""

        abstract = True

    @property
    def status_label(self) -> str:
        """The Chinese name of the state."""
        return self.state_table.states(self.status).label
