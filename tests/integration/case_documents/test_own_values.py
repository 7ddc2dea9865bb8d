"""What one paper says for itself: offered, kept, printed there alone (AS-04, AS-05)."""

import re

import pytest

from cms.case_documents.models import Paper
from cms.case_documents.own_values import own_values
from cms.case_documents.queries.overview import overview_of
from cms.core import answers as sheets
from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.factories.case_documents import make_full_case
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")


@pytest.fixture
def case(templates, actors: Cast):
    return make_full_case(actors, EmpowermentMode.M1, when=WHEN)


@pytest.fixture
def office(actors: Cast, client_as):
    return client_as(actors.people["tto"])


def url(case, rest=""):
    return f"/my/papers/grant/{case.pk}/{rest}"


def sent(case, **own):
    """Return the form of a paper where `own` differs, by path with __ for the dot."""
    form = {"version": sheets.get_sheet(case).version}
    for name, value in own.items():
        path = name.replace("__", ".")
        form |= {f"{path}-sent": "1", f"{path}-own": "own", path: value}
    return form


def test_page_offers_the_shared_value_as_default(case, office):
    text = office.get(url(case, "own/D-13/")).content.decode()

    assert "与其他文书相同：8" in text
    assert "与其他文书相同：广西柳州" in text
    for path in (
        "dates.signed_on",
        "terms.copies",
        "terms.annexes",
        "terms.supplement",
    ):
        assert f'name="{path}-own" value="shared" checked' in text
    assert 'href="/my/papers/grant/' in office.get(url(case)).content.decode()
    assert url(case, "own/D-13/") in office.get(url(case)).content.decode()
    assert url(case, "own/D-02/") not in office.get(url(case)).content.decode()


def test_own_value_stands_in_that_paper_alone(case, office):
    form = sent(case, terms__supplement="本份补充约定。", terms__copies="12")
    assert office.post(url(case, "own/D-13/"), form).status_code == 302

    office.post(url(case, "assemble/"), {"instrument": ["D-09", "D-13"]})

    for paper in Paper.objects.all():
        text = office.get(url(case, f"{paper.pk}/")).content.decode()
        has_own = paper.instrument == "D-13"
        assert ("本份补充约定。" in text) is has_own
        assert ("<strong>补充条款：</strong>" in text) is has_own
        assert ("一式拾贰份" in text or "一式十二份" in text) is has_own
    page = office.get(url(case)).content.decode()
    assert "（2项与其他文书不同）" in page


def test_own_value_is_taken_back(case, office):
    office.post(url(case, "own/D-13/"), sent(case, terms__copies="12"))
    form = {**sent(case, terms__copies="12"), "terms.copies-own": "shared"}

    office.post(url(case, "own/D-13/"), form)

    answers = sheets.answers_of(case)
    assert own_values(answers, "D-13") == {}
    assert "D-13" not in answers.get("papers", {})


def test_optional_value_may_be_none_in_one_paper(case, office):
    office.post(url(case, "own/D-13/"), sent(case, terms__annexes=""))

    office.post(url(case, "assemble/"), {"instrument": ["D-09", "D-13"]})

    annexes = {
        paper.instrument: "技术资料交付清单" in paper_text(office, case, paper)
        for paper in Paper.objects.all()
    }
    assert annexes == {"D-09": True, "D-13": False}


def paper_text(office, case, paper):
    text = office.get(url(case, f"{paper.pk}/")).content.decode()
    return text[text.index("paper-preview") : text.index("</article>")]


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({"terms__copies": "很多"}, "E-AS-"),
        ({"terms__copies": ""}, "E-AS-01"),
        ({"dates__signed_on": "昨天"}, "E-AS-"),
    ],
    ids=["no-number", "required", "no-date"],
)
def test_wrong_own_value_is_told_at_its_field_and_kept(case, office, own, code):
    before = sheets.answers_of(case)

    refused = office.post(url(case, "own/D-13/"), sent(case, **own))

    text = refused.content.decode()
    (name,) = own
    path = name.replace("__", ".")
    assert refused.status_code == 422
    assert re.search(
        rf'href="#id_{path}">[^<]+</a> <span class="error-code">{code}', text
    )
    assert f'name="{path}-own" value="own" checked' in text
    assert sheets.answers_of(case) == before


def test_j20_own_values_are_not_saved_over_newer_answers(case, office):
    form = {**sent(case, terms__copies="12"), "version": 0}

    refused = office.post(url(case, "own/D-13/"), form)

    assert refused.status_code == 409
    assert "E-ST-04" in refused.content.decode()
    assert 'value="12"' in refused.content.decode()
    assert own_values(sheets.answers_of(case), "D-13") == {}


def test_as05_sees_the_own_day_of_a_paper(case, office):
    office.post(url(case, "assemble/"), {"instrument": ["D-09", "D-13"]})
    assert overview_of(case, at=WHEN).disagreements == ()

    office.post(url(case, "own/D-13/"), sent(case, dates__signed_on="2026-09-01"))

    (found,) = overview_of(case, at=WHEN).disagreements
    assert found.code == "E-AS-02"
    assert "D-13=2026年9月1日" in found.message or "D-13=2026-09-01" in found.message
    assert "E-AS-02" in office.get(url(case)).content.decode()


def test_own_values_of_a_paper_that_signs_nothing_are_not_found(case, office):
    for instrument in ("D-02", "D-22", "D-999"):
        assert office.get(url(case, f"own/{instrument}/")).status_code == 404
