import re

import pytest
from django.test import Client
from wagtail.models import Page, Site

from cms.pages.models import SiteIdentity
from cms.parties.actions.admin_access import sync_admin_access

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "让科技成果先用起来"),
        ("/site-map/", "网站地图"),
        ("/accessibility/", "无障碍说明"),
        ("/privacy/", "个人信息保护"),
    ],
)
def test_standing_page_shows_its_heading(client, path, heading):
    response = client.get(path)

    assert response.status_code == 200
    assert f"<h1>{heading}</h1>" in response.text


def test_reading_mode_is_kept_in_a_cookie_and_marks_every_page(client):
    answer = client.post("/preferences/", {"mode": "elder", "next": "/site-map/"})
    page = client.get("/site-map/")

    assert (answer.status_code, answer["Location"]) == (302, "/site-map/")
    assert '<html lang="zh-Hans" class="elder"' in page.text


def test_reading_mode_never_redirects_to_another_site(client):
    answer = client.post(
        "/preferences/", {"mode": "elder", "next": "https://evil.example/"}
    )

    assert answer["Location"] == "/"


def test_robots_names_the_rooms_and_the_sitemap(client):
    text = client.get("/robots.txt").text

    assert "Disallow: /my/\n" in text
    assert "Sitemap: http://testserver/sitemap.xml\n" in text


def test_sitemap_index_leads_to_the_pages(client):
    index = client.get("/sitemap.xml")
    pages = client.get("/sitemap-pages.xml")

    assert "sitemap-pages.xml" in index.text
    assert pages.status_code == 200
    assert "<loc>" in pages.text


def test_page_carries_a_strict_policy_and_no_inline_script(client):
    response = client.get("/")
    policy = response["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert "style=" not in response.text
    assert len(response.content) < 100_000


@pytest.fixture
def editor(actors, client_as):
    """A client of the bureau's editor, who may open the admin."""
    sync_admin_access(actors.user("stb"))
    return client_as(actors.user("stb"))


def test_admin_carries_a_policy_without_inline_scripts(editor):
    response = editor.get("/admin/")

    assert response.status_code == 200
    policy = dict(
        part.strip().split(" ", 1)
        for part in response["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "manifest-src": "'self'",
    }


def test_dates_and_choosers_of_the_admin_bring_no_script(editor):
    home = Page.objects.get(depth=2)

    edit = editor.get(f"/admin/pages/{home.pk}/edit/").text
    move = editor.get(f"/admin/pages/{home.pk}/move/").text

    assert edit.count('<template data-chooser="initDateTimeChooser"') == 2
    assert move.count('<template data-chooser="PageChooser"') == 1
    for html in (edit, move):
        assert (
            re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", html) == []
        )


@pytest.mark.parametrize("person", ["stb", "admin"])
def test_editors_change_what_the_footer_says(actors, client_as, person):
    sync_admin_access(actors.user(person))
    client = client_as(actors.user(person))
    site = Site.objects.get(is_default_site=True)
    path = f"/admin/settings/pages/siteidentity/{site.pk}/"
    named = {
        field: getattr(SiteIdentity.for_site(site), field)
        for field in ("name", "tagline", "telephone", "address", "site_code", "icp")
    }

    answer = client.post(
        path, {**named, "sponsor": "测试市科学技术局", "police": "测试公网安备1号"}
    )

    assert answer.status_code == 302
    footer = Client().get("/site-map/").text
    assert "测试市科学技术局" in footer
    assert "测试公网安备1号" in footer


def test_others_do_not_reach_the_settings(actors, client_as):
    client = client_as(actors.user("pla"))

    assert client.get("/admin/settings/pages/siteidentity/").status_code == 302


def test_statistics_without_content_says_so(client):
    response = client.get("/statistics/")

    assert response.status_code == 200
    assert response.text.count("暂无已发布的内容。") == 13


def test_statistics_takes_one_query_a_figure(client, django_assert_num_queries):
    client.get("/statistics/")

    with django_assert_num_queries(15):
        client.get("/statistics/")


@pytest.mark.parametrize("path", ["/admin/login/", "/_util/login/"])
def test_wagtail_has_no_sign_in_of_its_own(client, path):
    answer = client.get(path, {"next": "/my/"})

    assert (answer.status_code, answer["Location"]) == (
        302,
        "/account/login/?next=%2Fmy%2F",
    )


def test_form_without_its_token_is_told_to_be_expired():
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/preferences/", {"mode": "elder", "next": "/"})

    assert answer.status_code == 403
    assert "<h1>页面已过期</h1>" in answer.text
    assert "请返回上一页，刷新后再提交" in answer.text
    assert "DEBUG" not in answer.text


@pytest.mark.parametrize(
    ("origin", "is_shown"),
    [
        ("http://testserver", True),
        ("https://evil.example", False),
        ("null", False),
        (None, False),
    ],
)
def test_expired_form_of_ours_shows_what_was_typed(origin, is_shown):
    client = Client(enforce_csrf_checks=True)
    typed = {
        "abstract": "以半固态压铸一次成形副车架，\n减重<三成>。",
        "password": "geheim-geheim-geheim",
        "version": "3",
    }

    headers = {"Origin": origin} if origin else {}
    answer = client.post("/my/applications/1/form/x/", typed, headers=headers)

    assert answer.status_code == 403
    text = "以半固态压铸一次成形副车架，<br>减重&lt;三成&gt;。"
    assert (text in answer.text) is is_shown
    assert "geheim" not in answer.text


def test_fault_of_ours_promises_nothing_and_needs_no_database(monkeypatch):
    def fail(*args):
        raise ZeroDivisionError

    monkeypatch.setattr("cms.pages.site.standing.render", fail)

    answer = Client(raise_request_exception=False).get("/privacy/")

    assert answer.status_code == 500
    assert "<h1>系统暂时出错</h1>" in answer.text
    assert 'href="/static/css/site.css"' in answer.text
    assert "没有丢失" not in answer.text
