"""The Jinja environment in which templates are compiled and filled."""

from functools import cache
from typing import Any

from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assembly.engine.places import Missing
from assembly.engine.values import PLACES, finalize
from assembly.filters import FILTERS


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with plain data only: a dot reads the key of a dictionary."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read the key of a dictionary, or a field of the loop."""
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext):
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)


@cache
def sandbox() -> Sandbox:
    """Return the environment of all templates."""
    environment = Sandbox(undefined=Missing, finalize=finalize, cache_size=0)
    environment.globals.clear()
    environment.filters = dict(FILTERS) | PLACES | {"e": _as_it_is}
    return environment


def _as_it_is(value: Any) -> Any:
    """Stand for docxtpl's `|e`: here everything is escaped, always and once."""
    return value
