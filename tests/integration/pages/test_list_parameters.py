"""No public list ignores a parameter that it does not know."""

import pytest

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
