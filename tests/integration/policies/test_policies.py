"""The plan's pages: loaded article by article, read with anchors and rules."""

import re
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cms.core.pages import ActionOnly, writing_pages
from cms.pages.demo import load_demo
from cms.pages.policies.loading import PLAN_FILE, Loaded, load_policies
from cms.pages.policies.models import PolicyIndexPage, PolicyPage
from cms.rules.articles import parse_citations
from cms.rules.messages import MESSAGES
from cms.rules.plan_text import parse_plan

TEXT = PLAN_FILE.read_text(encoding="utf-8")
FIRST = datetime(2026, 11, 1, 1, tzinfo=UTC)
LATER = datetime(2026, 11, 2, 1, tzinfo=UTC)
SLUGS = [document.slug for document in parse_plan(TEXT)]

pytestmark = pytest.mark.django_db


def read(client: Client, slug: str) -> str:
    response = client.get(f"/policies/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def without_marks(html: str) -> str:
    return re.sub(r"<[^>]+>|\s", "", html)


def test_load_writes_one_page_per_document() -> None:
    loaded = load_policies(TEXT, at=FIRST)

    assert loaded == Loaded(created=8, updated=0, unchanged=0)
    assert PolicyIndexPage.objects.get().url == "/policies/"
    pages = PolicyPage.objects.order_by("position")
    assert [page.slug for page in pages] == SLUGS
    assert {page.first_published_at for page in pages} == {FIRST}
    assert pages[4].entries[0] == {
        "kind": "article",
        "anchor": "art-1",
        "level": 0,
        "label": "第一条",
        "title": "目的",
        "text": "明确科技成果公开交易的基本原则、总体要求、交易流程、先用后转、评价与改进等内容。",
    }


def test_load_again_changes_nothing() -> None:
    load_policies(TEXT, at=FIRST)

    loaded = load_policies(TEXT, at=LATER)

    assert loaded == Loaded(created=0, updated=0, unchanged=8)
    assert PolicyIndexPage.objects.count() == 1
    assert not PolicyPage.objects.filter(last_published_at=LATER).exists()


def test_load_of_a_new_text_updates_the_page_that_changed() -> None:
    load_policies(TEXT, at=FIRST)
    before = PolicyPage.objects.get(slug="guideline-6").pk

    loaded = load_policies(
        TEXT.replace(
            "第十条（实施期限）本指引在改革方案有效期内施行。\n\n\n\n\n附件7",
            "第九条（实施期限）新文。\n附件7",
        ),
        at=LATER,
    )

    page = PolicyPage.objects.get(slug="guideline-6")
    assert loaded == Loaded(created=0, updated=1, unchanged=7)
    assert page.pk == before
    assert page.entries[-1]["anchor"] == "art-9"
    assert (page.first_published_at, page.last_published_at) == (FIRST, LATER)


def test_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_policies")
    call_command("load_policies")

    assert capsys.readouterr().out.splitlines() == [
        "政策文件：新建8，更新0，未变0",
        "政策文件：新建0，更新0，未变8",
    ]


def test_demo_office_has_the_policies() -> None:
    load_demo(FIRST)

    assert PolicyPage.objects.count() == 8


def test_index_lists_the_documents_in_order(client: Client) -> None:
    load_policies(TEXT, at=FIRST)

    html = client.get("/policies/").content.decode()

    found = re.findall(r'<h2><a href="/policies/([^"/]+)/">', html)
    assert found == SLUGS
    assert "附件6　科技成果“先使用后付费”工作指引" in html
    assert html.count("共16条") == 1


def test_index_without_policies_says_so(client: Client) -> None:
    load_policies(TEXT, at=FIRST)
    with writing_pages():
        PolicyPage.objects.all().delete()

    assert "尚未装入政策文件" in client.get("/policies/").content.decode()


@pytest.mark.parametrize("count", [1, 8])
def test_index_asks_the_same_number_of_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_policies(TEXT, at=FIRST)
    with writing_pages():
        PolicyPage.objects.filter(position__gte=count).delete()
    client.get("/policies/")

    with django_assert_num_queries(6):
        client.get("/policies/")


def test_policy_asks_few_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_policies(TEXT, at=FIRST)
    client.get("/policies/")

    with django_assert_num_queries(8):
        client.get("/policies/guideline-4/")


@pytest.mark.parametrize("slug", SLUGS)
def test_policy_shows_every_word_of_the_document(client: Client, slug: str) -> None:
    load_policies(TEXT, at=FIRST)

    shown = without_marks(read(client, slug)).replace("¶", "")

    (document,) = (d for d in parse_plan(TEXT) if d.slug == slug)
    for entry in document.entries:
        assert without_marks(entry.text) in shown
        assert entry.title.rstrip("。") in shown


@pytest.mark.parametrize("slug", SLUGS)
def test_policy_has_each_anchor_once(client: Client, slug: str) -> None:
    load_policies(TEXT, at=FIRST)

    html = read(client, slug)

    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    (document,) = (d for d in parse_plan(TEXT) if d.slug == slug)
    for anchor in document.anchors:
        if not anchor.endswith("-caption"):
            assert anchor in ids
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids
    assert len(html.encode()) < 100_000


def test_every_message_leads_to_an_article_that_shows_it(client: Client) -> None:
    load_policies(TEXT, at=FIRST)
    pages = {slug: read(client, slug) for slug in SLUGS}

    for message in MESSAGES.values():
        for text in message.articles:
            for citation in parse_citations(text):
                if citation.document:
                    html = pages[citation.document]
                    assert f'id="{citation.anchor}"' in html
                    assert f'<span class="code">{message.code}</span>' in html


def test_article_shows_its_short_citation(client: Client) -> None:
    load_policies(TEXT, at=FIRST)

    html = read(client, "guideline-4")

    assert (
        '<p class="citation"><span>《科技成果公开交易工作指引》（附件4）第七条</span>，'
        '<span class="address">http://testserver/policies/guideline-4/#art-7</span></p>'
    ) in html


def test_item_of_the_plan_shows_its_short_citation(client: Client) -> None:
    load_policies(TEXT, at=FIRST)

    html = read(client, "plan")

    assert "<span>《柳州市科技成果转化综合改革试点方案》一(一)1</span>" in html
    assert "<span>《柳州市科技成果转化综合改革试点方案》导语</span>" in html


def test_policy_leads_to_its_neighbors(client: Client) -> None:
    load_policies(TEXT, at=FIRST)

    first, middle, last = (read(client, SLUGS[n]) for n in (0, 4, 7))

    assert 'rel="prev"' not in first
    assert 'rel="next" href="/policies/guideline-1/"' in first
    assert 'rel="prev" href="/policies/guideline-3/"' in middle
    assert 'rel="next" href="/policies/guideline-5/"' in middle
    assert 'rel="next"' not in last


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("plan", '（<a href="/policies/guideline-2/">附件2</a>）'),
        (
            "plan",
            '（<a href="/policies/guideline-4/">附件4</a>、<a href="/policies/guideline-5/">5</a>）',
        ),
        ("plan", '<a href="/policies/guideline-6/">6.'),
        ("guideline-1", '<a href="#negative-list">内容参见附件</a>'),
        ("guideline-4", '流程如<a href="#appendix-a">附录A</a>。'),
        ("guideline-6", "无第九条，照录。"),
        ("guideline-7", "原文序号作“（4）”"),
        ("guideline-4", "下列流程由本站依条文和图中词语重绘"),
    ],
)
def test_policy_links_and_notes(client: Client, slug: str, expected: str) -> None:
    load_policies(TEXT, at=FIRST)

    assert expected in read(client, slug)


def test_flow_charts_are_ordered_lists(client: Client) -> None:
    load_policies(TEXT, at=FIRST)

    html = read(client, "guideline-4")

    for title in ("挂牌交易流程", "协议定价交易流程", "拍卖交易流程"):
        assert f'<ol class="flow" aria-label="{title}">' in html
    assert html.count('class="flow-condition"') == 17


def test_unknown_policy_is_not_found(client: Client) -> None:
    load_policies(TEXT, at=FIRST)

    assert client.get("/policies/guideline-8/").status_code == 404


def test_policy_is_not_changed_in_the_admin(admin_client: Client) -> None:
    load_policies(TEXT, at=FIRST)
    page = PolicyPage.objects.get(slug="guideline-4")

    for action in ("edit", "delete", "unpublish", "move", "copy"):
        url = reverse(f"wagtailadmin_pages:{action}", args=[page.pk])
        response = admin_client.post(url, {"title": "改"}, follow=False)
        assert response.status_code in (302, 403)

    page.refresh_from_db()
    assert (page.title, page.live) == ("科技成果公开交易工作指引", True)
    page.title = "改"
    with pytest.raises(ActionOnly):
        page.save()
