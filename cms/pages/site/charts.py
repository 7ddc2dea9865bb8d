"""Bar charts drawn on the server: no script, no inline style, a table beside each."""

from dataclasses import dataclass

BAR_WIDTH = 320
# A line of words, and its bar below: long words have the whole width.
ROW_HEIGHT = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart; positions and widths are in SVG units."""

    label: str
    count: int
    y: int
    width: int
    share: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A titled chart and the rows of the table beside it."""

    key: str
    title: str
    unit: str
    bars: tuple[Bar, ...]
    total: int

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return max(1, len(self.bars)) * ROW_HEIGHT

    @property
    def width(self) -> int:
        """Width of the drawing: the longest bar."""
        return BAR_WIDTH


def bar_chart(key: str, title: str, unit: str, rows: list[tuple[str, int]]) -> Chart:
    """Return the chart of `rows` (label, count), largest first, ties by label."""
    ordered = sorted(rows, key=lambda row: (-row[1], row[0]))
    total = sum(count for _, count in ordered)
    largest = max((count for _, count in ordered), default=0)
    bars = tuple(
        Bar(
            label=label,
            count=count,
            y=place * ROW_HEIGHT,
            width=max(1, round(BAR_WIDTH * count / largest)) if largest else 0,
            share=f"{100 * count / total:.1f}%" if total else "0.0%",
        )
        for place, (label, count) in enumerate(ordered)
    )
    return Chart(key=key, title=title, unit=unit, bars=bars, total=total)
