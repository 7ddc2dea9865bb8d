"""Applications at the desk: queue, detail, preview, decisions (FP-06)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cms.core import clock
from cms.core.actors import Actor
from cms.core.list_parameters import PAGE, ListParameters, check_keyword
from cms.core.spreadsheets.writing import write_table
from cms.core.typed_numbers import typed_number
from cms.rules.form_progress import FieldChange, find_changes
from cms.rules.form_values import display
from cms.rules.forms import Visibility
from cms.rules.roles import Role
from cms.rules.shanghai_time import format_close
from cms.rules.supply_demand.application_checks import warn_application
from cms.rules.supply_demand.public_entry import attachments_of, public_groups
from cms.rules.supply_demand.review import CheckResult, ReviewItem
from cms.rules.supply_demand.supply_states import REVIEW_STATES, SupplyState
from cms.rules.violations import RuleViolation, RuleViolations
from cms.staff.access import desk_view
from cms.supply_demand.actions.reviews import (
    publish_application,
    return_application,
    save_checklist,
)
from cms.supply_demand.models import Application, Submission
from cms.supply_demand.models.answers import all_answers, form_of
from cms.supply_demand.models.applications import SubmissionDecision
from cms.supply_demand.queries.applications import (
    get_desk_application,
    get_last_submission,
    list_comments,
    list_for_desk,
    list_for_review,
    list_open_calls,
    list_steps,
    search_applications,
)

PAGE_SIZE = 20
_HEADER = (
    "申请编号",
    "成果名称",
    "单位",
    "类型",
    "状态",
    "提交时间",
    "等待天数",
    "应办日期",
    "是否超期",
)
_BADGES = {
    Visibility.PUBLIC: "公开",
    Visibility.LOGIN: "登录可见",
    Visibility.REGISTERED: "不公开",
    Visibility.SECRET: "保密",
}
_TRAIL = [("审核台", "/desk/"), ("供给发布审核", "/desk/applications/")]
LIST = ListParameters(
    "供给发布审核",
    "/desk/applications/",
    {"q": "名称或编号", "scope": "范围（all 为全部）", **PAGE},
    {"scope": ["all"]},
)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@desk_view(Role.BUREAU)
@require_safe
@LIST.checks
def desk_applications(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision, or all that was ever handed in."""
    rows = _found(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    at = clock.now()
    context = {
        "page": page,
        "rows": [(row, _waiting_days(row, at)) for row in page],
        "query": f"{query.urlencode()}&" if query else "",
        "export_query": query.urlencode(),
        "show_all": request.GET.get("scope") == "all",
        "text": request.GET.get("q", "").strip(),
        "trail": [("审核台", "/desk/"), ("供给发布审核", "")],
    }
    return render(request, "staff/applications/list.html", context)


def _found(request: HttpRequest) -> QuerySet[Application]:
    show_all = request.GET.get("scope") == "all"
    rows = list_for_desk() if show_all else list_for_review()
    text = check_keyword(request.GET.get("q", ""))
    return search_applications(rows, text=text, status="")


@desk_view(Role.BUREAU)
@require_safe
@LIST.checks
def desk_export(request: HttpRequest) -> HttpResponse:
    """Send what the list shows, all pages of it, as a workbook."""
    at = clock.now()
    rows = (_export_row(row, at) for row in _found(request))
    stream = write_table("供给发布审核", _HEADER, rows)
    return FileResponse(
        stream, as_attachment=True, filename=f"供给发布审核-{at:%Y%m%d-%H%M}.xlsx"
    )


def _export_row(row: Application, at: datetime) -> tuple[object, ...]:
    local = timezone.localtime
    return (
        row.number,
        row.title,
        row.owner.name,
        "修订" if row.offer_id else "首次申报",
        SupplyState(row.status).label,
        f"{local(row.submitted_at):%Y-%m-%d %H:%M:%S}" if row.submitted_at else "",
        _waiting_days(row, at),
        format_close(row.review_due_at) if row.review_due_at else "",
        "是" if row.is_review_overdue else "否",
    )


def _waiting_days(row: Application, at: datetime) -> int:
    """Return the calendar days since the hand-in, for display only."""
    if row.submitted_at is None:
        return 0
    handed_in = timezone.localtime(row.submitted_at).date()
    return (timezone.localtime(at).date() - handed_in).days


@desk_view(Role.BUREAU)
@require_safe
def desk_application(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the snapshot section by section, with checks, comments and history."""
    return _detail(request, get_desk_application(pk))


@desk_view(Role.BUREAU)
@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the checks, return with comments, or publish."""
    application = get_desk_application(pk)
    action = request.POST.get("action", "")
    if action not in ("check", "return", "publish"):
        raise Http404
    try:
        _decide(request, application, action)
    except (RuleViolation, RuleViolations) as refused:
        return _detail(request, get_desk_application(pk), refused)
    done = {"check": "核对结果已保存。", "return": "已退回。", "publish": "已发布。"}
    messages.success(request, done[action], extra_tags="ok")
    return redirect("desk_application", pk=pk)


def _decide(request: HttpRequest, application: Application, action: str) -> None:
    post, at, by = request.POST, clock.now(), _actor(request)
    version = typed_number(post.get("version"), otherwise=-1)
    opinion = post.get("opinion", "")[:2000]
    if action == "return":
        return_application(
            application,
            version=version,
            opinion=opinion,
            comments=_comments(request),
            by=by,
            at=at,
        )
        return
    save_checklist(application, _results(request), version=version, by=by, at=at)
    if action == "publish":
        publish_application(
            application,
            version=version,
            opinion=opinion,
            by=by,
            at=at,
            lists={"open_calls": list_open_calls(at)},
        )


def _comments(request: HttpRequest) -> dict[str, str]:
    prefix = "comment-"
    return {
        name.removeprefix(prefix)[:40]: text[:500]
        for name, text in request.POST.items()
        if name.startswith(prefix)
    }


def _results(request: HttpRequest) -> dict[str, str]:
    known = [result.value for result in CheckResult]
    return {
        item.value: result
        for item in ReviewItem
        if (result := request.POST.get(f"check-{item.value}", "")) in known
    }


@desk_view(Role.BUREAU)
@require_safe
def public_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the public would see, and nothing else."""
    application = get_desk_application(pk)
    submission = _submission(application)
    form, answers = form_of(submission), all_answers(submission)
    context = {
        "application": application,
        "groups": public_groups(form, answers),
        "files": [item for item in attachments_of(form, answers) if item.is_public],
        "trail": [
            *_TRAIL,
            (application.number, f"/desk/applications/{pk}/"),
            ("公众所见预览", ""),
        ],
    }
    return render(request, "staff/applications/preview.html", context)


def _submission(application: Application) -> Submission:
    submission = get_last_submission(application)
    if submission is None:
        raise Http404
    return submission


def _detail(
    request: HttpRequest,
    application: Application,
    refused: RuleViolation | RuleViolations | None = None,
) -> HttpResponse:
    submission = _submission(application)
    form, answers = form_of(submission), all_answers(submission)
    typed = _comments(request) if request.method == "POST" else {}
    kept = list_comments(submission)
    results = _results(request) if refused else submission.checklist
    is_open = (
        application.status in REVIEW_STATES
        and submission.decision == SubmissionDecision.PENDING
    )
    context = {
        "application": application,
        "submission": submission,
        "state": SupplyState(application.status).label,
        "groups": [
            {
                "title": section.title,
                "rows": [
                    {
                        "code": field.code,
                        "label": field.label,
                        "badge": _BADGES[field.visibility],
                        "files": _files(field.type, answers.get(field.code)),
                        "value": display(field, answers.get(field.code)),
                        "comment": typed.get(field.code, kept.get(field.code, "")),
                    }
                    for topic in section.shown_topics(answers)
                    for field in topic.shown_fields(answers)
                ],
            }
            for section in form.sections
        ],
        "changes": _changes(application, submission),
        "checks": [
            (item.value, item.label, results.get(item.value, "")) for item in ReviewItem
        ],
        "results": CheckResult.choices(),
        "warnings": warn_application(answers),
        "steps": list_steps(application),
        "submissions": application.submissions.order_by("-sequence"),
        "refused": refused,
        "has_errors": refused is not None,
        "opinion": request.POST.get("opinion", ""),
        "is_open": is_open,
        "is_own": submission.submitted_by_id == _actor(request).user_id,
        "waiting": _waiting_days(application, clock.now()),
        "trail": [*_TRAIL, (application.number, "")],
    }
    status = 422 if refused else 200
    return render(request, "staff/applications/detail.html", context, status=status)


def _files(kind: str, value: Any) -> list[dict[str, Any]]:
    return value or [] if kind == "files" else []


def _changes(application: Application, submission: Submission) -> list[FieldChange]:
    """Return what the snapshot changes against the one before it."""
    before = (
        application.submissions.filter(sequence__lt=submission.sequence)
        .order_by("-sequence")
        .first()
    )
    if before is None:
        return []
    return find_changes(
        form_of(submission),
        all_answers(before),
        all_answers(submission),
        visible_to=list(Visibility),
    )
