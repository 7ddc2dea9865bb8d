"""The Jinja environment in which the engine compiles and fills templates."""

from functools import cache
from typing import Any

from assembly.engine.places import Missing
from assembly.engine.values import PLACES, finalize
from assembly.expressions import Sandbox, environment


@cache
def sandbox() -> Sandbox:
    """Return the environment of all templates."""
    found = environment(finalize)
    found.undefined = Missing
    found.filters |= PLACES | {"e": _as_it_is}
    return found


def _as_it_is(value: Any) -> Any:
    """Stand for docxtpl's `|e`: here everything is escaped, always and once."""
    return value
