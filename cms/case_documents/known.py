"""What register, catalogue and procedure know of a case by now (interview)."""

from collections.abc import Mapping
from typing import Any

from cms.achievements.models import Achievement
from cms.case_documents.prefill import start_agreement, start_empowerment
from cms.core.clock import SHANGHAI
from cms.empowerment.models import EmpowermentCase
from cms.notices.models import Notice
from cms.rules.empowerment import EmpowermentMode
from cms.rules.shanghai_time import last_day_before
from cms.supply_demand.models import Agreement, Match


def known_of_case(case: EmpowermentCase) -> Mapping[str, Any]:
    """Return the parties, the achievement, and the days of a grant's procedure."""
    known = start_empowerment(
        case.owner,
        EmpowermentMode(case.mode),
        case.representative,
        achievement=case.achievement,
        enterprise=case.enterprise,
    )
    dates: dict[str, Any] = {}
    if case.submitted_at is not None:
        dates["application_on"] = case.submitted_at.astimezone(SHANGHAI).date()
    if case.approved_at is not None:
        dates["approval_on"] = case.approved_at.astimezone(SHANGHAI).date()
    known["dates"] = _plain({**dates, **_days_of(case.notice)})
    return {**known, **_notice_of(case.notice)}


def known_of_agreement(case: Agreement) -> Mapping[str, Any]:
    """Return the parties, the achievement, and the days of an agreement's notice."""
    known = known_of_match(case.match)
    days = _days_of(case.notice)
    if case.approved_at is not None:
        days["approval_on"] = case.approved_at.astimezone(SHANGHAI).date()
    dates = {"dates": _plain(days)}
    return {**known, **dates, **_notice_of(case.notice)}


def known_of_match(match: Match) -> Mapping[str, Any]:
    """Return what a match knows of the contract after it: parties, achievement."""
    known = start_agreement(match, _achievement_of(match))
    if match.offer is not None:
        known["supply"] = {"release_number": match.offer.number}
    return known


def _achievement_of(match: Match) -> Achievement | None:
    """Return the unit's catalogue entry behind the offer, where there is one."""
    offer = match.offer
    if offer is None or not offer.achievement_number:
        return None
    return Achievement.objects.filter(
        owner_id=match.unit_id, number=offer.achievement_number
    ).first()


def _days_of(notice: Notice | None) -> dict[str, Any]:
    if notice is None or notice.published_at is None or notice.close_at is None:
        return {}
    return {
        "notice_opened_on": notice.published_at.astimezone(SHANGHAI).date(),
        "notice_closed_on": last_day_before(notice.close_at),
    }


def _notice_of(notice: Notice | None) -> dict[str, Any]:
    if notice is None or not notice.number:
        return {}
    return {"notice": {"number": notice.number}}


def _plain(dates: Mapping[str, Any]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in dates.items()}
