"""Who reads the papers of a case: the unit's office, and the team's own people."""

from cms.core.actors import Actor
from cms.core.models import PrivateFile
from cms.core.private_files import readable
from cms.empowerment.queries import OFFICE

PURPOSE = "empowerment"


@readable(PURPOSE)
def may_read(actor: Actor, file: PrivateFile) -> bool:
    """The unit's office, and whoever uploaded the paper."""
    is_office = bool(actor.roles_in(file.owner_id) & set(OFFICE))
    return is_office or file.uploaded_by_id == actor.user_id
