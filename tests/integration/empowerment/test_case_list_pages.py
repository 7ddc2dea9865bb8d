"""The room of empowerment cases: list, cards, a new case."""

import pytest
import time_machine

from cms.core import answers as sheets
from cms.empowerment import actions
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.queries import list_waiting_for
from cms.rules.empowerment import EmpowermentMode
from cms.rules.roles import Role
from tests.conftest import Cast
from tests.factories import achievements, parties
from tests.factories.empowerment import (
    make_case,
    make_submitted,
)
from tests.integration.empowerment.room import (
    M1,
    M4,
    WHEN,
    page_of,
    text_of,
)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WHEN, tick=False) as traveller:
        yield traveller


# The list and the cards


def test_list_filters_by_state_mode_text_and_own_turn(actors: Cast, client_as):
    first = make_case(actors, M1, when=WHEN)
    second = make_submitted(actors, M4, when=WHEN)
    client = client_as(actors.user("tto"))

    def found(query: str) -> list[int]:
        rows = client.get(f"/my/grants/?{query}").context["rows"]
        return [case.pk for case, *_ in rows]

    assert found("") == [second.pk, first.pk]
    assert found("state=draft") == [first.pk]
    assert found("mode=M4") == [second.pk]
    assert found("todo=1") == [second.pk]
    assert found(f"q={second.number}") == [second.pk]
    assert found("q=焊接&mode=M1") == [first.pk]
    assert found("state=expired") == []
    refused = client.get("/my/grants/?state=nonsense")
    assert refused.status_code == 400
    assert refused.context["refusal"].message == "筛选参数“state”的值“nonsense”无效。"


def test_list_without_cases_says_how_to_begin(actors: Cast, client_as):
    page = text_of(client_as(actors.user("res")).get("/my/grants/"))
    assert "还没有赋权案件" in page
    assert 'href="/my/grants/new/"' in page

    page = text_of(client_as(actors.user("apv")).get("/my/grants/"))
    assert "没有可查看的案件" in page
    assert "/my/grants/new/" not in page


def test_departments_and_approver_find_their_queue_in_the_room(actors: Cast, client_as):
    case = make_submitted(actors, when=WHEN)
    office = actors.actor("tto")
    for row in case.declarations.all():
        actions.verify_declaration(row, "属实", by=office, at=WHEN)
    actions.pass_review(case, version=case.version, by=office, at=WHEN)
    people = {
        "apv": actors.user("apv"),
        "fin": actors.user("fin"),
        "hr": parties.make_person(Role.HUMAN_RESOURCES, actors.unit),
        "dis": parties.make_person(Role.DISCIPLINE, actors.unit),
    }

    cards = {
        name: {
            card.title: card.count
            for card in client_as(user).get("/my/").context["cards"]
            if card.title.startswith("赋权")
        }
        for name, user in people.items()
    }

    waiting = {"赋权案件": 1, "赋权待出具意见": 1}
    assert cards == {
        "apv": {"赋权案件": 1, "赋权待审批": 1},
        "fin": waiting,
        "hr": waiting,
        "dis": waiting,
    }
    actions.give_opinion(case, "财务", True, "", by=actors.actor("fin"), at=WHEN)
    assert list(list_waiting_for(actors.actor("fin"))) == []


# A new case


def start_form(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "unit": cast.unit.pk,
        "title": "示例成果",
        "mode": "M1",
        "representative": cast.user("res").pk,
        **changes,
    }


def test_new_case_takes_over_the_catalogue_entry(actors: Cast, client_as):
    entry = achievements.make_entry(actors.unit, actors.actor("tto"))
    client = client_as(actors.user("res"))

    page = text_of(client.get("/my/grants/new/"))
    assert all(mode.label in page for mode in EmpowermentMode)
    answer = client.post(
        "/my/grants/new/", start_form(actors, title="", achievement=entry.pk, mode="M4")
    )

    case = EmpowermentCase.objects.get()
    assert answer["Location"] == page_of(case)
    assert (case.title, case.mode, case.achievement) == (entry.name, "M4", entry)
    answers = sheets.answers_of(case)
    assert answers["achievement"]["ledger_number"] == entry.ledger_number
    assert answers["unit"]["credit_code"] == actors.unit.credit_code
    assert answers["empowerment"] == {"mode": "M4", "kind": "use_right"}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": ""}, ["title"]),
        ({"mode": ""}, ["mode"]),
        ({"representative": ""}, ["representative"]),
    ],
    ids=["title", "mode", "representative"],
)
def test_new_case_tells_what_is_missing_and_keeps_the_rest(
    actors: Cast, client_as, changes, fields
):
    form = start_form(actors, **changes)
    answer = client_as(actors.user("tto")).post("/my/grants/new/", form)

    assert list(answer.context["form"].errors) == fields
    assert EmpowermentCase.objects.count() == 0
    if form["title"]:
        assert 'value="示例成果"' in text_of(answer)


def test_new_case_of_a_foreign_unit_or_achievement_is_refused(actors: Cast, client_as):
    foreign = achievements.make_entry(actors.other_unit, actors.actor("tto2"))
    client = client_as(actors.user("tto"))

    form = start_form(actors, achievement=foreign.pk)
    answer = client.post("/my/grants/new/", form)
    assert list(answer.context["form"].errors) == ["achievement"]
    form = start_form(actors, unit=actors.other_unit.pk)
    assert client.post("/my/grants/new/", form).status_code == 404
