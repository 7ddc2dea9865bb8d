"""State machines as tables: state, event, actor, guard, next, timer, document."""

from dataclasses import dataclass

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation


def by(*roles: Role) -> frozenset[Role]:
    """Return the actors of a row."""
    return frozenset(roles)


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a table of requirements.md §17.

    `guard`, `timer` and `document` name what the register asks for at this
    step (an empty text where it asks for nothing); the feature's action
    checks the guard, sets the timer and writes the document.
    """

    source: str
    event: str
    roles: frozenset[Role]
    target: str
    guard: str = ""
    timer: str = ""
    document: str = ""
    four_eyes: bool = False


@dataclass(frozen=True)
class StateTable:
    """A named machine: its states, events and transitions."""

    name: str
    label: str
    states: type[LabeledEnum]
    events: type[LabeledEnum]
    transitions: tuple[Transition, ...]

    def find(self, state: str, event: str) -> Transition | None:
        """Return the row for a state and an event, or None."""
        for row in self.transitions:
            if row.source == state and row.event == event:
                return row
        return None

    def events_for(self, state: str, roles: frozenset[Role]) -> list[str]:
        """Return the events that holders of `roles` may raise in `state`."""
        return [
            row.event
            for row in self.transitions
            if row.source == state and row.roles & roles
        ]


def advance(
    table: StateTable, state: str, event: str, roles: frozenset[Role]
) -> Transition:
    """Return the row that leads on; what the table does not list is refused.

    Raises:
        RuleViolation: E-ST-01 (no such step in this state), E-ST-02 (not this
            actor's step).
    """
    row = table.find(state, event)
    if row is None:
        raise RuleViolation(
            "E-ST-01",
            state=table.states(state).label,
            event=table.events(event).label,
        )
    if not row.roles & roles:
        raise RuleViolation("E-ST-02", event=table.events(event).label)
    return row
