"""The check of every combination beside the request, in a thread of its own."""

import pytest

from cms.case_documents import actions
from cms.case_documents.models import TemplateDraft
from tests.conftest import Cast
from tests.factories.notices import at
from tests.factories.templates import changed

WHEN = at("2026-11-20 09:00")
LONG = 120.0


@pytest.mark.django_db(transaction=True)
def test_check_started_by_a_request_stores_its_end(templates, actors: Cast):
    by = actors.actor("tto")
    draft = actions.upload_draft(actions.Upload("D-22", changed()), by=by, at=WHEN)

    actions.start_deep_check(draft, by=by, at=WHEN, patience=LONG)

    kept = TemplateDraft.objects.get()
    assert (kept.deep_state, kept.deep_faults) == ("done", [])
    assert (kept.deep_started_at, kept.deep_done > 20) == (WHEN, True)
