"""No public surface shows a word from a field that is not public."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.canaries import CANARY, plant, secret_fields
from tests.surfaces import crawl

pytestmark = pytest.mark.django_db
# Cases whose texts the demo office fills; an empty list would prove nothing.
WATCHED = {
    "supply_demand.Application",
    "supply_demand.Demand",
    "supply_demand.Match",
    "achievements.Achievement",
    "parties.User",
    "empowerment.EmpowermentCase",
    "empowerment.NegativeListCheck",
    "empowerment.RelationDeclaration",
    "empowerment.TeamAccount",
    "core.AnswerSheet",
}


def test_no_public_surface_shows_a_canary(demo_office: None):
    planted = {}
    for model, field in secret_fields():
        label = model._meta.label
        planted[label] = planted.get(label, 0) + plant(model, field)
    cache.clear()

    surfaces = crawl(Client())

    shown = [path for path, surface in surfaces.items() if CANARY in surface.text]
    assert shown == []
    assert {label for label in WATCHED if not planted.get(label)} == set()
    assert len(surfaces) > 60
