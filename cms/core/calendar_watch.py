"""Watch over the calendar: seed after migration, warn of a missing year in time."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connections, models

from cms.core import clock, due, evidence
from cms.core.actors import SYSTEM
from cms.core.calendar_actions import WARN_KIND, load_shipped_years
from cms.core.doctor import Finding, Severity, examination
from cms.core.models import CalendarYear
from cms.core.working_calendar import get_calendar, missing_year_warning

logger = logging.getLogger(__name__)
TOPIC = "工作日历"


def seed_calendar(sender: Any, using: str, **kwargs: Any) -> None:
    """Store the shipped years after `migrate` (and after a test's flush)."""
    tables = connections[using].introspection.table_names()
    if CalendarYear._meta.db_table in tables:
        load_shipped_years(at=clock.now())


@due.register(WARN_KIND)
def warn_of_missing_year(subject: models.Model, at: datetime) -> None:
    """Put the lack of a year on record, unless it has been entered meanwhile."""
    warning = missing_year_warning(at)
    if warning:
        logger.warning(warning)
        evidence.record(
            "calendar.warned", subject, {"warning": warning}, by=SYSTEM, at=at
        )


@examination
def calendar(at: datetime) -> Iterator[Finding]:
    """Whether the years ahead have an official arrangement."""
    years = sorted(get_calendar().years)
    if not years:
        yield Finding(Severity.FAULT, TOPIC, "没有数据，请运行 manage.py load_calendar")
        return
    warning = missing_year_warning(at)
    if warning:
        yield Finding(Severity.HINT, TOPIC, warning)
    else:
        yield Finding(Severity.GOOD, TOPIC, f"{years[0]}至{years[-1]}年")
