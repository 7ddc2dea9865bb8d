"""Role × URL: every URL is classified, and answers each reader as the table says."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.access import READERS, client_of, expected, path_of, statuses
from tests.url_names import own_urls

pytestmark = pytest.mark.django_db
TABLE = expected()


@pytest.fixture(scope="module")
def clients(demo_office: None) -> Iterator[dict[str, Client]]:
    """One signed-in client for each reader."""
    return {reader: client_of(reader) for reader in READERS}


def test_every_url_is_classified_and_no_row_is_stale():
    assert set(own_urls()) == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_url_answers_each_reader_as_the_table_says(name, clients):
    row = {key: who for key, who in TABLE[name].items() if key.isdigit()}
    path = path_of(name, TABLE[name].get("arguments", {}))

    assert statuses(path, "get", clients) == row


@pytest.mark.parametrize("name", [name for name in TABLE if "post" in TABLE[name]])
def test_empty_post_answers_each_reader_as_the_table_says(name, clients):
    path = path_of(name, TABLE[name].get("arguments", {}))

    assert statuses(path, "post", clients) == TABLE[name]["post"]
