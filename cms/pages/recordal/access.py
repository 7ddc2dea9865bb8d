"""Who enters the room: the unit's office, and the enterprise for its own contracts."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from cms.core.actors import Actor
from cms.pages.empowerment.access import ROOM, actor_of
from cms.recordal.models import RecordalTask
from cms.recordal.queries import OFFICE, get_task
from cms.rules.roles import Role

PEOPLE = (*OFFICE, Role.ENTERPRISE)
TRAIL = [ROOM, ("登记备案", "/my/recordal/")]


@dataclass(frozen=True, slots=True)
class Reader:
    """What a person is to a task."""

    actor: Actor
    roles: frozenset[Role]

    @property
    def is_office(self) -> bool:
        """Whether the person is of the unit's office: he acts, the party reads."""
        return bool(self.roles & set(OFFICE))


def reader_of(actor: Actor, task: RecordalTask) -> Reader:
    """Return what the actor is to a task that he may see."""
    return Reader(actor, actor.roles_in(task.contract.owner_id))


def find_task(request: HttpRequest, pk: int) -> RecordalTask:
    """Return a task of the person's scope; any other does not exist."""
    try:
        return get_task(actor_of(request), pk)
    except RecordalTask.DoesNotExist:
        raise Http404 from None
