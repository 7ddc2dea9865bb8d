"""Who reads the files of a notice before it is published (CC-09)."""

from cms.core.actors import Actor
from cms.core.models import PrivateFile
from cms.core.private_files import readable
from cms.notices.models import Extension, NoticeAttachment
from cms.notices.queries import PLATFORM_STAFF, PUBLIC_KINDS
from cms.rules.notices import NoticeState
from cms.rules.roles import Role

ATTACHMENT = "notice"
CONSENT = "notice_consent"


@readable(ATTACHMENT)
def may_read_attachment(actor: Actor, file: PrivateFile) -> bool:
    """The unit's office and approvers; the platform once it was handed in."""
    if _is_office(actor, file):
        return True
    handed_in = NoticeAttachment.objects.filter(
        file=file, notice__kind__in=PUBLIC_KINDS
    ).exclude(notice__status=NoticeState.DRAFT.value)
    return actor.has(*PLATFORM_STAFF) and handed_in.exists()


@readable(CONSENT)
def may_read_consent(actor: Actor, file: PrivateFile) -> bool:
    """The unit's office and approvers, and the platform that decides."""
    if _is_office(actor, file):
        return True
    asked = Extension.objects.filter(consent=file)
    return actor.has(*PLATFORM_STAFF) and asked.exists()


def _is_office(actor: Actor, file: PrivateFile) -> bool:
    held = actor.roles_in(file.owner_id)
    return bool(held & {Role.TRANSFER_OFFICE, Role.APPROVER})
