"""Content pages carry the tags of government sites (政府网站发展指引)."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from cms.pages.policies.loading import PLAN_FILE, load_policies
from cms.rules.shanghai_time import SHANGHAI
from tests.conftest import Cast
from tests.factories import achievements, demands, notices

AT = datetime(2026, 11, 1, 9, 30, tzinfo=SHANGHAI)


def _notice(cast: Cast) -> tuple[str, str, str]:
    row = notices.make_open(cast, when=AT, title="示例挂牌公示")
    return f"/notices/{row.number}/", row.title, cast.unit.name


def _announcement(cast: Cast) -> tuple[str, str, str]:
    row = notices.make_announcement(cast, when=AT)
    return f"/notices/{row.number}/", row.title, "示例市科技局"


def _achievement(cast: Cast) -> tuple[str, str, str]:
    page = achievements.make_page(cast.unit, at=AT)
    return f"/achievements/{page.number}/", page.title, cast.unit.name


def _offer(cast: Cast) -> tuple[str, str, str]:
    page = demands.make_offer(cast.unit, at=AT)
    return f"/supply/{page.number}/", page.title, cast.unit.name


def _demand(cast: Cast) -> tuple[str, str, str]:
    page = demands.make_demand(cast.enterprise, at=AT).page
    return f"/demands/{page.slug}/", page.title, page.enterprise


def _call(cast: Cast) -> tuple[str, str, str]:
    page = demands.make_call(cast.actor("stb"), at=AT).page
    return f"/calls/{page.slug}/", page.title, ""


def _event(cast: Cast) -> tuple[str, str, str]:
    page = demands.make_event(cast.actor("stb"), at=AT).page
    return page.url, page.title, ""


def _policy(_: Cast) -> tuple[str, str, str]:
    load_policies(PLAN_FILE.read_text(encoding="utf-8"), at=AT)
    return "/policies/plan/", "", ""


@pytest.mark.parametrize(
    ("column", "make"),
    [
        pytest.param("公示公告", _notice, id="notice"),
        pytest.param("公示公告", _announcement, id="announcement"),
        pytest.param("成果目录", _achievement, id="achievement"),
        pytest.param("供给清单", _offer, id="offer"),
        pytest.param("需求清单", _demand, id="demand"),
        pytest.param("征集", _call, id="call"),
        pytest.param("活动", _event, id="event"),
        pytest.param("政策", _policy, id="policy"),
    ],
)
def test_content_page_names_column_title_time_and_source(
    client: Client,
    actors: Cast,
    column: str,
    make: Callable[[Cast], tuple[str, str, str]],
) -> None:
    path, title, source = make(actors)

    text = client.get(path).text

    tags = dict(re.findall(r'<meta name="([A-Z]\w+)" content="([^"]*)">', text))
    heading = re.search(r"<h1>(.*?)</h1>", text)
    assert heading is not None
    sponsor = re.search(r"主办单位：(.*?)　", text)
    assert sponsor is not None
    assert tags == {
        "SiteName": tags["SiteName"],
        "SiteDomain": "testserver",
        "SiteIDCode": tags["SiteIDCode"],
        "ColumnName": column,
        "ArticleTitle": title or heading[1],
        "PubDate": "2026-11-01 09:30",
        "ContentSource": source or sponsor[1],
    }
