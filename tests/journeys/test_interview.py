"""The interview as an office lives it: begun, left, taken up again, by two at once."""

import pytest

from cms.case_documents import actions
from cms.core import answers as sheets
from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.factories.empowerment import make_case
from tests.factories.notices import at
from tests.integration.case_documents.test_interview_pages import form_of

WHEN = at("2026-11-20 09:00")


@pytest.fixture
def case(db, actors: Cast):
    actions.load_library(at=WHEN)
    return make_case(
        actors,
        EmpowermentMode.M1,
        when=WHEN,
        answers={"unit": {"name": actors.unit.name}},
    )


def url(case, rest=""):
    return f"/my/papers/grant/{case.pk}/{rest}"


def test_page_is_left_half_filled_and_taken_up_again(case, actors: Cast, client_as):
    office = client_as(actors.people["tto"])
    page = office.get(url(case, "ask/unit/"))
    text = page.content.decode()
    assert "必填还缺" in text
    assert "本页还缺" in text

    half = form_of(page) | {"unit.address": "柳州市示例路1号", "action": "exit"}
    assert office.post(url(case, "ask/unit/"), half).url == url(case)

    overview = office.get(url(case)).content.decode()
    assert "已答" in overview
    colleague = client_as(actors.people["tto1b"])
    again = colleague.get(url(case, "ask/unit/")).content.decode()
    assert 'value="柳州市示例路1号"' in again
    assert 'href="#id_unit.address"' not in again
    assert 'href="#id_unit.legal_representative"' in again
    onward = form_of(colleague.get(url(case, "ask/unit/"))) | {"action": "continue"}
    following = colleague.post(url(case, "ask/unit/"), onward)
    assert following.url == url(case, "ask/team/")
    assert "‹ 上一页：单位" in colleague.get(following.url).content.decode()


def test_two_at_once_end_with_both_peoples_answers(case, actors: Cast, client_as):
    first, second = client_as(actors.people["tto"]), client_as(actors.people["tto1b"])
    mine = form_of(first.get(url(case, "ask/unit/")))
    theirs = form_of(second.get(url(case, "ask/unit/")))
    second.post(
        url(case, "ask/unit/"),
        theirs
        | {
            "unit.address": "柳州市示例路2号",
            "unit.contact": "韦示例",
            "action": "exit",
        },
    )

    refused = first.post(
        url(case, "ask/unit/"),
        mine
        | {
            "unit.address": "柳州市示例路1号",
            "unit.legal_representative": "蓝示例",
            "action": "exit",
        },
    )
    assert refused.status_code == 409
    settled = form_of(refused) | {"choose:unit.address": "theirs", "action": "exit"}
    assert first.post(url(case, "ask/unit/"), settled).status_code == 302

    unit = sheets.answers_of(case)["unit"]
    assert unit["address"] == "柳州市示例路2号"
    assert unit["contact"] == "韦示例"
    assert unit["legal_representative"] == "蓝示例"
