"""The page of a task, its acts, its data sheet: to read, to fill, to take along."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cms.core import clock
from cms.core.refusals import add_refusal
from cms.core.spreadsheets.writing import write_table
from cms.pages.act_forms import is_done
from cms.pages.empowerment.access import actor_of, room_view
from cms.pages.recordal.access import PEOPLE, TRAIL, find_task, reader_of
from cms.pages.recordal.acts import ACTS, TaskForm
from cms.pages.recordal.history import list_history
from cms.pages.recordal.sheet_forms import SheetForm
from cms.pages.recordal.texts import (
    EXPLANATIONS,
    after_end,
    basis_of,
    days_of,
    tone_of,
)
from cms.recordal import actions
from cms.recordal.data_sheets import SHEETS, Datum, missing_of, sheet_of
from cms.recordal.models import RecordalTask
from cms.recordal.queries import numbers_of, tasks_of_case
from cms.rules.recordal import AccountItem, TaskKind, TaskState
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation

_FILLERS = (Role.TRANSFER_OFFICE, Role.FINANCE)


@room_view(*PEOPLE)
@require_safe
def recordal_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task: its day, its data, what the reader may do, what happened."""
    task, at = find_task(request, pk), clock.now()
    reader = reader_of(actor_of(request), task)
    sheet = _sheet(task)
    context: dict[str, Any] = {
        "task": task,
        "contract": task.contract,
        "kind": TaskKind(task.kind),
        "tone": tone_of(task, at),
        "days": days_of(task, at),
        "is_overdue": task.is_overdue(at),
        "after_end": after_end(task),
        "explanation": EXPLANATIONS[TaskKind(task.kind)],
        "articles": basis_of(task),
        "sheet_title": SHEETS[TaskKind(task.kind)][0],
        "sheet": sheet,
        "missing": missing_of(sheet),
        "checklist": _checklist(task),
        "may_fill": _may_fill(task, reader.roles),
        "offers": _offers(task, reader.actor),
        "siblings": _siblings(task, reader.is_office),
        "reader": reader,
        "history": list_history(task) if reader.is_office else [],
        "trail": [*TRAIL, (TaskKind(task.kind).label, "")],
    }
    return render(request, "recordal/task.html", context)


@room_view(*PEOPLE)
@require_safe
def recordal_sheet_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a task's data sheet as a workbook: name, value, what is missing."""
    task = find_task(request, pk)
    title, _ = SHEETS[TaskKind(task.kind)]
    rows = [
        (
            datum.field.label,
            datum.shown,
            "尚缺" if datum.is_missing else "补填" if datum.is_own else "",
        )
        for datum in _sheet(task)
    ]
    stream = write_table(title[:31], ("数据项", "内容", "备注"), rows)
    name = f"{title}-{task.contract.number or task.contract.pk}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name)


@room_view(*PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def recordal_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the office fill what the contract does not say."""
    task, actor = find_task(request, pk), actor_of(request)
    if not reader_of(actor, task).roles & set(_FILLERS):
        raise Http404
    if request.method != "POST" and task.status != TaskState.TODO:
        return redirect("recordal_task", pk)
    sheet = _sheet(task)
    posted = (request.POST,) if request.method == "POST" else ()
    form = SheetForm(*posted, sheet=sheet, version=task.version)
    if posted and _is_kept(request, form, task):
        return redirect("recordal_task", pk)
    title = SHEETS[TaskKind(task.kind)][0]
    context = {
        "task": task,
        "form": form,
        "title": title,
        "missing": missing_of(sheet),
        "has_errors": bool(form.errors),
        "trail": [*_trail(task), ("填写登记数据", "")],
    }
    return render(request, "recordal/sheet.html", context)


def task_act_view(act: type[TaskForm]) -> Callable[..., HttpResponse]:
    """Return the view of an act on a task."""

    @room_view(*PEOPLE)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        task, actor = find_task(request, pk), actor_of(request)
        if not reader_of(actor, task).is_office:
            raise Http404
        is_sent = request.method == "POST"
        if not is_sent and not act.is_offered(task, actor):
            return redirect("recordal_task", pk)
        given = (request.POST, request.FILES) if is_sent else (None, None)
        form = act(*given, subject=task, actor=actor, at=clock.now())
        if is_sent and is_done(request, form):
            return redirect("recordal_task", pk)
        context = {
            "form": form,
            "task": task,
            "missing": missing_of(_sheet(task)),
            "is_upload": "paper" in form.fields,
            "has_errors": bool(form.errors),
            "trail": [*_trail(task), (form.title, "")],
        }
        return render(request, "recordal/act.html", context)

    return view


def _sheet(task: RecordalTask) -> list[Datum]:
    return sheet_of(task, numbers_of(task.contract))


def _is_kept(request: HttpRequest, form: SheetForm, task: RecordalTask) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.save_sheet(
            task,
            form.values(),
            version=form.cleaned_data.get("version") or 0,
            by=actor_of(request),
            at=clock.now(),
        )
    except RuleViolation as refused:
        field = "ends_on" if refused.code == "E-PS-01" else refused.field
        told = RuleViolation(refused.code, field=field, **refused.parameters)
        add_refusal(form, told)
        return False
    messages.success(request, "登记数据已保存。", "ok")
    return True


def _may_fill(task: RecordalTask, roles: frozenset[Role]) -> bool:
    return task.status == TaskState.TODO and bool(roles & set(_FILLERS))


def _offers(task: RecordalTask, actor: Any) -> list[dict[str, str]]:
    """Return the acts that the reader may take now, as buttons."""
    return [
        {
            "title": act.title,
            "url": reverse(f"recordal_{name}", args=[task.pk]),
            "tone": "danger" if act.is_danger else "",
        }
        for name, act in ACTS.items()
        if act.is_offered(task, actor)
    ]


def _siblings(task: RecordalTask, is_office: bool) -> list[RecordalTask]:
    """Return the other tasks: of the whole case to its office, else of the contract."""
    rows = tasks_of_case(task.contract.case).exclude(pk=task.pk)
    return list(rows if is_office else rows.filter(contract=task.contract))


def _checklist(task: RecordalTask) -> list[tuple[str, bool]]:
    if task.kind != TaskKind.TAX_AND_ACCOUNTS:
        return []
    return [(item.label, item.value in task.checklist) for item in AccountItem]


def _trail(task: RecordalTask) -> list[tuple[str, str]]:
    url = reverse("recordal_task", args=[task.pk])
    return [*TRAIL, (TaskKind(task.kind).label, url)]
