"""The day of signing: asked once, told by a paper for itself, mended where refused."""

import re

import pytest

from cms.case_documents.models import Paper
from cms.case_documents.queries.overview import overview_of
from cms.core import answers as sheets
from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.factories.case_documents import full_answers, make_full_case
from tests.factories.empowerment import set_answers
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")
SIGNED = "dates.signed_on"


@pytest.fixture
def case(templates, actors: Cast):
    return make_full_case(actors, EmpowermentMode.M4, when=WHEN)


@pytest.fixture
def office(actors: Cast, client_as):
    return client_as(actors.people["tto"])


def url(case, rest=""):
    return f"/my/papers/grant/{case.pk}/{rest}"


def page_of(case, **days) -> dict[str, object]:
    """Return the form of the page of days, with some changed."""
    known = sheets.answers_of(case)["dates"] | days
    version = {"version": sheets.get_sheet(case).version}
    sent = {f"dates.{name}-sent": "1" for name in known}
    return version | sent | {f"dates.{name}": value for name, value in known.items()}


def links(text: str) -> set[str]:
    return set(re.findall(r'href="(/my/papers/grant/\d+/[^"]*signed_on)"', text))


def test_page_of_days_asks_for_the_day_and_lets_it_be_blank(case, office):
    text = office.get(url(case, "ask/dates/")).content.decode()

    assert f'name="{SIGNED}"' in text
    assert "文书上手写的日期；系统据此核对各份文书的先后。" in text

    office.post(url(case, "ask/dates/"), page_of(case, signed_on=""))

    assert sheets.answers_of(case)["dates"].get("signed_on") in (None, "")
    answer = office.post(url(case, "assemble/"), {"instrument": ["D-11", "D-22"]})
    assert answer.status_code == 302
    assert overview_of(case, at=WHEN).disagreements == ()


def test_day_that_is_no_day_is_refused_on_its_field(case, office):
    answer = office.post(url(case, "ask/dates/"), page_of(case, signed_on="昨天"))

    assert answer.status_code == 422
    assert f'href="#id_{SIGNED}"' in answer.content.decode()
    assert sheets.answers_of(case)["dates"]["signed_on"] == "2026-11-05"


def test_later_grant_is_refused_with_the_field_that_mends_it(
    case, office, actors: Cast
):
    answers = full_answers("M4")
    later = {**answers["dates"], "empowered_on": "2026-11-09"}
    set_answers(actors, case, **{**answers, "dates": later})

    refused = office.post(url(case, "assemble/"), {"instrument": ["D-11", "D-22"]})

    text = refused.content.decode()
    assert "日期顺序（D-11=2026-11-09，D-22=2026-11-05）" in text
    field = url(case, f"ask/dates/#id_{SIGNED}")
    assert links(text) == {field}
    assert url(case, "ask/dates/#id_dates.empowered_on") in text
    assert not Paper.objects.exists()

    office.post(url(case, "ask/dates/"), page_of(case, signed_on="2026-11-09"))

    mended = office.post(url(case, "assemble/"), {"instrument": ["D-11", "D-22"]})
    assert mended.status_code == 302


def test_own_day_at_fault_is_linked_to_its_paper(case, office):
    office.post(url(case, "assemble/"), {"instrument": ["D-11", "D-22"]})
    form = {
        "version": sheets.get_sheet(case).version,
        f"{SIGNED}-sent": "1",
        f"{SIGNED}-own": "own",
        SIGNED: "2026-09-01",
    }

    office.post(url(case, "own/D-22/"), form)

    text = office.get(url(case)).content.decode()
    assert "E-AS-02" in text
    assert links(text) == {url(case, f"own/D-22/#id_{SIGNED}")}
    assert "D-22 本份另填的" in text
    own = office.get(url(case, "own/D-22/")).content.decode()
    assert f'id="id_{SIGNED}"' in own


def test_broken_rule_is_linked_to_its_question(case, office, actors: Cast):
    answers = full_answers("M4")
    answers["approval"] = {**answers["approval"], "manner": "transfer"}
    set_answers(actors, case, **answers)

    for text in (
        office.get(url(case)).content.decode(),
        office.post(url(case, "assemble/"), {"instrument": ["D-22"]}).content.decode(),
    ):
        assert url(case, "ask/approval/#id_approval.manner") in text
