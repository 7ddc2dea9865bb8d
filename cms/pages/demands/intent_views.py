"""合作意向书 (D-30): draft, answer, printable page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cms.core import clock
from cms.core.refusals import add_refusal, tell_refusal
from cms.pages.demands.forms import IntentForm
from cms.pages.demands.match_views import TRAIL
from cms.rules.supply_demand.matching import MatchState
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.intents import (
    confirm_intent,
    facts_of_intent,
    propose_intent,
    return_intent,
)
from cms.supply_demand.models import IntentRecord, Match
from cms.supply_demand.queries.matches import get_own_match, view_match


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def intent_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the intent of a match and put it before the other side."""
    match = get_own_match(request.actor, pk)
    if match.status != MatchState.MATCHING:
        raise Http404
    form = IntentForm(
        request.POST if request.method == "POST" else None, initial=_initial(match)
    )
    if request.method == "POST" and form.is_valid():
        try:
            propose_intent(match, form.facts(), by=request.actor, at=clock.now())
            messages.success(request, "意向书已提交对方确认。", "ok")
            return redirect("my_match", match.pk)
        except (RuleViolation, RuleViolations) as error:
            add_refusal(form, error)
    context = {
        "form": form,
        "match": match,
        "has_errors": bool(form.errors),
        "trail": [*TRAIL, ("起草意向书", "")],
    }
    return render(request, "demands/intent_edit.html", context)


@login_required
@require_POST
def intent_answer(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    """Confirm the other side's text, or send it back with a reason."""
    match = get_own_match(request.actor, pk)
    record = _record(match)
    if request.POST.get("read_at") != record.proposed_at.isoformat():
        tell_refusal(request, RuleViolation("E-ST-04"))
        return redirect("my_match", match.pk)
    try:
        if answer == "confirm":
            done = confirm_intent(record, by=request.actor, at=clock.now())
            messages.success(request, f"意向书已确认，编号{done.number}。", "ok")
        else:
            reason = request.POST.get("reason", "")[:300]
            return_intent(record, reason, by=request.actor, at=clock.now())
            messages.success(request, "已退回对方修改。", "ok")
    except (RuleViolation, RuleViolations) as error:
        tell_refusal(request, error)
    return redirect("my_match", match.pk)


@login_required
@require_safe
def intent_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the intent as a page to print, to its two parties only."""
    match = get_own_match(request.actor, pk)
    context = {
        "match": match,
        "intent": _record(match),
        "view": view_match(match, request.actor),
        "trail": [*TRAIL, ("合作意向书", "")],
    }
    return render(request, "demands/intent_print.html", context)


def _record(match: Match) -> IntentRecord:
    record = getattr(match, "intent", None)
    if record is None:
        raise Http404
    return record


def _initial(match: Match) -> dict[str, object]:
    record = getattr(match, "intent", None)
    if record is not None:
        facts = facts_of_intent(record)
        return {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    subject = match.offer.title if match.offer else match.demand.title  # type: ignore[union-attr]
    return {"subject": subject}
