"""Every write to notices and announcements."""

from cms.notices.actions.announcements import (
    correct_announcement,
    create_announcement,
    publish_announcement,
    return_announcement,
    save_announcement,
    submit_announcement,
)
from cms.notices.actions.changes import (
    decide_change,
    request_change,
    terminate_notice,
)
from cms.notices.actions.closing import close_notice
from cms.notices.actions.drafts import (
    attach_file,
    create_notice,
    delete_draft,
    detach_file,
    revise_notice,
    save_draft,
    submit_notice,
)
from cms.notices.actions.extensions import decide_extension, request_extension
from cms.notices.actions.publication import publish_notice
from cms.notices.actions.review import approve_notice, reject_notice
from cms.notices.actions.suspensions import resume_notice, suspend_notice

__all__ = [
    "approve_notice",
    "attach_file",
    "close_notice",
    "correct_announcement",
    "create_announcement",
    "create_notice",
    "decide_change",
    "decide_extension",
    "delete_draft",
    "detach_file",
    "publish_announcement",
    "publish_notice",
    "reject_notice",
    "request_change",
    "request_extension",
    "resume_notice",
    "return_announcement",
    "revise_notice",
    "save_announcement",
    "save_draft",
    "submit_announcement",
    "submit_notice",
    "suspend_notice",
    "terminate_notice",
]
