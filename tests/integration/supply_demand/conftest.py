"""Applications in their states."""

import pytest

from cms.supply_demand.models import Application
from tests.conftest import Cast
from tests.factories import supply


@pytest.fixture
def draft(actors: Cast) -> Application:
    """An application that lacks nothing."""
    return supply.make_draft(actors.actor("tto"), actors.unit)


@pytest.fixture
def submitted(draft: Application, actors: Cast) -> Application:
    """An application that waits for review."""
    supply.submit(draft, actors.actor("tto"))
    draft.refresh_from_db()
    return draft


@pytest.fixture
def published(submitted: Application, actors: Cast) -> Application:
    """A published application."""
    supply.publish(submitted, actors.actor("stb"))
    submitted.refresh_from_db()
    return submitted
