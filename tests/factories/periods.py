"""A feature with one open period, for tests of re-derivation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from cms.core import working_calendar
from cms.core.actors import Actor
from cms.core.models import NumberSequence
from cms.core.working_calendar import OpenPeriod, get_calendar
from cms.rules.deadlines import Deadline, compute
from cms.rules.rederivation import StoredPeriod


@dataclass
class PeriodKeeper:
    """Keeps open periods in memory, each on a row of its own."""

    periods: list[OpenPeriod] = field(default_factory=list)
    moved: list[tuple[str, Deadline, str]] = field(default_factory=list)
    error: Exception | None = None

    def open(self, label: str, rule: str, opened_at: datetime) -> OpenPeriod:
        """Open a period under the calendar in force."""
        found = compute(rule, opened_at, get_calendar())
        stored = StoredPeriod(
            rule, found.rule_version, found.opened_at, found.close_at, found.provisional
        )
        row = NumberSequence.objects.create(key=label)
        period = OpenPeriod(row, label, f"/notices/{label}/", stored)
        self.periods.append(period)
        return period

    def move(
        self, period: OpenPeriod, deadline: Deadline, by: Actor, at: datetime
    ) -> None:
        """Remember what was moved, or fail as told."""
        if self.error is not None:
            raise self.error
        self.moved.append((period.label, deadline, by.name))


@contextmanager
def period_keeper() -> Iterator[PeriodKeeper]:
    """Register a keeper as the only source of open periods for a while."""
    keeper = PeriodKeeper()
    before = dict(working_calendar._sources)
    working_calendar._sources.clear()
    working_calendar.register_period_source("测试", lambda: keeper.periods, keeper.move)
    try:
        yield keeper
    finally:
        working_calendar._sources.clear()
        working_calendar._sources.update(before)
