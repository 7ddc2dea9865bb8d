"""Rows of the working-day calendar; written by `core.calendar_actions` only."""

from django.db import models


class CalendarYear(models.Model):
    """One version of one year's arrangement (T-07); versions are never changed."""

    year = models.PositiveSmallIntegerField("年份")
    version = models.PositiveIntegerField("版本")
    source = models.CharField("来源", max_length=200)
    is_published = models.BooleanField("已正式公布")
    is_current = models.BooleanField("现行版本")
    reason = models.CharField("修改原因", max_length=300, blank=True)
    digest = models.CharField("内容摘要", max_length=64)
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.CharField("记录人", max_length=60)

    class Meta:
        """A year has one current version."""

        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["-year", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "version"], name="calendar_version_once"
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=models.Q(is_current=True),
                name="calendar_current_once",
            ),
        ]

    def __str__(self) -> str:
        """Return year and version."""
        return f"{self.year}年第{self.version}版"


class CalendarDay(models.Model):
    """A day that the year's arrangement names; all others follow the week."""

    calendar_year = models.ForeignKey(
        CalendarYear, on_delete=models.CASCADE, related_name="days"
    )
    date = models.DateField("日期")
    is_workday = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40)

    class Meta:
        """A version names a day once."""

        verbose_name = verbose_name_plural = "工作日历日期"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar_year", "date"], name="calendar_day_once"
            )
        ]

    def __str__(self) -> str:
        """Return the day and what is done on it."""
        return f"{self.date} {'上班' if self.is_workday else '休息'}"
