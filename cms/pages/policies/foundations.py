"""Which rules and messages of the product rest on which article."""

import re
from dataclasses import dataclass
from functools import cache

from cms.pages.policies.rules_table import read_rules
from cms.rules.articles import Citation, parse_citations
from cms.rules.messages import MESSAGES

Place = tuple[str, str]
_BRACES = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class RestingRule:
    """A rule or message of the product and the exact place it cites."""

    code: str
    text: str
    citation: str


@cache
def resting_rules() -> dict[Place, tuple[RestingRule, ...]]:
    """Return, for each cited place, the rules and then the messages on it."""
    found: dict[Place, list[RestingRule]] = {}
    for rule in read_rules():
        for citation in _places(rule.articles):
            found.setdefault((citation.document, citation.anchor), []).append(
                RestingRule(rule.rule, rule.summary, citation.label)
            )
    for message in sorted(MESSAGES.values(), key=lambda message: message.code):
        for text in message.articles:
            for citation in _places(text):
                found.setdefault((citation.document, citation.anchor), []).append(
                    RestingRule(
                        message.code, _BRACES.sub("…", message.text), citation.label
                    )
                )
    return {place: tuple(rules) for place, rules in found.items()}


def _places(text: str) -> list[Citation]:
    return [place for place in parse_citations(text) if place.document] if text else []
