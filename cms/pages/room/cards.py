"""My room's cards: each room registers what waits for the person there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Card:
    """One card: a figure that matters, and links."""

    title: str
    url: str
    count: int
    text: str = ""
    action_label: str = ""
    action_url: str = ""


CardSource = Callable[[HttpRequest], Card | None]
_sources: list[tuple[int, CardSource]] = []


def card(*, order: int) -> Callable[[CardSource], CardSource]:
    """Register a function that returns a card, or None where it does not apply."""

    def keep(source: CardSource) -> CardSource:
        _sources.append((order, source))
        return source

    return keep


def cards_for(request: HttpRequest) -> list[Card]:
    """Return the cards of the person who asks, in their order."""
    ordered = sorted(_sources, key=lambda pair: pair[0])
    cards = [source(request) for _, source in ordered]
    return [item for item in cards if item is not None]
