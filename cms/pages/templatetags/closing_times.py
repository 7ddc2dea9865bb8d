"""Ends of periods as people say them: 00:00 of a day is 24:00 of the day before."""

from datetime import datetime

from django import template

from cms.rules.shanghai_time import format_close

register = template.Library()


@register.filter
def closing(at: datetime | None) -> str:
    """Return an end such as 2026-10-10 24:00, empty where there is none."""
    return format_close(at) if at else ""
