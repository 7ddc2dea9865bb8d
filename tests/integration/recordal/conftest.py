"""Fixtures of the tests that file papers: the shipped templates in use."""

import pytest

from cms.case_documents import actions
from tests.factories.notices import at


@pytest.fixture
def templates(db):
    """Take the shipped templates into use."""
    actions.load_library(at=at("2026-11-20 09:00"))
