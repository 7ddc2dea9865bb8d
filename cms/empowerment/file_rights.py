"""Who reads the papers of a case: the unit's office, and the team's own people."""

from django.db.models import Q

from cms.core.actors import Actor
from cms.core.models import PrivateFile
from cms.core.private_files import readable
from cms.empowerment.queries import OFFICE, list_cases
from cms.rules.roles import Role

PURPOSE = "empowerment"


@readable(PURPOSE)
def may_read(actor: Actor, file: PrivateFile) -> bool:
    """The unit's office, whoever uploaded the paper, and the team of its case."""
    is_office = bool(actor.roles_in(file.owner_id) & set(OFFICE))
    return is_office or file.uploaded_by_id == actor.user_id or _is_team(actor, file)


def _is_team(actor: Actor, file: PrivateFile) -> bool:
    refers = Q(co_owner_consent=file) | Q(priority_records__paper=file)
    own = list_cases(actor).filter(
        refers, owner_id__in=actor.organizations_as(Role.RESEARCHER)
    )
    return own.exists()
