"""The desk's queues: each desk room registers what waits for a decision."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: how much waits, how much of it is overdue."""

    title: str
    url: str
    count: int
    overdue: int = 0
    text: str = ""
    action_label: str = ""
    action_url: str = ""


QueueSource = Callable[[HttpRequest], Queue | None]
_sources: list[tuple[int, QueueSource]] = []


def queue(*, order: int) -> Callable[[QueueSource], QueueSource]:
    """Register a function that returns a queue, or None where it does not apply."""

    def keep(source: QueueSource) -> QueueSource:
        _sources.append((order, source))
        return source

    return keep


def queues_for(request: HttpRequest) -> list[Queue]:
    """Return the queues of the person who asks, in their order."""
    ordered = sorted(_sources, key=lambda pair: pair[0])
    queues = [source(request) for _, source in ordered]
    return [item for item in queues if item is not None]
