"""The public page of the calculator."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def shown(client: Client, query: str = "") -> str:
    return client.get(f"/deadline/{query}").content.decode()


def test_empty_form_offers_every_rule_with_its_article(client: Client) -> None:
    text = shown(client)

    assert text.count("<option") == 27  # 26 rules and 请选择
    assert '<option value="NOTICE_LISTING">挂牌公告和报名（15个自然日）' in text
    assert 'href="/policies/guideline-4/#art-7-3"' in text
    assert "逐日推算" not in text


def test_form_leads_to_an_address_that_can_be_shared(client: Client) -> None:
    answer = client.get(
        "/deadline/",
        {
            "rule": "NOTICE_LISTING",
            "opened_at": "2026-10-12T08:00",
            "suspend_from": ["2026-10-14T09:00", ""],
            "suspend_to": ["2026-10-16T10:00", ""],
            "extend": ["", " "],
        },
    )

    assert answer.status_code == 302
    assert parse_qsl(urlsplit(answer["Location"]).query) == [
        ("rule", "NOTICE_LISTING"),
        ("opened_at", "2026-10-12T08:00"),
        ("suspend", "2026-10-14T09:00..2026-10-16T10:00"),
    ]
    assert "2026-10-30 24:00" in client.get(answer["Location"]).content.decode()


def test_form_keeps_half_a_stop_and_unknown_parameters(client: Client) -> None:
    answer = client.get(
        "/deadline/",
        {"rule": "X", "suspend_from": "", "suspend_to": "2026-10-16T10:00", "a": "b"},
    )

    assert parse_qsl(urlsplit(answer["Location"]).query) == [
        ("rule", "X"),
        ("suspend", "..2026-10-16T10:00"),
        ("a", "b"),
    ]


def test_answer_shows_each_day_in_months_and_in_a_table(client: Client) -> None:
    text = shown(client, "?rule=NOTICE_LISTING&opened_at=2026-09-25T10:00:00%2B08:00")

    assert "2026-10-10 24:00" in text
    assert "<caption>2026年9月</caption>" in text
    assert "<caption>2026年10月</caption>" in text
    assert (
        '<td class="opening"><span class="day-number">25</span>'
        '<span class="mark">开始</span></td>'
    ) in text
    assert (
        '<td class="last"><span class="day-number">10</span>'
        '<span class="mark">届满</span></td>'
    ) in text
    assert text.count("<td>计入</td>") == 15
    assert text.count("<td>不计入</td>") == 1
    assert "/++api++/@deadline?rule=NOTICE_LISTING&amp;opened_at=2026-09-25T10" in text


def test_provisional_answer_says_so(client: Client) -> None:
    text = shown(client, "?rule=PATENT_RECORD&opened_at=2026-11-30")

    assert "暂定：2027年节假日安排尚未公布" in text
    assert "2026-12-30、2027-01-29、2027-02-21" in text  # 60, 30, 7 days before 02-28


def test_refusal_keeps_what_was_typed_and_leads_to_the_field(client: Client) -> None:
    text = shown(client, "?rule=NOTICE_LISTING&opened_at=9月底&suspend=a..b&extend=7")

    assert '<a href="#id_opened_at">时间格式有误：9月底。</a>' in text
    assert 'type="text" step="1" value="9月底"' in text
    assert 'name="suspend_from" type="text" step="1" value="a"' in text
    assert 'name="extend" type="text" inputmode="numeric" value="7"' in text
    assert '<option value="NOTICE_LISTING" selected>' in text
    assert "<title>有误：期限计算" in text


def test_refusal_links_to_its_article(client: Client) -> None:
    text = shown(client, "?rule=NOTICE_LISTING&opened_at=2026-09-25&extend=7")

    assert (
        '依据：<a class="article-link" href="/policies/guideline-4/#art-8-4">' in text
    )
    assert '<a href="#id_extend_0">' in text


def test_time_is_shown_in_shanghai_with_seconds_where_it_has_them(
    client: Client,
) -> None:
    text = shown(client, "?rule=NOTICE_LISTING&opened_at=2026-09-24T16:30:05Z")

    assert 'type="datetime-local" step="1" value="2026-09-25T00:30:05"' in text


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("?rule=PILOT_TERM&opened_at=2026-09-01", 0),
        ("?rule=SELF_EVAL_DUE&opened_at=2026-09-01", 5),
        ("?rule=SELF_EVAL_DUE&opened_at=2026-01-01", 0),
    ],
)
def test_long_periods_are_shown_as_a_table_only(
    query: str, months: int, client: Client
) -> None:
    assert shown(client, query).count('<table class="month">') == months


def test_long_stop_is_one_row_and_the_page_stays_small(client: Client) -> None:
    text = shown(
        client,
        "?rule=NOTICE_LISTING&opened_at=2026-10-12T08:00"
        "&suspend=2026-10-14T09:00..2029-10-13T09:00",
    )

    assert "2026-10-15 至 2029-10-12" in text
    assert "共1094日" in text
    assert len(text.encode()) < 100_000


def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_num_queries
) -> None:
    path = "/deadline/?rule=NOTICE_LISTING&opened_at=2026-09-25"
    client.get(path)

    with django_assert_num_queries(3):  # calendar, site, identity
        client.get(path)
