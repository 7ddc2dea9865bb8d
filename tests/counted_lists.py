"""The lists of the site: who reads each, what fills it, how many queries it asks."""

from dataclasses import dataclass

from cms.rules.notices import NoticeState
from tests.list_rows import (
    Fill,
    fill_agreements,
    fill_announcements,
    fill_calendar_years,
    fill_calls,
    fill_cases,
    fill_catalog,
    fill_checkpoints,
    fill_contracts,
    fill_demands,
    fill_draft_announcements,
    fill_entries,
    fill_events,
    fill_matches,
    fill_members,
    fill_notices,
    fill_offers,
    fill_own_demands,
    fill_payments,
    fill_public_notices,
    fill_questions,
    fill_reviews,
    fill_signed_papers,
    fill_submitted_demands,
    fill_templates,
    fill_units,
    fill_verifications,
)


@dataclass(frozen=True)
class CountedList:
    """A list view: `queries` is asked for at 1 row and at 50 rows.

    `locks` are the write locks of a view that is logged: on PostgreSQL each is a
    query of its own.
    """

    reader: str  # of the cast; empty: the public
    queries: int
    fill: Fill
    page_size: int = 20
    locks: int = 0


_IN_REVIEW = fill_notices(NoticeState.AWAITING_REVIEW)
_OPEN = fill_notices(NoticeState.OPEN)

LISTS: dict[str, CountedList] = {
    # The public's. Each asks for the site and for who is asking.
    "catalog": CountedList("", 4, fill_catalog),
    "offer_list": CountedList("", 7, fill_offers),
    "demand_list": CountedList("", 6, fill_demands),
    "call_list": CountedList("", 4, fill_calls),
    "event_list": CountedList("", 4, fill_events),
    "notice_list": CountedList("", 9, fill_public_notices),
    "announcement_list": CountedList("", 4, fill_announcements),
    "units": CountedList("", 4, fill_units, page_size=50),
    "evidence": CountedList("", 4, fill_checkpoints, page_size=30),
    # Rooms: besides these, session, user and roles.
    "my_entries": CountedList("tto", 7, fill_entries),
    "my_messages": CountedList("tto", 8, fill_questions),
    "application_list": CountedList("tto", 7, fill_offers),
    "my_demands": CountedList("ent", 8, fill_own_demands),
    "my_matches": CountedList("tto", 8, fill_matches),
    "grant_list": CountedList("tto", 7, fill_cases),
    "agreement_list": CountedList("tto", 7, fill_agreements),
    "recordal_list": CountedList("tto", 7, fill_contracts),
    "recordal_contracts": CountedList("tto", 8, fill_contracts),
    "payment_list": CountedList("tto", 10, fill_payments),
    "my_signed": CountedList("tto", 7, fill_signed_papers),
    "my_notices": CountedList("tto", 8, _OPEN),
    "unit_notices": CountedList("tto", 7, _OPEN),
    "members": CountedList("ent", 8, fill_members, page_size=50),
    # Desks.
    "desk_applications": CountedList("stb", 7, fill_reviews),
    "desk_demands": CountedList("stb", 7, fill_submitted_demands),
    "desk_calls": CountedList("stb", 7, fill_calls),
    "desk_events": CountedList("stb", 7, fill_events),
    "desk_notices": CountedList("pla", 9, _IN_REVIEW),
    "desk_all_notices": CountedList("pla", 7, _IN_REVIEW),
    "desk_announcements": CountedList("stb", 7, fill_draft_announcements),
    "desk_contracts": CountedList("stb", 8, fill_contracts),
    "desk_achievements": CountedList("pla", 7, fill_entries),
    "verifications": CountedList("pla", 7, fill_verifications, page_size=50),
    "unit_register": CountedList("stb", 7, fill_units, page_size=50),
    "templates": CountedList("stb", 9, fill_templates, page_size=50),
    "desk_filed": CountedList("stb", 12, fill_signed_papers, locks=2),
    "calendar_years": CountedList("stb", 8, fill_calendar_years, page_size=30),
}

# What shows a list whole or sums it up: workbooks, feeds, data, overviews.
WHOLE: dict[str, CountedList] = {
    "catalog-export": CountedList("", 2, fill_catalog),
    "offer_export": CountedList("", 1, fill_offers),
    "demand_export": CountedList("", 2, fill_demands),
    "notice_export": CountedList("", 1, fill_public_notices),
    "notice_feed": CountedList("", 2, fill_public_notices),
    "units_excel": CountedList("", 1, fill_units),
    "checkpoints": CountedList("", 1, fill_checkpoints),
    "statistics": CountedList("", 15, fill_catalog),
    "my_export": CountedList("tto", 5, fill_entries),
    "my_demand_export": CountedList("ent", 5, fill_own_demands),
    "my_room": CountedList("tto", 23, fill_entries),
    "desk_applications_export": CountedList("stb", 4, fill_reviews),
    "recordal_contracts_excel": CountedList("tto", 5, fill_contracts),
    "payments_excel": CountedList("tto", 5, fill_payments),
    "desk_contracts_export": CountedList("stb", 5, fill_contracts),
    "desk_filed_export": CountedList("stb", 8, fill_signed_papers, locks=2),
    "desk": CountedList("stb", 20, fill_reviews),
}

# Every other page without an argument in its address: forms, files, fixed text.
NOT_LISTS = {
    *("account", "application_start", "calendar_confirm", "calendar_import"),
    *("calendar_template", "deadline", "desk_announcement_new", "desk_call_new"),
    *("desk_event_new", "evidence_consistency", "evidence_proof", "grant_new"),
    *("health", "recover", "recovery_sent"),
    *("member_link", "my_demand_import", "my_demand_new", "my_demand_template"),
    *("my_entry_new", "my_import", "my_match_new", "my_notice_kind"),
    *(
        "my_organization",
        "my_template",
        "resume",
        "new_unit",
        "password",
        "preferences",
    ),
    *("privacy", "accessibility", "real_name", "recovery_codes", "register"),
    *("robots", "second_factor", "second_factor_off", "sign_in", "sign_in_code"),
    *("sign_out", "site_map", "sitemap_index", "verify_index", "api_deadline"),
    "template_upload",
}
