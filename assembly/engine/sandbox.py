"""The Jinja environment in which the engine compiles and fills templates."""

from collections.abc import Callable
from functools import cache
from typing import Any

from assembly.engine.generating import Generator, finalize_bytes
from assembly.engine.places import Missing
from assembly.engine.values import PLACES, finalize
from assembly.expressions import Sandbox, environment


@cache
def sandbox() -> Sandbox:
    """Return the environment of all templates, in which they print text."""
    return _made(finalize)


@cache
def workshop() -> Sandbox:
    """Return the same environment for compiling parts, in which they print bytes."""
    found = _made(finalize_bytes)
    found.code_generator_class = Generator
    return found


def _made(printing: Callable[[Any], Any]) -> Sandbox:
    found = environment(printing)
    found.undefined = Missing
    found.filters |= PLACES | {"e": _as_it_is}
    return found


def _as_it_is(value: Any) -> Any:
    """Stand for docxtpl's `|e`: here everything is escaped, always and once."""
    return value
