"""What fills the lists of the site for the counting of their queries."""

from collections.abc import Callable
from datetime import datetime, timedelta

from cms.achievements.actions.entries import submit_entry
from cms.achievements.models import ContactMessage
from cms.core.models import CalendarYear
from cms.core.subjects import subject_of
from cms.empowerment.models import EmpowermentCase
from cms.notices.models import Announcement, Notice, NoticeVenue
from cms.notices.seed import seed_notices
from cms.parties.models import Organization
from cms.payments.models import Payment
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


def fill_payments(cast: Cast, rows: int) -> None:
    """A payment of each of the unit's contracts."""
    fill_agreements(cast, rows)
    Payment.objects.bulk_create(
        Payment(
            owner=cast.unit,
            payer=agreement.enterprise,
            contract=subject_of(agreement),
            position=1,
            kind="deferred",
            kind_label="延期支付",
            trigger="event",
            condition="验收",
            amount=1,
            created_at=AT,
        )
        for agreement in Agreement.objects.select_related("enterprise")
    )
