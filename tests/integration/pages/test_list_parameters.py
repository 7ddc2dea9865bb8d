"""No list ignores a parameter that it does not know."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.counted_lists import LISTS as LISTS_OF_ALL
from tests.counted_lists import WHOLE

# Pages that sum several lists up, and plain data: they take no parameters to heed.
OVERVIEWS = {"my_room", "desk", "checkpoints"}

LISTS = {
    "/achievements/": "field",
    "/supply/": "field",
    "/demands/": "mode",
    "/notices/": "unit",
    "/notices/announcements/": "page",
    "/units/": "page",
    "/calls/": "page",
    "/events/": "page",
    "/evidence/": "page",
    "/statistics/": "format",
}
PAGED = [path for path in LISTS if path != "/statistics/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", LISTS)
def test_unknown_parameter_is_refused_on_one_page(client, path):
    known = LISTS[path]

    response = client.get(f"{path}?{known}s=1")

    assert response.status_code == 400
    assert response.templates[0].name == "site/refused.html"
    refusal = response.context["refusal"]
    text = f"不支持的筛选参数“{known}s”，最接近的是“{known}”。"
    assert (refusal.code, refusal.message) == ("E-QP-01", text)
    assert response.context["url_without"] == path
    assert f"<code>{known}</code></th>" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize("number", ["0", "-1", "two", "２", "1.5", "12345678"])
def test_what_is_no_page_number_is_refused(client, path, number):
    response = client.get(path, {"page": number})

    assert response.status_code == 400
    refusal = response.context["refusal"]
    text = f"筛选参数“page”的值“{number}”无效。"
    assert (refusal.code, refusal.message) == ("E-QP-02", text)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGED)
def test_first_page_by_its_number_is_the_list(client, path):
    assert client.get(f"{path}?page=1").status_code == 200


@pytest.mark.django_db
def test_doubled_parameter_is_refused(client):
    response = client.get("/calls/?page=1&page=2")

    assert response.status_code == 400
    assert response.context["refusal"].message == "筛选参数“page”的值“1、2”无效。"


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["format=csv", "format=XLSX", "page=1"])
def test_statistics_know_one_format(client, query):
    assert client.get(f"/statistics/?{query}").status_code == 400
    assert client.get("/statistics/?format=xlsx").status_code == 200


@pytest.mark.django_db
def test_files_of_the_lists_refuse_too(client):
    for path in ("/units/units.xlsx", "/notices/export.xlsx", "/notices/feed.atom"):
        assert client.get(f"{path}?colour=red").status_code == 400
        assert client.get(path).status_code == 200


EVERY_LIST = [*LISTS_OF_ALL, *(name for name in WHOLE if name not in OVERVIEWS)]


@pytest.mark.django_db
@pytest.mark.parametrize("name", EVERY_LIST)
def test_no_list_of_anybody_ignores_a_parameter(name, actors, client_as):
    counted = (LISTS_OF_ALL | WHOLE)[name]
    client = client_as(actors.user(counted.reader)) if counted.reader else Client()

    response = client.get(f"{reverse(name)}?colour=red")

    assert response.status_code == 400
    assert response.templates[0].name == "site/refused.html"
    assert response.context["refusal"].code == "E-QP-01"


CHOSEN = {
    "my_entries": ["status=published", "status=gone"],
    "application_list": ["status=draft", "status=gone"],
    "grant_list": ["mode=M1&state=draft&todo=1", "mode=M7", "state=gone", "todo=yes"],
    "recordal_list": ["state=open&overdue=1", "state=gone", "kind=gone", "overdue=2"],
    "payment_list": ["state=open", "state=gone"],
    "my_signed": ["state=filed", "state=gone"],
    "desk_applications": ["scope=all", "scope=mine"],
    "desk_demands": ["all=1", "all=yes"],
    "desk_filed": [
        "mode=M1&unit=1&from=2026-01-01&until=2026-12-31",
        *("mode=M7", "unit=one", "from=yesterday", "until=2026-02-30"),
    ],
    "verifications": ["state=verified", "state=gone"],
}
WITH_KEYWORD = (
    *("my_entries", "application_list", "grant_list", "recordal_list"),
    *("payment_list", "my_signed", "desk_applications", "desk_contracts", "desk_filed"),
    *("catalog", "offer_list", "demand_list", "notice_list"),
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", CHOSEN)
def test_rooms_and_desks_refuse_a_value_they_do_not_take(name, actors, client_as):
    client, path = client_as(actors.user(LISTS_OF_ALL[name].reader)), reverse(name)
    good, *bad = CHOSEN[name]

    assert client.get(f"{path}?{good}").status_code == 200
    empty = "&".join(f"{pair.split('=')[0]}=" for pair in good.split("&"))
    assert client.get(f"{path}?{empty}").status_code == 200
    for query in bad:
        refusal = client.get(f"{path}?{query}").context["refusal"]
        field, value = query.split("=")
        assert (refusal.code, refusal.field) == ("E-QP-02", field)
        assert value in refusal.message


@pytest.mark.django_db
@pytest.mark.parametrize("name", WITH_KEYWORD)
def test_keyword_of_more_than_60_characters_is_refused(name, actors, client_as):
    reader = LISTS_OF_ALL[name].reader
    client = client_as(actors.user(reader)) if reader else Client()

    assert client.get(reverse(name), {"q": "词" * 60}).status_code == 200
    refusal = client.get(reverse(name), {"q": "词" * 61}).context["refusal"]
    assert (refusal.code, refusal.field) == ("E-QP-02", "q")


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGED)
def test_page_beyond_the_last_is_refused(client, path):
    response = client.get(path, {"page": "99"})

    assert response.status_code == 400
    assert response.context["refusal"].code == "E-QP-03"
