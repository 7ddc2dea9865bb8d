"""My room (我的工作台)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.pages.room.cards import cards_for


@login_required
def my_room(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person who signed in."""
    return render(request, "room/my_room.html", {"cards": cards_for(request)})
