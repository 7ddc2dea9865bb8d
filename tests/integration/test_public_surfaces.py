"""What an anonymous reader can reach: no dead link, no heavy page."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.surfaces import Surface, crawl

pytestmark = pytest.mark.django_db
HEAVIEST_PAGE = 100_000


@pytest.fixture(scope="module")
def surfaces(demo_office: None) -> Iterator[dict[str, Surface]]:
    """All public surfaces of the demo office."""
    return crawl(Client())


def test_no_public_link_is_dead(surfaces: dict[str, Surface]):
    # 403 is the answer E-FP-18 to somebody who has not signed in (case J10).
    dead = {
        path: surface.status
        for path, surface in surfaces.items()
        if surface.status >= 400
        and not (surface.status == 403 and "E-FP-18" in surface.text)
    }

    assert dead == {}


def test_rooms_are_closed_to_the_anonymous(surfaces: dict[str, Surface]):
    rooms = {
        path: surface.status
        for path, surface in surfaces.items()
        if path.startswith(("/my/", "/desk/", "/admin/"))
    }

    assert set(rooms.values()) <= {302, 403}


def test_no_public_page_weighs_100_kilobytes(surfaces: dict[str, Surface]):
    heavy = {
        path: surface.size
        for path, surface in surfaces.items()
        if "html" in surface.media_type and surface.size >= HEAVIEST_PAGE
    }

    assert heavy == {}


def test_every_html_page_is_chinese_and_titled(surfaces: dict[str, Surface]):
    faulty = [
        path
        for path, surface in surfaces.items()
        if surface.status == 200
        and "html" in surface.media_type
        and (
            '<html lang="zh-Hans"' not in surface.text or surface.text.count("<h1") != 1
        )
    ]

    assert faulty == []


def test_crawl_reached_every_column(surfaces: dict[str, Surface]):
    columns = {
        "/achievements/",
        "/supply/",
        "/demands/",
        "/notices/",
        "/policies/",
        "/calls/",
        "/events/",
        "/statistics/",
        "/deadline/",
        "/verify/",
        "/units/",
        "/evidence/",
    }

    assert columns - set(surfaces) == set()
