"""The demo achievements: enough, in every state, loaded once."""

from collections import Counter

import pytest

from cms.achievements.demo import load_demo
from cms.achievements.models import (
    Achievement,
    AchievementPage,
    ContactMessage,
    PublishedPicture,
)
from cms.parties.demo import load_demo as load_people
from tests.factories.achievements import AT

pytestmark = pytest.mark.django_db


def test_demo_shows_every_kind_of_entry(client):
    load_people(at=AT)
    load_demo(at=AT)

    assert Counter(Achievement.objects.values_list("status", flat=True)) == {
        "published": 23,
        "revising": 1,
        "submitted": 2,
        "returned": 1,
        "withdrawn": 1,
        "draft": 1,
    }
    assert AchievementPage.objects.filter(public_status="published").count() == 24
    assert PublishedPicture.objects.count() == 25
    assert ContactMessage.objects.count() == 1
    assert client.get("/achievements/?view=cards&size=50").status_code == 200
    numbers = AchievementPage.objects.values_list("number", flat=True)
    assert all(client.get(f"/achievements/{n}/").status_code == 200 for n in numbers)


def test_demo_is_loaded_once():
    load_people(at=AT)
    load_demo(at=AT)
    load_demo(at=AT)

    assert Achievement.objects.count() == 29
    assert AchievementPage.objects.count() == 25
