"""The in-process index against brute force, across connections and processes."""

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from cms.achievements import facet_index
from cms.achievements import queries as queries_module
from cms.achievements.actions import close_achievement
from cms.achievements.catalog_query import MULTIPLE, CatalogQuery, parse_query
from cms.achievements.changes import record_change
from cms.achievements.facet_index import FacetIndex
from cms.achievements.models import AchievementPage, CatalogChange
from cms.achievements.seed import seed_achievements
from cms.achievements.warming import warm_in_background
from cms.core.actors import SYSTEM
from cms.core.pages import save_page
from cms.rules.achievements import PublicStatus
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES
from tests.factories.achievements import AT, make_page
from tests.factories.parties import make_unit

VALUES = {
    "field": ["01", "03", "05", "11"],
    "region": ["450200", "450203", "4502F1", "450225"],
    "industry": ["C", "A", "36", "F", "51"],
    "stage": ["laboratory", "pilot", "production"],
    "ip": ["invention", "software", "know_how"],
    "price_mode": ["negotiated", "listing", "auction"],
    "payment": ["one_off", "instalments", "deferred"],
    "mode": ["transfer", "license", "use_then_pay"],
}


def values_of(page, facet):
    """Return the values of a facet that a page has, straight from its columns."""
    plain = {
        "field": [page.technology_field],
        "region": [page.district],
        "industry": [page.industry],
        "stage": [page.stage],
        "trl": [str(page.trl)],
        "ip": page.ip_kinds,
        "price_mode": [page.pricing_method],
        "payment": [page.payment_form] if page.payment_form else [],
        "mode": page.transfer_modes,
        "unit": [str(page.unit_id)],
    }[facet]
    levels = {"region": DISTRICTS, "industry": INDUSTRIES}.get(facet)
    if levels is None:
        return set(plain)
    [code] = plain
    return {code, *(term.code for term in levels.ancestors(code))}


def matches(page, query, leave_out=None):
    if leave_out != "trl" and not query.trl_min <= page.trl <= query.trl_max:
        return False
    text = f"{page.title}\n{page.number}\n{page.unit.name}".casefold()
    if any(word not in text for word in query.q.casefold().split()):
        return False
    return all(
        set(values) & values_of(page, name)
        for name, values in query.chosen.items()
        if name != leave_out
    )


SORT_KEYS = {
    "newest": lambda p: (-p.published_at.timestamp(), -p.pk),
    "updated": lambda p: (-p.revised_at.timestamp(), -p.pk),
    "price_asc": lambda p: (
        p.reference_price is None,
        p.reference_price or 0,
        -p.published_at.timestamp(),
        -p.pk,
    ),
    "price_desc": lambda p: (
        p.reference_price is None,
        -(p.reference_price or 0),
        -p.published_at.timestamp(),
        -p.pk,
    ),
    "trl_desc": lambda p: (-p.trl, -p.published_at.timestamp(), -p.pk),
}


def brute_force(pages, query):
    rows = sorted(
        (page for page in pages if matches(page, query)), key=SORT_KEYS[query.sort]
    )
    counts = {}
    for name in (*MULTIPLE, "trl"):
        counts[name] = {}
        for page in pages:
            if matches(page, query, leave_out=name):
                for value in values_of(page, name):
                    counts[name][value] = counts[name].get(value, 0) + 1
    return [page.pk for page in rows], counts


queries = st.builds(
    lambda chosen, levels, q, sort: CatalogQuery(
        chosen={name: tuple(sorted(values)) for name, values in chosen.items()},
        trl_min=min(levels),
        trl_max=max(levels),
        q=q,
        sort=sort,
        size=100,
    ),
    st.fixed_dictionaries(
        {},
        optional={
            name: st.sets(st.sampled_from(values), min_size=1, max_size=3)
            for name, values in VALUES.items()
        },
    ),
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
    st.sampled_from(["", "电池", "示例 系统", "CG-2026-001", "没有"]),
    st.sampled_from(list(SORT_KEYS)),
)


@pytest.fixture
def seeded(db):
    seed_achievements(90, AT)
    return list(AchievementPage.objects.select_related("unit"))


def test_index_equals_brute_force(seeded):
    index = FacetIndex()

    @given(queries)
    @profile(
        max_examples=150,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def check(query):
        found = index.find(query)
        ids, counts = brute_force(seeded, query)
        assert (found.count, found.ids) == (len(ids), ids)
        assert found.counts == counts

    check()


def test_updates_equal_a_fresh_read(seeded):
    kept = FacetIndex()
    everything = CatalogQuery(size=100)
    kept.find(everything)
    unit = make_unit(name="新单位")
    for number in range(5):
        make_page(unit, at=AT + timedelta(days=number), name=f"新{number}")
        close_achievement(seeded[number * 7], PublicStatus.WITHDRAWN, by=SYSTEM, at=AT)
        page = seeded[number * 7 + 1]
        page.trl, page.district = 9, "450226"
        save_page(page, at=AT)
        record_change(page.pk, at=AT)
        for sort in SORT_KEYS:
            query = CatalogQuery(size=100, sort=sort)
            old, new = kept.find(query), FacetIndex().find(query)
            assert (old.count, old.ids, old.counts) == (new.count, new.ids, new.counts)


def test_update_reads_changed_rows_only(seeded, django_assert_num_queries):
    index = FacetIndex()
    index.find(CatalogQuery())
    with django_assert_num_queries(1):
        index.find(CatalogQuery())
    close_achievement(seeded[0], PublicStatus.EXPIRED, by=SYSTEM, at=AT)

    with django_assert_num_queries(3):
        assert index.find(CatalogQuery()).count == 89


def test_rolled_back_publication_leaves_no_trace(seeded):
    index = FacetIndex()
    unit = make_unit(name="回滚单位")

    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        make_page(unit, name="不会公开")
        assert index.find(CatalogQuery()).count == 91
        raise Stop
    assert index.find(parse_query({"q": ["不会公开"]})).count == 0

    make_page(unit, name="会公开")  # the same version number, another history
    assert index.find(parse_query({"q": ["会公开"]})).count == 1
    assert index.find(CatalogQuery()).count == 91


def test_many_changes_are_read_as_a_whole(seeded, monkeypatch):
    monkeypatch.setattr(facet_index, "CHANGES_MAX", 3)
    index = FacetIndex()
    index.find(CatalogQuery())
    for page in seeded[:5]:
        close_achievement(page, PublicStatus.EXPIRED, by=SYSTEM, at=AT)

    assert index.find(CatalogQuery()).count == 85


def hold(index, held, release):
    with index._lock:
        held.set()
        release.wait(10)


def test_requests_wait_for_the_first_read_and_then_give_up(seeded, client, monkeypatch):
    monkeypatch.setattr(facet_index, "WAIT_SECONDS", 0.05)
    index = FacetIndex()
    monkeypatch.setattr(queries_module, "INDEX", index)
    held, release = threading.Event(), threading.Event()
    reader = threading.Thread(target=hold, args=[index, held, release])
    reader.start()
    assert held.wait(10)

    busy = client.get("/achievements/")
    release.set()
    reader.join(10)

    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    assert "<h1>成果目录正在准备</h1>" in busy.text
    assert client.get("/achievements/").status_code == 200


def test_seed_is_the_same_for_the_same_count(seeded):
    first = [(p.number, p.title, p.industry) for p in seeded]

    assert len({number for number, *_ in first}) == 90
    assert CatalogChange.objects.count() == 1
    assert AchievementPage.find_problems() == ([], [], [], [], [])
    index = seeded[0].get_parent()
    assert index.numchild == 90
    assert {page.url_path for page in seeded} == {
        f"{index.url_path}{page.number}/" for page in seeded
    }
    make_page(make_unit(), name="种子之后")
    seed_achievements(10, AT)
    assert AchievementPage.objects.count() == 101
    assert AchievementPage.find_problems() == ([], [], [], [], [])


@pytest.mark.django_db(transaction=True)
def test_another_connection_sees_publication_and_withdrawal():
    """A second thread has its own connection, like another process."""
    index = FacetIndex()
    assert index.find(CatalogQuery()).count == 0
    unit = make_unit()
    failures = []

    def elsewhere(act):
        def run():
            try:
                act()
            except Exception as error:  # told below, where the test can fail
                failures.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        assert failures == []

    elsewhere(lambda: make_page(unit, name="别处发布"))
    assert index.find(parse_query({"q": ["别处发布"]})).count == 1
    page = AchievementPage.objects.get()
    elsewhere(lambda: close_achievement(page, PublicStatus.WITHDRAWN, by=SYSTEM, at=AT))
    assert index.find(CatalogQuery()).count == 0


@pytest.mark.django_db(transaction=True)
def test_worker_reads_the_index_before_anybody_asks(django_assert_num_queries):
    cold, index = FacetIndex(), FacetIndex()

    warm_in_background(index).join(10)

    with django_assert_num_queries(1):
        assert index.find(CatalogQuery(sort="price_asc")).count == 0
    with django_assert_num_queries(2):
        cold.find(CatalogQuery())


def test_warming_without_a_database_says_so(db, caplog, monkeypatch):
    def fail(index):
        raise OperationalError("no such table")

    monkeypatch.setattr(FacetIndex, "warm", fail)

    warm_in_background(FacetIndex()).join(10)

    assert caplog.messages == ["成果目录索引未能预先读入：no such table"]


def test_seed_command_tells_counts_and_seconds(db, capsys):
    call_command("seed", "--achievements", "20")

    assert capsys.readouterr().out.startswith("成果：20 条，")
    assert AchievementPage.objects.count() == 20


def test_bench_shows_its_options():
    done = subprocess.run(
        [sys.executable, "benches/catalog.py", "--help"],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "--achievements" in done.stdout
