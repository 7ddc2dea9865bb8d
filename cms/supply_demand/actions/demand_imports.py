"""Excel in for demands: a dry run, then all rows as drafts or none."""

from datetime import datetime

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.parties.models import Organization
from cms.rules.supply_demand.demand_states import LISTED_STATES, DemandState
from cms.supply_demand.actions.demands import (
    latest_validity,
    save_demand,
    start_demand,
)
from cms.supply_demand.demand_rows import ParsedDemands, parse_demands
from cms.supply_demand.models import Demand


def check_import(
    file: PrivateFile, enterprise: Organization, *, at: datetime
) -> ParsedDemands:
    """Read a stored file for an enterprise without writing anything (dry run)."""
    live = [DemandState.DRAFT, DemandState.SUBMITTED, *LISTED_STATES]
    known = dict(
        Demand.objects.filter(organization=enterprise, status__in=live)
        .exclude(title="")
        .values_list("title", "number")
    )
    with file.file.open("rb") as stream:
        return parse_demands(
            stream,
            file.size,
            enterprise=enterprise,
            known=known,
            on=at.astimezone(SHANGHAI).date(),
            latest=latest_validity(at),
        )


def import_demands(
    file: PrivateFile, enterprise: Organization, *, by: Actor, at: datetime
) -> int | None:
    """Make a draft of every row, in one transaction; None where a row is faulty.

    Raises:
        RuleViolation: E-ST-02 (not of that enterprise), E-XL-01 to E-XL-07.
    """
    with writing():
        parsed = check_import(file, enterprise, at=at)
        if parsed.errors:
            return None
        for _, facts in parsed.demands:
            demand = start_demand(enterprise, by=by, at=at)
            save_demand(demand, facts, None, version=demand.version, by=by, at=at)
        evidence.record(
            "demand.imported",
            file,
            {"rows": len(parsed.demands), "sha256": file.sha256},
            by=by,
            at=at,
        )
        return len(parsed.demands)
