"""The public page of a demand: what may stand on it, and how it is written."""

from datetime import datetime

from cms.core.pages import add_page, save_page
from cms.rules.shanghai_time import end_of
from cms.rules.supply_demand.demand_form import DemandFacts, public_name
from cms.rules.supply_demand.demand_states import DemandState, shown_state
from cms.rules.vocabularies import INDUSTRIES
from cms.supply_demand.models import (
    Demand,
    DemandIndexPage,
    DemandPage,
    DemandSubmission,
)
from cms.supply_demand.tree import get_index_page


def write_page(
    demand: Demand, submission: DemandSubmission, facts: DemandFacts, *, at: datetime
) -> DemandPage:
    """Write the public fields of a decided submission to the demand's page."""
    page = demand.page or DemandPage(
        number=demand.number, slug=demand.number.lower(), published_at=at
    )
    if demand.page:
        page.revised_at = at
    page.title = page.draft_title = facts.title
    page.state = shown_state(demand.status).value
    page.enterprise = public_name(
        facts.enterprise_name, facts.size, is_anonymous=facts.is_anonymous
    )
    page.size, page.district = facts.size, facts.district
    page.industry = facts.industry
    page.industry_section, page.industry_division = _levels(facts.industry)
    page.problem, page.indicators = facts.problem, facts.indicators
    page.modes = f",{','.join(facts.modes)},"
    page.budget, page.needed_by = facts.budget, facts.needed_by
    page.call_number = submission.call_number
    page.form_version = submission.form_version
    page.valid_until = end_of_validity(facts)
    if demand.page:
        return save_page(page, at=at)
    return add_page(get_index_page(DemandIndexPage), page, at=at)


def write_state(demand: Demand, *, at: datetime) -> None:
    """Carry the case's state over to its page, if it has one."""
    page = demand.page
    if page is None:
        return
    page.state = shown_state(demand.status).value
    ended = {DemandState.RESOLVED, DemandState.WITHDRAWN, DemandState.EXPIRED}
    page.ended_at = at if page.state in ended else None
    save_page(page, at=at)


def end_of_validity(facts: DemandFacts) -> datetime:
    """Return 24:00 of the last day of validity (T-06: no roll)."""
    if facts.valid_until is None:
        raise ValueError("a demand without validity was let through")
    return end_of(facts.valid_until)


def _levels(industry: str) -> tuple[str, str]:
    """Return section and division of an industry code of any level."""
    path = [*(term.code for term in INDUSTRIES.ancestors(industry)), industry, ""]
    return path[0], path[1]
