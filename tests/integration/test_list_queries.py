"""Every list asks a fixed number of queries, at 1 row and at 50."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.counted_lists import (
    LISTS,
    NOT_LISTS,
    WHOLE,
    CountedList,
)
from tests.list_rows import fill_registrations
from tests.url_names import own_urls

pytestmark = pytest.mark.django_db
ROWS = pytest.mark.parametrize("rows", [1, 50], ids=["1_row", "50_rows"])


def test_every_address_without_argument_is_counted_or_no_list():
    plain = [name for name, route in own_urls().items() if "<" not in route]

    assert sorted(plain) == sorted([*LISTS, *WHOLE, *NOT_LISTS])


def paginator_of(response: Any) -> Any:
    """Return the paginator of the page of rows that the template was given."""
    for layer in response.context:
        for name in ("page", "pages", "page_of_list"):
            page = layer.get(name)
            if page is not None:
                return page["paginator"] if isinstance(page, dict) else page.paginator
    raise LookupError("no page of rows")


def asked_by(counted: CountedList) -> int:
    """Return the queries of a view: the write lock is one on PostgreSQL only."""
    locks = counted.locks if connection.vendor == "postgresql" else 0
    return counted.queries + locks


@ROWS
@pytest.mark.parametrize("name", LISTS)
def test_list_asks_the_same_queries(
    name, rows, actors, client_as, django_assert_num_queries
):
    counted = LISTS[name]
    counted.fill(actors, rows)
    client = client_as(actors.user(counted.reader)) if counted.reader else Client()
    client.get(reverse(name))  # reads site, index and content types once

    with django_assert_num_queries(asked_by(counted)):
        response = client.get(reverse(name))

    paginator = paginator_of(response)
    count = paginator["count"] if isinstance(paginator, dict) else paginator.count
    assert (response.status_code, count) == (200, rows)
    assert f"共 {rows} 条，第 1 / " in response.content.decode()


@ROWS
@pytest.mark.parametrize("name", WHOLE)
def test_whole_asks_the_same_queries(
    name, rows, actors, client_as, django_assert_num_queries
):
    counted = WHOLE[name]
    counted.fill(actors, rows)
    client = client_as(actors.user(counted.reader)) if counted.reader else Client()
    client.get(reverse(name))

    with django_assert_num_queries(asked_by(counted)):
        response = client.get(reverse(name))
        body = response.getvalue()

    assert response.status_code == 200
    assert len(body) > 100


@ROWS
@pytest.mark.parametrize(
    ("reader", "path", "queries", "locks"),
    [
        ("", "{page.url}", 9, 0),
        ("ent", "{page.url}", 14, 0),
        ("stb", "/desk/events/{event.pk}/", 10, 0),
        # Who took the list of people is put in evidence.
        ("stb", "/desk/events/{event.pk}/attendance.xlsx", 9, 2),
    ],
    ids=["event", "event_signed_in", "desk_event", "attendance"],
)
def test_event_asks_the_same_queries(
    reader, path, queries, locks, rows, actors, client_as, django_assert_num_queries
):
    """The write lock is a query of its own on PostgreSQL only."""
    queries += locks if connection.vendor == "postgresql" else 0
    event = fill_registrations(actors, rows)
    path = path.format(event=event, page=event.page)
    client = client_as(actors.user(reader)) if reader else Client()
    client.get(path)

    with django_assert_num_queries(queries):
        response = client.get(path)
        response.getvalue()

    assert response.status_code == 200
