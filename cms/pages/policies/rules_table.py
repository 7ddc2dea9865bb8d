"""Reads docs/rules.md: rule → article → function → test."""

from dataclasses import dataclass

from django.conf import settings

RULES_FILE = settings.ROOT / "docs" / "rules.md"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One row of the table; several functions or tests stand between `<br>`."""

    rule: str
    summary: str
    articles: str
    functions: tuple[str, ...]
    tests: tuple[str, ...]


def read_rules() -> tuple[RuleRow, ...]:
    """Return the rows in the table's order; none where the docs were left out."""
    if not RULES_FILE.exists():
        return ()
    rows = []
    for line in RULES_FILE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 5 and cells[0] not in ("规则", "") and cells[0][0] != "-":
            rule, summary, articles, functions, tests = cells
            rows.append(
                RuleRow(rule, summary, articles, _codes(functions), _codes(tests))
            )
    return tuple(rows)


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("`") for part in cell.split("<br>") if part.strip())
