"""Bundles: which papers a mode needs, in order, and what each still waits for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assembly.dictionary import Dictionary
from assembly.errors import AssemblyError, Fault
from assembly.expressions import Condition, Reference, compile_condition
from assembly.expressions.references import read_paths
from assembly.fields import Binder
from assembly.interview import MissingValue, QuestionGroup, next_questions
from assembly.manifest import MODES
from assembly.needs import Needs, collect_needs
from assembly.template import Paper, Template
from assembly.toml_file import TomlFile

PAPERS = "papers"
_PAPER_KEYS = ("instrument", "step", "modes", "when", "note")
_MODE_KEYS = ("title", "article")


@dataclass(frozen=True)
class Listed:
    """One line of the list of papers: an instrument, its step, its condition."""

    instrument: str
    step: str
    modes: tuple[str, ...]
    when: Condition | None = None
    note: str = ""


@dataclass(frozen=True)
class Mode:
    """A mode of empowerment, or 先使用后付费."""

    name: str
    title: str
    article: str


@dataclass(frozen=True)
class PaperState:
    """How far a paper of a bundle is; `is_needed` is None while that is open."""

    instrument: str
    title: str
    step: str
    is_needed: bool | None
    note: str = ""
    missing: tuple[MissingValue, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether the paper can be assembled now."""
        return bool(self.is_needed) and not self.missing and not self.faults


@dataclass(frozen=True)
class BundleList:
    """What `bundles.toml` says: the modes, and the papers in order."""

    modes: Mapping[str, Mode]
    papers: tuple[Listed, ...]

    def of(self, mode: str) -> tuple[Listed, ...]:
        """Return the papers of a mode in order."""
        return tuple(paper for paper in self.papers if mode in paper.modes)


def parse_bundles(file: TomlFile, instruments: Sequence[str]) -> BundleList:
    """Return the list of papers from its TOML.

    Raises:
        AssemblyError: E-AS-40, every fault with its line.
    """
    file.check_keys("", file.data, ("modes", PAPERS))
    modes = {}
    for name, mode in file.data.get("modes", {}).items():
        file.check_keys(f"modes.{name}", mode, _MODE_KEYS)
        if name not in MODES:
            file.refuse(f"modes.{name}", f"没有方式“{name}”，可用：{'、'.join(MODES)}")
        modes[name] = Mode(name, mode.get("title", ""), mode.get("article", ""))
    papers = [
        _listed(file, f"{PAPERS}[{number}]", entry, instruments)
        for number, entry in enumerate(file.data.get(PAPERS, []))
    ]
    file.raise_faults()
    return BundleList(modes, tuple(paper for paper in papers if paper is not None))


def _listed(
    file: TomlFile, key: str, entry: Mapping[str, Any], instruments: Sequence[str]
) -> Listed | None:
    file.check_keys(key, entry, _PAPER_KEYS)
    instrument, modes = entry.get("instrument", ""), entry.get("modes", [])
    if instrument not in instruments:
        file.refuse(f"{key}.instrument", f"模板库中没有文书“{instrument}”")
    for mode in modes:
        if mode not in file.data.get("modes", {}):
            file.refuse(f"{key}.modes", f"没有方式“{mode}”")
    when = None
    if "when" in entry:
        try:
            when = compile_condition(entry["when"])
        except AssemblyError as refusal:
            file.refuse(f"{key}.when", f"条件写错了：{refusal.faults[0].message}")
            return None
    step, note = entry.get("step", ""), entry.get("note", "")
    return Listed(instrument, step, tuple(modes), when, note)


class Bundle:
    """The papers of one mode with their templates."""

    def __init__(
        self,
        mode: Mode,
        listed: Sequence[Listed],
        templates: Mapping[str, Template],
        dictionary: Dictionary,
    ) -> None:
        """Take the templates by instrument; each has a manifest."""
        self.mode = mode
        self.papers = tuple(listed)
        self._templates = templates
        read = [Reference(path, (), 1, "condition") for path in _paths(listed)]
        needs = collect_needs(read, dictionary, None)
        self._conditions: tuple[Needs, Binder] = (needs, Binder(needs))

    def template(self, instrument: str) -> Template:
        """Return the template of an instrument of the bundle."""
        return self._templates[instrument]

    def needed(self, data: Mapping[str, Any]) -> list[tuple[Listed, bool | None]]:
        """Return each paper, and whether it is needed on the present answers."""
        _, binder = self._conditions
        context, session = binder.read(data)
        for one in session.missing:
            one.fill()
        given = {k: _answered(v, data.get(k)) for k, v in context.items()}
        return [
            (paper, True if paper.when is None else paper.when.truth(given))
            for paper in self.papers
        ]

    def states(self, data: Mapping[str, Any]) -> list[PaperState]:
        """Return how far each paper is: needed, missing values, faults of values."""
        return [self._state(paper, truth, data) for paper, truth in self.needed(data)]

    def askers(self, answers: Mapping[str, Any]) -> list[tuple[Needs, Binder]]:
        """Return what asks questions: the papers that may be needed, the conditions."""
        papers = [self._conditions]
        for paper, truth in self.needed(answers):
            guide = self._templates[paper.instrument].guide
            if truth is not False and guide is not None:
                papers.append((guide.needs, guide.binder))
        return papers

    def next_questions(self, answers: Mapping[str, Any]) -> list[QuestionGroup]:
        """Return what is still to be asked for all papers that may be needed."""
        return next_questions(self.askers(answers), answers)

    def assemble(
        self, data: Mapping[str, Any], *, salt: str = ""
    ) -> Iterator[tuple[Listed, Paper]]:
        """Yield the papers that are needed, assembled, in order.

        Raises:
            AssemblyError: faults of the data, each paper's when its turn comes.
        """
        for paper, truth in self.needed(data):
            if truth:
                own = data_for(data, paper.instrument)
                template = self._templates[paper.instrument]
                yield paper, template.assemble(own, salt=salt)

    def check(self, data: Mapping[str, Any]) -> None:
        """Refuse data with which a needed paper cannot be assembled.

        Raises:
            AssemblyError: the faults of all papers, each told once.
        """
        faults: dict[Fault, None] = {}
        for paper, truth in self.needed(data):
            guide = self._templates[paper.instrument].guide
            if truth and guide is not None:
                faults |= dict.fromkeys(_faults(guide.binder, data, paper.instrument))
        if faults:
            raise AssemblyError(faults)

    def _state(
        self, paper: Listed, truth: bool | None, data: Mapping[str, Any]
    ) -> PaperState:
        template = self._templates[paper.instrument]
        missing: tuple[MissingValue, ...] = ()
        faults: tuple[Fault, ...] = ()
        if truth is not False and template.guide is not None:
            own = data_for(data, paper.instrument)
            missing = tuple(template.guide.missing(own))
            faults = tuple(template.guide.binder.read(own)[1].faults)
        return PaperState(
            paper.instrument,
            template.title,
            paper.step,
            truth,
            paper.note,
            missing,
            faults,
        )


def _paths(listed: Sequence[Listed]) -> Iterator[str]:
    for paper in listed:
        if paper.when is not None:
            yield from read_paths(paper.when.node, {})


def _answered(value: object, raw: object) -> object:
    """Leave out fields that nobody answered, so that a condition stays open."""
    if isinstance(value, dict) and isinstance(raw, Mapping):
        return {name: one for name, one in value.items() if name in raw}
    return {} if isinstance(value, dict) else value


def _faults(binder: Binder, data: Mapping[str, Any], instrument: str) -> list[Fault]:
    try:
        binder.bind(data_for(data, instrument))
    except AssemblyError as refusal:
        return list(refusal.faults)
    return []


def data_for(data: Mapping[str, Any], instrument: str) -> dict[str, Any]:
    """Return the data set as one paper of a bundle sees it.

    `papers.D-16` holds what differs in that paper alone, such as its date and number.
    """
    own = {name: value for name, value in data.items() if name != PAPERS}
    papers = data.get(PAPERS)
    changes = papers.get(instrument) if isinstance(papers, Mapping) else None
    return _merged(own, changes) if isinstance(changes, Mapping) else own


def _merged(data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(data)
    for name, value in changes.items():
        known = merged.get(name)
        both = isinstance(known, Mapping) and isinstance(value, Mapping)
        merged[name] = _merged(known or {}, value) if both else value
    return merged
