"""From cells to entries: every fault with its row, column, code and message."""

from dataclasses import dataclass, field
from typing import IO, Any

from cms.achievements.facts import item_from_json
from cms.achievements.import_columns import (
    ENTRY_COLUMNS,
    ENTRY_SHEET,
    IP_COLUMNS,
    IP_SHEET,
)
from cms.core.spreadsheets.cells import (
    CellError,
    RawSheet,
    letter_of,
    require_headers,
    row_values,
)
from cms.core.spreadsheets.reading import read_sheets
from cms.rules.achievements import (
    AcceptedParty,
    AchievementAttribute,
    AchievementFacts,
    AchievementForm,
    MaturityStage,
    PaymentForm,
    PricingMethod,
    TransferMode,
)
from cms.rules.catalog_entry import find_faults, find_missing, find_personal
from cms.rules.violations import RuleViolation


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One row that became an entry's values."""

    row: int
    values: dict[str, Any]


@dataclass(slots=True)
class Parsed:
    """What a file holds: entries, or the faults that keep it out."""

    entries: list[ParsedEntry] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def parse_workbook(
    stream: IO[bytes], size: int, *, ledger_numbers: set[str], names: set[str]
) -> Parsed:
    """Return the entries of a workbook or all its faults.

    `ledger_numbers` and `names` are those that the unit already uses.

    Raises:
        RuleViolation: E-XL-01 to E-XL-07, E-XL-19, the file as a whole is refused.
    """
    sheets = read_sheets(stream, size, (ENTRY_SHEET, IP_SHEET))
    entries = sheets.get(ENTRY_SHEET)
    if entries is None:
        raise RuleViolation("E-XL-19", field="file", sheet=ENTRY_SHEET)
    if not entries.rows:
        raise RuleViolation("E-XL-07", field="file")
    parsed = Parsed()
    require_headers(entries, ENTRY_COLUMNS)
    for row, cells in entries.rows:
        values = row_values(entries, cells, ENTRY_COLUMNS, ENTRY_SHEET, parsed.errors)
        parsed.entries.append(ParsedEntry(row, values | {"ip_items": []}))
    rights = sheets.get(IP_SHEET)
    if rights is not None and rights.rows:
        require_headers(rights, IP_COLUMNS)
        _attach_rights(rights, parsed)
    _find_duplicates(parsed, entries, ledger_numbers, names)
    _find_rule_faults(parsed, entries)
    parsed.errors.sort(key=lambda error: (error.sheet != ENTRY_SHEET, error.row))
    return parsed


def _attach_rights(sheet: RawSheet, parsed: Parsed) -> None:
    by_number = {
        entry.values["ledger_number"]: entry
        for entry in parsed.entries
        if entry.values["ledger_number"]
    }
    for row, cells in sheet.rows:
        values = row_values(sheet, cells, IP_COLUMNS, IP_SHEET, parsed.errors)
        number = values.pop("entry")
        entry = by_number.get(number)
        if entry is not None:
            entry.values["ip_items"].append(values | {"row": row})
        elif number:
            fault = RuleViolation("E-XL-15", value=number)
            parsed.errors.append(
                CellError(IP_SHEET, row, "A", "台账登记号", fault.code, fault.message)
            )


def _find_duplicates(
    parsed: Parsed, sheet: RawSheet, ledger_numbers: set[str], names: set[str]
) -> None:
    for name, header, used in (
        ("ledger_number", "台账登记号", ledger_numbers),
        ("name", "成果名称", names),
    ):
        first_rows: dict[str, int] = {}
        for entry in parsed.entries:
            value = entry.values[name]
            if not value:
                continue
            fault = None
            if value in first_rows:
                fault = RuleViolation("E-XL-12", row=first_rows[value])
            elif value in used:
                fault = RuleViolation("E-XL-13", what=f"{header} {value}")
            first_rows.setdefault(value, entry.row)
            if fault is not None:
                parsed.errors.append(
                    CellError(
                        ENTRY_SHEET,
                        entry.row,
                        letter_of(sheet, header),
                        header,
                        fault.code,
                        fault.message,
                    )
                )


def _find_rule_faults(parsed: Parsed, sheet: RawSheet) -> None:
    """Add what the rules say of rows whose cells could all be read."""
    headers = {column.field: column.header for column in ENTRY_COLUMNS}
    bad_rows = {error.row for error in parsed.errors if error.sheet == ENTRY_SHEET}
    for entry in parsed.entries:
        rows = [item.pop("row") for item in entry.values["ip_items"]]
        if entry.row in bad_rows:
            continue
        missing = find_missing(entry.values)
        faults = (
            [RuleViolation("E-LS-01", field="price_note", fields="、".join(missing))]
            if missing
            else _faults_of(entry.values)
        )
        for fault in faults:
            is_right = fault.field == "ip_items"
            place = int(str(fault.parameters.get("position", 1))) - 1
            header = "" if is_right else headers.get(fault.field, "")
            parsed.errors.append(
                CellError(
                    IP_SHEET if is_right else ENTRY_SHEET,
                    rows[place] if is_right and place < len(rows) else entry.row,
                    letter_of(sheet, header),
                    header,
                    fault.code,
                    fault.message,
                )
            )


def _faults_of(values: dict[str, Any]) -> list[RuleViolation]:
    facts = facts_of_values(values)
    return find_faults(facts, is_own_entry=True) + find_personal(facts)


def facts_of_values(values: dict[str, Any]) -> AchievementFacts:
    """Return the facts that a row's values say."""
    enums = {
        "form": AchievementForm,
        "attribute": AchievementAttribute,
        "stage": MaturityStage,
        "pricing_method": PricingMethod,
    }
    hidden = ("project_source", "project_number", "internal_note")
    plain = {name: value for name, value in values.items() if name not in hidden}
    plain |= {name: kind(values[name]) for name, kind in enums.items()}
    payment = values["payment_form"]
    plain["payment_form"] = PaymentForm(payment) if payment else None
    plain["transfer_modes"] = tuple(TransferMode(m) for m in values["transfer_modes"])
    plain["accepted_parties"] = tuple(
        AcceptedParty(p) for p in values["accepted_parties"]
    )
    plain["ip_items"] = tuple(item_from_json(item) for item in values["ip_items"])
    return AchievementFacts(**plain)
