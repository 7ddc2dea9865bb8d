"""Who opens a signed copy: the case's unit, and the other party where it is shared."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse

from cms.pages.papers.access import actor_of, signed_in
from cms.rules.roles import Role
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.queries import list_signed

View = Callable[..., HttpResponse]


def copy_view(view: View) -> View:
    """Give the view the signed copy; what the reader may not see is 404."""

    @signed_in
    @wraps(view)
    def guarded(
        request: HttpRequest, kind: str, case: Model, signed_id: int, **kwargs: Any
    ) -> HttpResponse:
        try:
            signed = list_signed(actor_of(request), case).get(pk=signed_id)
        except ObjectDoesNotExist:
            raise Http404 from None
        return view(request, kind, case, signed, **kwargs)

    return guarded


def office_only(view: View) -> View:
    """Let in the transfer office of the unit; to the others the act does not exist."""

    @copy_view
    @wraps(view)
    def guarded(
        request: HttpRequest, kind: str, case: Model, signed: SignedPaper, **kwargs: Any
    ) -> HttpResponse:
        if not is_office(request, signed.owner_id):
            raise Http404
        return view(request, kind, case, signed, **kwargs)

    return guarded


def is_office(request: HttpRequest, owner_id: int) -> bool:
    """Whether the reader is of the transfer office of a unit."""
    return Role.TRANSFER_OFFICE in actor_of(request).roles_in(owner_id)
