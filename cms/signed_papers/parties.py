"""The parties that a paper names, and who is expected to sign for each."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cms.case_documents.models import Paper
from cms.empowerment.facts import as_text, find

_TEAM = "成果完成人团队"
_SIGN_FOR_TEAM = "团队代表"
_OF: dict[str, tuple[str, ...]] = {
    "D-01": ("team",),
    "D-18": ("funder", "project_company", "unit", "team"),
    "D-20": ("funder", "project_company"),
    "D-21": ("funder", "unit", "team", "project_company"),
    "D-19": ("unit", "project_company"),
    "D-14": ("team", "company"),
    "D-15": ("unit", "team"),
    "D-16": ("unit", "company"),
    "D-17": ("team", "company"),
    "D-24": ("team", "company"),
    "D-25": ("unit", "team"),
    "D-31": ("unit", "company"),
    "D-32": ("unit", "company"),
}
_USUAL = ("unit", "team")


@dataclass(frozen=True, slots=True)
class PaperParty:
    """A party, and the person whom the answers name to sign for it."""

    name: str
    signatory: str
    capacity: str


def parties_of(paper: Paper) -> list[PaperParty]:
    """Return the parties of an instrument that its answers name (§11.3, §18)."""
    answers = json.loads(paper.answers)
    wanted = _OF.get(paper.instrument, _USUAL)
    return [party for key in wanted for party in _party(key, answers)]


def _party(key: str, answers: Mapping[str, Any]) -> Iterator[PaperParty]:
    if key == "team":
        name = as_text(find(answers, "team.representative"))
        if name:
            yield PaperParty(_TEAM, name, _SIGN_FOR_TEAM)
        return
    name = as_text(find(answers, f"{key}.name"))
    if name:
        yield PaperParty(
            name,
            as_text(find(answers, f"{key}.signatory.name")),
            as_text(find(answers, f"{key}.signatory.title")),
        )
