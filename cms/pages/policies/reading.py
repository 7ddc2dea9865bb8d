"""A policy as it is read: headed units, their provisions, the rules resting on them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cms.pages.policies.editor_notes import EDITOR_NOTES
from cms.pages.policies.foundations import RestingRule, resting_rules
from cms.pages.policies.models import PolicyPage
from cms.rules.articles import DOCUMENT_NAMES, format_anchor
from cms.rules.flow_charts import FLOW_CHARTS, FlowChart
from cms.rules.plan_text import Entry, EntryKind

FRAME = {"preamble": "导语", "closing": "施行", "annex": "附件"}


@dataclass(frozen=True, slots=True)
class Provision:
    """One numbered line or paragraph under a heading."""

    anchor: str
    level: int
    label: str
    title: str
    text: str
    citation: str
    note: str
    target: str = ""


@dataclass(slots=True)
class Unit:
    """A heading (an article, a chapter, a figure) with what stands under it."""

    anchor: str
    depth: int
    label: str
    title: str
    citation: str
    note: str
    lead: str = ""
    provisions: list[Provision] = field(default_factory=list)
    rules: list[RestingRule] = field(default_factory=list)
    chart: FlowChart | None = None
    loose_words: str = ""

    @property
    def heading(self) -> str:
        """Return the heading in one line, as the table of contents shows it."""
        return f"{self.label}{'　' if self.label[:1] == '第' else ''}{self.title}"

    @property
    def is_citable(self) -> bool:
        """Whether the unit has words of its own that one may cite."""
        return bool(self.lead or self.provisions) and self.anchor != "annex"


def read_units(page: PolicyPage) -> list[Unit]:
    """Return the units of a policy in reading order."""
    reader = _UnitReader(page)
    for values in page.entries:
        reader.read(Entry(**{**values, "kind": EntryKind(values["kind"])}))
    return reader.units


class _UnitReader:
    """Gathers the entries of one document under their headings."""

    def __init__(self, page: PolicyPage) -> None:
        self.page = page
        self.units: list[Unit] = []
        self.rules = resting_rules()

    def read(self, entry: Entry) -> None:
        """Open a unit for a heading, else add a provision to the open one."""
        if entry.anchor.endswith("-caption"):
            self.units[-1].label, self.units[-1].title = entry.label, entry.title
            return
        if self._is_heading(entry):
            self._open(entry)
        elif entry.anchor in ("preamble", "closing"):
            self._open(Entry(entry.kind, entry.anchor, 0, text=entry.text))
        else:
            if entry.kind is EntryKind.ANNEX and self.units[-1].anchor != "annex":
                self._open(Entry(entry.kind, "annex", 0))
            self.units[-1].provisions.append(self._provision(entry))
        self._add_rules(self.rules.get((self.page.slug, entry.anchor), ()))

    def _is_heading(self, entry: Entry) -> bool:
        if entry.kind is EntryKind.ITEM:
            return self.page.slug == "plan"
        return entry.kind not in (EntryKind.PARAGRAPH, EntryKind.ANNEX)

    def _open(self, entry: Entry) -> None:
        is_figure = entry.kind is EntryKind.FIGURE
        is_inner_list = entry.anchor.startswith("negative-list-")
        self.units.append(
            Unit(
                anchor=entry.anchor,
                depth=entry.level + 2 + is_inner_list,
                label=entry.label,
                title=entry.title.rstrip("。") or FRAME.get(entry.anchor, ""),
                citation=self._cite_unit(entry),
                note=EDITOR_NOTES.get((self.page.slug, entry.anchor), ""),
                lead="" if is_figure else entry.text,
                chart=FLOW_CHARTS.get(entry.anchor),
                loose_words=entry.text if is_figure else "",
            )
        )

    def _cite_unit(self, entry: Entry) -> str:
        name = f"《{self.page.title}》"
        if self.page.slug != "plan":
            name += f"（{self.page.mark}）"
        if entry.kind is EntryKind.ARTICLE:
            return name + entry.label
        place = self._short_citation(entry.anchor)
        return name + place.removeprefix(DOCUMENT_NAMES[self.page.slug])

    def _short_citation(self, anchor: str) -> str:
        return format_anchor(self.page.slug, anchor)

    def _provision(self, entry: Entry) -> Provision:
        return Provision(
            anchor=entry.anchor,
            level=max(entry.level, 0 if entry.kind is EntryKind.PARAGRAPH else 1),
            label=entry.label,
            title=entry.title,
            text=entry.text,
            citation=self._short_citation(entry.anchor),
            note=EDITOR_NOTES.get((self.page.slug, entry.anchor), ""),
            target=self._annex_target(entry),
        )

    def _annex_target(self, entry: Entry) -> str:
        if entry.kind is not EntryKind.ANNEX:
            return ""
        if self.page.slug == "plan":
            return f"/policies/guideline-{entry.anchor[-1]}/"
        return "#appendix-a" if entry.title == "附录A" else "#negative-list"

    def _add_rules(self, rules: Iterable[RestingRule]) -> None:
        known = {rule.code for rule in self.units[-1].rules}
        self.units[-1].rules += [rule for rule in rules if rule.code not in known]
