"""Steps that the unit takes on a notice with one button."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cms.core import clock
from cms.core.refusals import tell_refusal
from cms.core.typed_numbers import typed_number
from cms.notices import actions
from cms.notices.models import ChangeRequest, Notice
from cms.pages.notices.room import actor_of, own_notice
from cms.rules.notices import Venue
from cms.rules.violations import RuleViolation, RuleViolations

Step = Callable[[HttpRequest, Notice], str]


def _review(request: HttpRequest, notice: Notice) -> str:
    if "reject" in request.POST:
        reason = request.POST.get("reason", "")
        by = actor_of(request)
        actions.reject_notice(notice, reason=reason, by=by, at=clock.now())
        return "已驳回。"
    actions.approve_notice(notice, by=actor_of(request), at=clock.now())
    return "形式审查通过。"


def _publish(request: HttpRequest, notice: Notice) -> str:
    actions.publish_notice(notice, Venue.UNIT, by=actor_of(request), at=clock.now())
    return "已在单位内部发布。"


def _revise(request: HttpRequest, notice: Notice) -> str:
    actions.revise_notice(notice, by=actor_of(request), at=clock.now())
    return "可以修改后重新提交。"


def _delete(request: HttpRequest, notice: Notice) -> str:
    actions.delete_draft(notice, by=actor_of(request))
    return "草稿已删除。"


def _decide(request: HttpRequest, notice: Notice) -> str:
    decide_request(request, notice)
    return "已作出审核决定。"


def decide_request(request: HttpRequest, notice: Notice) -> None:
    """Decide the extension or change that the form names."""
    by, at = actor_of(request), clock.now()
    approve = "approve" in request.POST
    reason = request.POST.get("reason", "")
    key = typed_number(request.POST.get("request"), otherwise=0)
    change = get_object_or_404(ChangeRequest, pk=key, notice=notice)
    actions.decide_change(change, approve=approve, reason=reason, by=by, at=at)


STEPS: dict[str, Step] = {
    "review": _review,
    "publish": _publish,
    "revise": _revise,
    "delete": _delete,
    "decide": _decide,
}


@login_required
@require_POST
def take_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step of a notice; a refusal is told in full and changes nothing."""
    notice = own_notice(request, pk)
    name = request.POST.get("step", "")
    if name not in STEPS:
        raise Http404
    version = request.POST.get("version")
    notice.version = typed_number(version, otherwise=notice.version)
    try:
        messages.success(request, STEPS[name](request, notice), "ok")
    except (RuleViolation, RuleViolations) as refused:
        tell_refusal(request, refused)
    if name == "delete" and not Notice.objects.filter(pk=pk).exists():
        return redirect("my_notices")
    return redirect("my_notice", pk=pk)
