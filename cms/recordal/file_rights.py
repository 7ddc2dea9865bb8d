"""Who reads the proofs of registration: whoever sees the task, and the uploader."""

from cms.core.actors import Actor
from cms.core.models import PrivateFile
from cms.core.private_files import readable
from cms.recordal.queries import list_tasks

PURPOSE = "recordal"


@readable(PURPOSE)
def may_read(actor: Actor, file: PrivateFile) -> bool:
    """Whoever sees the task that the file belongs to, and the uploader."""
    is_own = actor.user_id is not None and file.uploaded_by_id == actor.user_id
    return is_own or list_tasks(actor).filter(file=file).exists()
