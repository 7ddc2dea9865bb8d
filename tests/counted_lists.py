"""The lists of the site: who reads each, what fills it, how many queries it asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cms.achievements.actions.entries import submit_entry
from cms.achievements.models import ContactMessage
from cms.core.models import CalendarYear
from cms.empowerment.models import EmpowermentCase
from cms.notices.models import Announcement, Notice, NoticeVenue
from cms.notices.seed import seed_notices
from cms.parties.models import Organization
from cms.recordal.models import ContractRecord
from cms.rules.notices import NoticeState, Venue
from cms.rules.roles import Role
from cms.supply_demand.models import (
    Agreement,
    Application,
    Event,
    EventRegistration,
    Match,
)
from tests.conftest import Cast
from tests.factories import (
    achievements,
    demands,
    evidence,
    notices,
    parties,
    templates,
)
from tests.factories.recordal import reported
from tests.factories.signed_papers import bare_copy, bare_template

AT = datetime.fromisoformat("2026-11-02T10:00:00+08:00")
Fill = Callable[[Cast, int], object]


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


def fill_entries(cast: Cast, rows: int) -> None:
    """Entries of the unit that wait for the desk."""
    by = cast.actor("tto")
    for _ in range(rows):
        submit_entry(achievements.make_entry(cast.unit, by), by=by, at=AT)


def fill_catalog(cast: Cast, rows: int) -> None:
    """Published achievements."""
    for place in range(rows):
        achievements.make_page(cast.unit, name=f"成果{place}")


def fill_questions(cast: Cast, rows: int) -> None:
    """Questions of enterprises about an achievement of the unit."""
    page = achievements.make_page(cast.unit)
    for place in range(rows):
        home = parties.make_enterprise()
        ContactMessage.objects.create(
            page=page,
            sender=parties.make_person(Role.ENTERPRISE, home),
            organization=home,
            reply_to="0772-2660002",
            text=f"问题{place}",
            sent_at=AT,
            read_at=AT,
        )


def fill_offers(cast: Cast, rows: int) -> None:
    """Published offers of the unit, each with its application."""
    for place in range(rows):
        demands.make_offer(cast.unit, number=f"FB-2026-{place + 100:04d}")


def fill_reviews(cast: Cast, rows: int) -> None:
    """Applications that wait for the bureau."""
    Application.objects.bulk_create(
        Application(
            owner=cast.unit,
            number=f"SQ-2026-{place + 100:04d}",
            title=f"成果{place}",
            form_version="2026-1",
            status="submitted",
            created_by=cast.user("tto"),
            created_at=AT,
            changed_at=AT,
            submitted_by=cast.user("tto"),
            submitted_at=AT,
            review_due_at=AT + timedelta(days=7),
        )
        for place in range(rows)
    )


def fill_own_demands(cast: Cast, rows: int) -> None:
    """Published demands and drafts of the enterprise."""
    bureau, by = cast.actor("stb"), cast.actor("ent")
    for place in range(rows):
        if place % 2:
            demands.make_draft(cast.enterprise, by=by)
        else:
            demands.make_demand(cast.enterprise, bureau=bureau)


def fill_demands(cast: Cast, rows: int) -> None:
    """Published demands of as many enterprises, under one call."""
    call, bureau = demands.make_call(cast.actor("stb")), cast.actor("stb")
    for _ in range(rows):
        demands.make_demand(call=call, bureau=bureau)


def fill_submitted_demands(cast: Cast, rows: int) -> None:
    """Demands that wait for the bureau."""
    for _ in range(rows):
        demands.make_submitted()


def fill_calls(cast: Cast, rows: int) -> None:
    """Published calls."""
    for _ in range(rows):
        demands.make_call(cast.actor("stb"))


def fill_events(cast: Cast, rows: int) -> None:
    """Published events."""
    for _ in range(rows):
        demands.make_event(cast.actor("stb"))


def fill_registrations(cast: Cast, rows: int) -> Event:
    """One event with people of several enterprises; return it."""
    event = demands.make_event(cast.actor("stb"), capacity=rows)
    for _ in range(rows):
        home = parties.make_enterprise()
        EventRegistration.objects.create(
            event=event,
            user=parties.make_person(Role.ENTERPRISE, home),
            organization=home,
            state="confirmed",
            registered_at=AT,
        )
    return event


def fill_matches(cast: Cast, rows: int) -> None:
    """Interests of enterprises in an offer of the unit."""
    offer = demands.make_offer(cast.unit)
    for _ in range(rows):
        enterprise = parties.make_enterprise()
        Match.objects.create(
            enterprise=enterprise,
            unit=cast.unit,
            initiator=enterprise,
            offer=offer,
            note="想试用",
            created_at=AT,
            expires_at=offer.valid_until,
            status="pending",
        )


def fill_public_notices(cast: Cast, rows: int) -> None:
    """Published notices with their pages."""
    seed_notices(rows, AT)


def fill_notices(status: NoticeState) -> Fill:
    """Notices of the unit in a state, without the acts behind them."""

    def fill(cast: Cast, rows: int) -> None:
        person = cast.user("tto")
        made = Notice.objects.bulk_create(
            Notice(
                owner=cast.unit,
                kind="listing",
                title=f"公示{place}",
                status=status.value,
                created_by=person,
                submitted_by=person,
                submitted_at=AT,
                created_at=AT,
                updated_at=AT,
            )
            for place in range(rows)
        )
        NoticeVenue.objects.bulk_create(
            NoticeVenue(
                notice=notice,
                venue=Venue.UNIT.value,
                rule="NOTICE_LISTING",
                rule_version="x",
                opened_at=AT,
                opened_by=person,
                close_at=AT,
            )
            for notice in made
        )

    return fill


def fill_cases(cast: Cast, rows: int) -> None:
    """Empowerment cases of the unit in draft."""
    EmpowermentCase.objects.bulk_create(
        EmpowermentCase(
            owner=cast.unit,
            title=f"成果{place}",
            mode="M1",
            representative=cast.user("res"),
            rule_edition="2026-09-01",
            created_by=cast.user("res"),
            created_at=AT,
            changed_at=AT,
        )
        for place in range(rows)
    )


def fill_agreements(cast: Cast, rows: int) -> None:
    """Contracts of the unit, each after a match with another enterprise."""
    offer = demands.make_offer(cast.unit)
    for place in range(rows):
        enterprise = parties.make_enterprise()
        match = Match.objects.create(
            enterprise=enterprise,
            unit=cast.unit,
            initiator=enterprise,
            offer=offer,
            note="示例",
            expires_at=AT,
            created_at=AT,
        )
        Agreement.objects.create(
            match=match,
            owner=cast.unit,
            enterprise=enterprise,
            number=f"HT-2026-{place:04}",
            title=f"合同{place}",
            kind="D-31",
            rule_edition="2026-09-01",
            created_by=cast.user("tto"),
            created_at=AT,
            changed_at=AT,
        )


def fill_contracts(cast: Cast, rows: int) -> list[ContractRecord]:
    """Filed contracts of the unit, each of them reported to the desk."""
    return [reported(cast, f"demo.Case:{place}", "D-31") for place in range(rows)]


def fill_announcements(cast: Cast, rows: int) -> None:
    """Published announcements."""
    for place in range(rows):
        notices.make_announcement(cast, when=AT, title=f"公告{place}")


def fill_draft_announcements(cast: Cast, rows: int) -> None:
    """Drafts of announcements."""
    Announcement.objects.bulk_create(
        Announcement(
            kind="general",
            title=f"公告{place}",
            body="示例公告正文。",
            status="draft",
            created_by=cast.user("stb"),
            created_at=AT,
        )
        for place in range(rows)
    )


def fill_templates(cast: Cast, rows: int) -> None:
    """Templates in use, one version of each instrument."""
    templates.make_in_use(rows, AT)


def fill_units(cast: Cast, rows: int) -> None:
    """Units of the pilot register: those of the cast count."""
    Organization.objects.filter(pk=cast.other_unit.pk).update(pilot_status="none")
    for _ in range(rows - 1):
        parties.make_unit()


def fill_verifications(cast: Cast, rows: int) -> None:
    """Organizations whose real name waits for the platform."""
    for _ in range(rows):
        parties.make_enterprise(verification="pending")


def fill_members(cast: Cast, rows: int) -> None:
    """Members of the enterprise: the reader is the first."""
    for _ in range(rows - 1):
        parties.make_person(Role.RESEARCHER, cast.enterprise)


def fill_checkpoints(cast: Cast, rows: int) -> None:
    """Checkpoints of the evidence log."""
    for day in range(rows):
        evidence.checkpoint(at=evidence.AT + day * evidence.DAY)


def fill_calendar_years(cast: Cast, rows: int) -> None:
    """Years of the working calendar: 2026 is there."""
    CalendarYear.objects.exclude(year=2026).delete()
    CalendarYear.objects.bulk_create(
        CalendarYear(
            year=1900 + place,
            version=1,
            source="测试",
            is_published=True,
            is_current=True,
            digest="0",
            recorded_at=AT,
            recorded_by="测试",
        )
        for place in range(rows - 1)
    )


def fill_signed_papers(cast: Cast, rows: int) -> None:
    """Filed contracts of the unit, each the copy of a paper of another case."""
    template = bare_template()
    for place in range(rows):
        case = f"empowerment.EmpowermentCase:{place + 1}"
        bare_copy(cast, template, case=case, status="filed")
        reported(cast, case, "D-22")


_IN_REVIEW = fill_notices(NoticeState.AWAITING_REVIEW)
_OPEN = fill_notices(NoticeState.OPEN)

LISTS: dict[str, CountedList] = {
    # The public's. Each asks for the site and for who is asking.
    "catalog": CountedList("", 4, fill_catalog),
    "offer_list": CountedList("", 7, fill_offers),
    "demand_list": CountedList("", 6, fill_demands),
    "call_list": CountedList("", 4, fill_calls),
    "event_list": CountedList("", 4, fill_events),
    "notice_list": CountedList("", 8, fill_public_notices),
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
    "my_room": CountedList("tto", 22, fill_entries),
    "desk_applications_export": CountedList("stb", 4, fill_reviews),
    "recordal_contracts_excel": CountedList("tto", 5, fill_contracts),
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
    *("my_organization", "my_template", "new_unit", "password", "preferences"),
    *("privacy", "accessibility", "real_name", "recovery_codes", "register"),
    *("robots", "second_factor", "second_factor_off", "sign_in", "sign_in_code"),
    *("sign_out", "site_map", "sitemap_index", "verify_index", "api_deadline"),
    "template_upload",
}
