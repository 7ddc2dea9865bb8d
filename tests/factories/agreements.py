"""Agreements for tests: a match that both accepted, and the contract after it."""

from datetime import date, datetime

from cms.core import answers as sheets
from cms.notices.models import Notice
from cms.rules.notices import NoticeKind, Venue
from cms.supply_demand.actions import agreements
from cms.supply_demand.actions.agreement_approval import approve_agreement
from cms.supply_demand.actions.matches import accept_match, express_interest_in_offer
from cms.supply_demand.models import Agreement, AgreementKind, Match
from tests.conftest import Cast
from tests.factories.demands import ENTERPRISE_CONTACT, UNIT_CONTACT, make_offer
from tests.factories.notices import make_approved, publish, values_for


def make_match(cast: Cast, *, when: datetime, is_accepted: bool = True) -> Match:
    """Let the enterprise ask for an offer of the unit, and the unit accept."""
    match = express_interest_in_offer(
        make_offer(cast.unit),
        enterprise=cast.enterprise,
        note="希望先使用后付费",
        contact=ENTERPRISE_CONTACT,
        by=cast.actor("ent"),
        at=when,
    )
    if is_accepted:
        accept_match(
            match, reply="", contact=UNIT_CONTACT, by=cast.actor("tto"), at=when
        )
    return match


def make_agreement(
    cast: Cast,
    kind: AgreementKind = AgreementKind.LICENSE,
    *,
    when: datetime,
    answers: dict[str, object] | None = None,
) -> Agreement:
    """Open the contract of an accepted match."""
    match = make_match(cast, when=when)
    return agreements.open_agreement(
        match, kind, answers=answers, by=cast.actor("tto"), at=when
    )


DECLARED = {
    "team": {"members": [{"name": "王示例"}]},
    "declarations": [
        {
            "name": "王示例",
            "has_relation": False,
            "verified_by": "李核实",
            "verified_on": "2026-10-30",
        }
    ],
}
"""Answers of a team whose only member has declared, and was verified (CC-06)."""


def clear_for_notice(cast: Cast, agreement: Agreement, *, when: datetime) -> Agreement:
    """Let the team declare where it has not yet, and the unit approve the terms."""
    sheet = sheets.get_sheet(agreement)
    answers = {**DECLARED, **sheets.read(sheet)}
    by = cast.actor("tto")
    sheets.write(agreement, answers, version=sheet.version, by=by, at=when)
    agreement.refresh_from_db()
    return approve_agreement(
        agreement, version=agreement.version, by=cast.actor("apv"), at=when
    )


def open_notice_of_agreement(
    cast: Cast, agreement: Agreement, *, when: datetime
) -> Notice:
    """Draft, check and publish the price notice on both venues."""
    kind = NoticeKind.NEGOTIATED
    agreement = clear_for_notice(cast, agreement, when=when)
    draft = agreements.open_agreement_notice(
        agreement, "示例许可定价公示", values_for(kind), by=cast.actor("tto"), at=when
    )
    notice = make_approved(cast, kind, when=when, draft=draft)
    for venue in (Venue.PLATFORM, Venue.UNIT):
        notice = publish(cast, notice, venue, when=when)
    return notice


def sign(cast: Cast, agreement: Agreement, *, when: datetime) -> Agreement:
    """Sign; effective ten days later, for five years."""
    return agreements.sign_agreement(
        agreement,
        signed_on=when.date(),
        effective_on=date(2026, 12, 1),
        ends_on=date(2031, 11, 30),
        by=cast.actor("tto"),
        at=when,
    )
