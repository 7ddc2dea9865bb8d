"""From a workbook to demands: every fault with its row, column and code."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import IO, Any

from cms.core.spreadsheets.cells import (
    CellError,
    RawSheet,
    letter_of,
    require_headers,
    row_values,
)
from cms.core.spreadsheets.reading import read_sheets
from cms.parties.models import Organization
from cms.rules.identifiers import check_credit_code
from cms.rules.supply_demand.demand_form import (
    DemandFacts,
    check_form,
    from_answers,
    name_leaks,
)
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.demand_columns import COLUMNS, DEMAND_SHEET, MAX_DEMANDS
from cms.supply_demand.public_texts import screen_public_texts

_HEADERS = {column.field: column.header for column in COLUMNS}


@dataclass(slots=True)
class ParsedDemands:
    """What a file holds: the demands by row, or the faults that keep it out."""

    demands: list[tuple[int, DemandFacts]] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def parse_demands(
    stream: IO[bytes],
    size: int,
    *,
    enterprise: Organization,
    known: dict[str, str],
    on: date,
    latest: date,
) -> ParsedDemands:
    """Return the demands of a workbook of one enterprise, or all its faults.

    `known` maps the titles that the enterprise already uses to their numbers.

    Raises:
        RuleViolation: E-XL-01 to E-XL-07, E-XL-19, the file as a whole is refused.
    """
    sheet = read_sheets(stream, size, (DEMAND_SHEET,)).get(DEMAND_SHEET)
    if sheet is None:
        raise RuleViolation("E-XL-19", field="file", sheet=DEMAND_SHEET)
    if not sheet.rows:
        raise RuleViolation("E-XL-07", field="file")
    if len(sheet.rows) > MAX_DEMANDS:
        raise RuleViolation("E-XL-05", field="file", most=MAX_DEMANDS)
    require_headers(sheet, COLUMNS)
    parsed = ParsedDemands()
    first_rows: dict[str, int] = {}
    for row, cells in sheet.rows:
        before = len(parsed.errors)
        values = row_values(sheet, cells, COLUMNS, DEMAND_SHEET, parsed.errors)
        facts = _facts(values)
        parsed.demands.append((row, facts))
        faults = _duplicates(facts, row, first_rows, known)
        faults += _identity_faults(facts, enterprise)
        if len(parsed.errors) == before:
            faults += _rule_faults(facts, enterprise, on=on, latest=latest)
        parsed.errors += [_error(sheet, row, fault) for fault in faults]
    return parsed


def _facts(values: dict[str, Any]) -> DemandFacts:
    return from_answers({**values, "modes": tuple(values["modes"])})


def _duplicates(
    facts: DemandFacts, row: int, first_rows: dict[str, int], known: dict[str, str]
) -> list[RuleViolation]:
    if not facts.title:
        return []
    if facts.title in first_rows:
        return [RuleViolation("E-XL-12", field="title", row=first_rows[facts.title])]
    first_rows[facts.title] = row
    if facts.title in known:
        number = known[facts.title] or "草稿"
        return [RuleViolation("E-DM-08", field="title", number=number)]
    return []


def _identity_faults(
    facts: DemandFacts, enterprise: Organization
) -> list[RuleViolation]:
    """Return E-ID-01 for a bad code, E-DM-05 for another enterprise's."""
    if not (facts.credit_code and facts.enterprise_name):
        return []
    try:
        check_credit_code(facts.credit_code)
    except RuleViolation as fault:
        return [fault]
    own = (enterprise.name, enterprise.credit_code)
    if (facts.enterprise_name, facts.credit_code.upper()) != own:
        return [RuleViolation("E-DM-05", field="credit_code")]
    return []


def _rule_faults(
    facts: DemandFacts, enterprise: Organization, *, on: date, latest: date
) -> list[RuleViolation]:
    """Return what the form's rules say; the declarations are made at submission."""
    declared = replace(
        facts, consents_to_publication=True, states_truth=True, states_secrecy=True
    )
    found: list[RuleViolation] = []
    try:
        check_form(declared, on=on, latest=latest)
    except RuleViolations as refused:
        found += refused.violations
    found += name_leaks(facts, enterprise.short_name)
    return found + screen_public_texts(facts)


def _error(sheet: RawSheet, row: int, fault: RuleViolation) -> CellError:
    header = _HEADERS.get(fault.field, "")
    column = letter_of(sheet, header)
    return CellError(DEMAND_SHEET, row, column, header, fault.code, fault.message)
