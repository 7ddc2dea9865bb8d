"""Desk of the working-day calendar: years, one year, one day, import with preview."""

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cms.core import clock
from cms.core.calendar_actions import KEEPERS, YearDraft, list_changes, preview_year
from cms.core.calendar_actions import save_year as save_year_action
from cms.core.calendar_files import HEADER_LABELS, Days, read_year, write_year
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.models import CalendarYear
from cms.core.refusals import add_refusal
from cms.core.working_calendar import get_calendar, missing_year_warning
from cms.rules.rederivation import Outcome
from cms.rules.violations import RuleViolation, RuleViolations
from cms.rules.working_days import WEEKDAYS, unlisted_holidays
from cms.staff.access import desk_view
from cms.staff.calendar.forms import (
    LARGEST_FILE,
    REST,
    WEEK,
    WORK,
    ConfirmForm,
    DayForm,
    GroundsForm,
    ImportForm,
)
from cms.staff.calendar.grid import months_of
from cms.staff.calendar.reading import read_table

PAGE_SIZE = 30
TRAIL = [("审核台", "/desk/"), ("工作日历", "/desk/calendar/")]
LIST = ListParameters("工作日历", "/desk/calendar/", PAGE)
BYTE_ORDER_MARK = "\ufeff"  # Excel reads a CSV as UTF-8 only with it


@never_cache
@desk_view(*KEEPERS)
@require_safe
@LIST.checks
def years(request: HttpRequest) -> HttpResponse:
    """List the years in force, newest first."""
    rows = CalendarYear.objects.filter(is_current=True).order_by("-year")
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "warning": missing_year_warning(clock.now()),
        "trail": TRAIL,
    }
    return render(request, "staff/calendar/years.html", context)


@never_cache
@desk_view(*KEEPERS)
@require_safe
def year_view(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year as twelve months, with its versions."""
    _days_of(year)
    context = {
        "year": year,
        "months": months_of(get_calendar(), year),
        "weekdays": WEEKDAYS,
        "versions": CalendarYear.objects.filter(year=year).order_by("-version"),
        "is_published": get_calendar().is_firm(year),
        "trail": [*TRAIL, (f"{year}年", "")],
    }
    return render(request, "staff/calendar/year.html", context)


@never_cache
@desk_view(*KEEPERS)
@require_safe
def download(request: HttpRequest, year: int) -> HttpResponse:
    """Give a year's special days as a file that can be imported again."""
    return _csv(f"calendar-{year}.csv", write_year(_days_of(year)))


@never_cache
@desk_view(*KEEPERS)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty file with the header and two lines as a pattern."""
    missing = get_calendar().first_missing_year(clock.now().year)
    lines = (
        ",".join(HEADER_LABELS),
        f"{missing}-01-01,休息,元旦",
        f"{missing}-01-03,上班,元旦调休",
    )
    return _csv("calendar-template.csv", "\n".join(lines) + "\n")


@never_cache
@desk_view(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_year(request: HttpRequest) -> HttpResponse:
    """Read a file and show what it would change; nothing is stored yet."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.size > LARGEST_FILE:
                raise RuleViolation("E-WC-07", field="file")
            year, days = read_year(read_table(upload.read()))
        except (RuleViolation, RuleViolations) as refusal:
            add_refusal(form, refusal)
        else:
            published = form.cleaned_data["is_published"]
            return _preview(request, _draft(year, days, form, is_published=published))
    return _show_form(request, "staff/calendar/import.html", form, "导入年份")


@never_cache
@desk_view(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_day(request: HttpRequest, year: int, day: str) -> HttpResponse:
    """Change one day of a year; the preview comes first."""
    days = _days_of(year)
    chosen = _day_of(year, day)
    is_workday, name = days.get(chosen, (None, ""))
    kind = {True: WORK, False: REST, None: WEEK}[is_workday]
    form = DayForm(request.POST or None, initial={"kind": kind, "name": name})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        days.pop(chosen, None)
        if values["kind"] != WEEK:
            days[chosen] = (values["kind"] == WORK, values["name"])
        firm = get_calendar().is_firm(year)
        return _preview(request, _draft(year, days, form, is_published=firm))
    title = f"{chosen:%Y-%m-%d}（{get_calendar().describe(chosen)}）"
    return _show_form(request, "staff/calendar/day.html", form, title, year=year)


@never_cache
@desk_view(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, year: int) -> HttpResponse:
    """Mark a year that was entered early as officially published."""
    days = _days_of(year)
    if get_calendar().is_firm(year):
        return redirect("calendar_year", year)
    form = GroundsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _preview(request, _draft(year, days, form, is_published=True))
    title = f"{year}年安排已正式公布"
    return _show_form(request, "staff/calendar/day.html", form, title, year=year)


@never_cache
@desk_view(*KEEPERS)
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Store the previewed draft as a new version."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Http404
    values = form.cleaned_data
    try:
        year, days = read_year(csv.reader(StringIO(values["days"])))
    except RuleViolations as refusal:
        raise Http404 from refusal
    draft = YearDraft(
        year,
        days,
        values["source"],
        values["is_published"],
        values["reason"],
        values["base_version"],
    )
    try:
        row = save_year_action(draft, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    except RuleViolation as refusal:
        return _preview(request, draft, refusal)
    messages.success(request, f"已保存：{row}。", "ok")
    return redirect("calendar_year", year)


def _preview(
    request: HttpRequest, draft: YearDraft, refusal: RuleViolation | None = None
) -> HttpResponse:
    effects = preview_year(draft, at=clock.now())
    before = _current_days(draft.year)
    context = {
        "draft": draft,
        "refusal": refusal,
        "is_new": draft.base_version == 0,
        "changes": list_changes(before, draft.days),
        "days_csv": write_year(draft.days),
        "unlisted": unlisted_holidays(draft.days),
        "effects": [
            effect
            for effect in effects
            if effect.result.outcome is not Outcome.UNCHANGED
        ],
        "untouched": sum(
            effect.result.outcome is Outcome.UNCHANGED for effect in effects
        ),
        "trail": [*TRAIL, (f"预览{draft.year}年", "")],
    }
    status = 200 if refusal is None else 409
    return render(request, "staff/calendar/preview.html", context, status=status)


def _draft(
    year: int,
    days: Mapping[date, tuple[bool, str]],
    form: Form,
    *,
    is_published: bool,
) -> YearDraft:
    known = get_calendar().years.get(year)
    return YearDraft(
        year,
        days,
        form.cleaned_data["source"],
        is_published,
        form.cleaned_data["reason"],
        known.version if known else 0,
    )


def _show_form(
    request: HttpRequest, name: str, form: Form, title: str, **context: Any
) -> HttpResponse:
    trail = [*TRAIL, (title, "")]
    context |= {"form": form, "title": title, "trail": trail}
    return render(request, name, context | {"has_errors": bool(form.errors)})


def _days_of(year: int) -> Days:
    """Return a known year's special days, or answer 404."""
    if year not in get_calendar().years:
        raise Http404
    return _current_days(year)


def _current_days(year: int) -> Days:
    known = get_calendar().years.get(year)
    special = known.special_days if known else {}
    return {day: (entry.is_workday, entry.name) for day, entry in special.items()}


def _day_of(year: int, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day.year != year:
        raise Http404
    return day


def _csv(name: str, text: str) -> HttpResponse:
    response = HttpResponse(
        BYTE_ORDER_MARK + text, content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
