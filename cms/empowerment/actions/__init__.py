"""Every act on an empowerment case; the only writers of its state."""

from cms.empowerment.actions.cases import (
    Outline,
    assign_number,
    delete_draft,
    open_case,
    return_to_team,
    save_outline,
    submit_case,
)
from cms.empowerment.actions.objections import conclude_objection, register_objection
from cms.empowerment.actions.people import (
    confirm_check,
    declare_relation,
    fill_check,
    give_opinion,
    record_priority,
    verify_declaration,
)
from cms.empowerment.actions.performance import (
    decide_extension,
    expire_case,
    open_extension_notice,
    record_service,
    request_extension,
    rescind_case,
)
from cms.empowerment.actions.review import decide_case, pass_review
from cms.empowerment.actions.signing import open_notice, register_title, sign_case
from cms.empowerment.actions.team import link_account, record_consent

__all__ = [
    "Outline",
    "assign_number",
    "conclude_objection",
    "confirm_check",
    "decide_case",
    "decide_extension",
    "declare_relation",
    "delete_draft",
    "expire_case",
    "fill_check",
    "give_opinion",
    "link_account",
    "open_case",
    "open_extension_notice",
    "open_notice",
    "pass_review",
    "record_consent",
    "record_priority",
    "record_service",
    "register_objection",
    "register_title",
    "request_extension",
    "rescind_case",
    "return_to_team",
    "save_outline",
    "sign_case",
    "submit_case",
    "verify_declaration",
]
