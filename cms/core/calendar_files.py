"""Calendar files: the shipped years, and rows typed or uploaded by the bureau."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path

from cms.rules.violations import RuleViolation, RuleViolations

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "calendars"
SHIPPED_SOURCE = "国务院办公厅节假日安排（chinesecalendar 1.11.0）"
HEADER = ("date", "is_workday", "name")
HEADER_LABELS = ("日期", "上班或休息", "名称")
_WORDS = {"1": True, "上班": True, "true": True, "0": False, "休息": False}
_WORDS["false"] = False
NAME_LENGTH = 40
YEARS = range(1949, 2200)  # any other is a slip of the pen

Days = dict[date, tuple[bool, str]]


def shipped_years() -> dict[int, Days]:
    """Return the years that come with the product, from `fixtures/calendars`."""
    found = {}
    for path in sorted(SHIPPED.glob("[0-9][0-9][0-9][0-9].csv")):
        year, days = read_year(csv.reader(StringIO(path.read_text("utf-8"))))
        found[year] = days
    return found


def read_year(rows: Iterable[Sequence[object]]) -> tuple[int, Days]:
    """Read one year's special days from table rows, the header included.

    Raises:
        RuleViolations: E-WC-01 for every cell at fault, E-WC-02 for days of more
            than one year, E-WC-03 for a table without days.
    """
    days: Days = {}
    faults: list[RuleViolation] = []
    for number, cells in enumerate(rows, start=1):
        texts = [_text(cell) for cell in cells[:3]] + ["", "", ""]
        if number == 1 and texts[0] in {HEADER[0], HEADER_LABELS[0]}:
            continue
        if any(texts):
            _read_row(number, texts, days, faults)
    years = {day.year for day in days}
    if len(years) > 1:
        listed = "、".join(str(year) for year in sorted(years))
        faults.append(RuleViolation("E-WC-02", field="file", years=listed))
    if not days and not faults:
        faults.append(RuleViolation("E-WC-03", field="file"))
    if faults:
        raise RuleViolations(faults)
    return years.pop(), dict(sorted(days.items()))


def write_year(days: Mapping[date, tuple[bool, str]]) -> str:
    """Return the days as the CSV text that `read_year` reads."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for day, (is_workday, name) in sorted(days.items()):
        writer.writerow((day.isoformat(), int(is_workday), name))
    return out.getvalue()


def _read_row(
    number: int, texts: list[str], days: Days, faults: list[RuleViolation]
) -> None:
    def refuse(column: int, problem: str) -> None:
        faults.append(
            RuleViolation(
                "E-WC-01",
                field="file",
                row=number,
                column=HEADER_LABELS[column],
                problem=problem,
            )
        )

    day = _day(texts[0])
    if day is None:
        refuse(0, f"“{texts[0]}”不是日期（如2027-01-01）")
    elif day in days:
        refuse(0, f"{day}重复")
    word = _WORDS.get(texts[1].lower())
    if word is None:
        refuse(1, f"“{texts[1]}”应为“上班”或“休息”")
    if not texts[2] or len(texts[2]) > NAME_LENGTH:
        refuse(2, f"须填写，不超过{NAME_LENGTH}字")
    if day is not None and word is not None and day not in days:
        days[day] = (word, texts[2])


def _day(text: str) -> date | None:
    parts = text.replace("/", "-").replace("年", "-").replace("月", "-")
    numbers = parts.rstrip("日").split("-")
    try:
        year, month, day = (int(number) for number in numbers)
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _text(cell: object) -> str:
    if isinstance(cell, date):  # a spreadsheet's date cell; datetime is one too
        return f"{cell:%Y-%m-%d}"
    return "" if cell is None else str(cell).strip()
