"""The desk (审核台)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.staff.access import desk_view
from cms.staff.desk.queues import queues_for


@desk_view()
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision."""
    return render(request, "staff/desk.html", {"queues": queues_for(request)})
