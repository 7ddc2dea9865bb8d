"""Who enters the room: team, office and party of a case; others find nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from cms.core.actors import Actor
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.queries import OFFICE, get_case
from cms.rules.roles import Role

PEOPLE = (*OFFICE, Role.RESEARCHER, Role.ENTERPRISE)
EDITORS = (Role.RESEARCHER, Role.TRANSFER_OFFICE)
# Objectors stay unknown to the team and to the departments.
_MEET_OBJECTORS = (Role.TRANSFER_OFFICE, Role.APPROVER, Role.DISCIPLINE)
View = Callable[..., HttpResponse]
ROOM = ("我的工作台", "/my/")
TRAIL = [ROOM, ("赋权案件", "/my/grants/")]


@dataclass(frozen=True, slots=True)
class Reader:
    """What a person is to a case."""

    actor: Actor
    roles: frozenset[Role]

    @property
    def is_office(self) -> bool:
        """Whether the person is of the unit's office or departments."""
        return bool(self.roles & set(OFFICE))

    @property
    def is_party(self) -> bool:
        """Whether the person only acts for the enterprise of a signed case."""
        return not self.roles & {*OFFICE, Role.RESEARCHER}

    @property
    def opens_notice(self) -> bool:
        """Whether the office's page of the notice is open to the person."""
        return bool(self.roles & {Role.TRANSFER_OFFICE, Role.APPROVER})

    @property
    def sees_objectors(self) -> bool:
        """Whether names and grounds of objections may be shown."""
        return bool(self.roles & set(_MEET_OBJECTORS))


def actor_of(request: HttpRequest) -> Actor:
    """Return the person behind the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def reader_of(actor: Actor, case: EmpowermentCase) -> Reader:
    """Return what the actor is to a case that he may see."""
    return Reader(actor, actor.roles_in(case.owner_id))


def room_view(*roles: Role) -> Callable[[View], View]:
    """Let in who holds one of the roles; the anonymous sign in, others get 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not actor_of(request).has(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def find_case(request: HttpRequest, pk: int) -> EmpowermentCase:
    """Return a case of the person's scope; any other does not exist."""
    try:
        return get_case(actor_of(request), pk)
    except EmpowermentCase.DoesNotExist:
        raise Http404 from None
