"""One page for every act: shows its form, does it once, leads back to the case."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.core import clock
from cms.pages.act_forms import is_done
from cms.pages.empowerment.access import (
    PEOPLE,
    TRAIL,
    actor_of,
    find_case,
    reader_of,
    room_view,
)
from cms.pages.empowerment.act_form import ActForm


def act_view(act: type[ActForm]) -> Callable[..., HttpResponse]:
    """Return the view of an act."""

    @room_view(*PEOPLE)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        case, actor = find_case(request, pk), actor_of(request)
        if not act.may(case, actor):
            raise Http404
        is_sent = request.method == "POST"
        if not is_sent and not act.is_due(case, actor):
            return redirect("grant_case", pk=pk)
        given = (request.POST, request.FILES) if is_sent else (None, None)
        form = act(*given, case=case, actor=actor, at=clock.now())
        if is_sent and is_done(request, form):
            name, arguments = form.next_url()
            return redirect(name, *arguments)
        context = {
            "form": form,
            "case": case,
            "reader": reader_of(actor, case),
            "has_errors": bool(form.errors),
            "trail": [
                *TRAIL,
                (case.number or case.title or "草稿", f"/my/grants/{pk}/"),
                (form.title, ""),
            ],
            **form.context(),
        }
        return render(request, "empowerment/act.html", context)

    return view
