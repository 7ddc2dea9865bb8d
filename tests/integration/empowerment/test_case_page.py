"""The page of a case: what each reader sees and may do."""

from datetime import timedelta

import pytest
import time_machine

from cms.core import answers as sheets
from cms.empowerment import actions
from cms.empowerment.gate_panel import GateStep, list_gates
from cms.empowerment.guards import application_gates, signing_gates
from cms.empowerment.models import EmpowermentCase, UnitObjection
from cms.rules.empowerment import EmpowermentMode
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories import parties
from tests.factories.empowerment import (
    make_case,
    make_submitted,
)
from tests.integration.empowerment.room import (
    CLOSED,
    EDITOR_ACTS,
    OPENED,
    WHEN,
    buttons_of,
    closed_case,
    fresh,
    open_case_of,
    page_of,
    signed_case,
    text_of,
)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WHEN, tick=False) as traveller:
        yield traveller


# The page of a case


@pytest.mark.parametrize(
    ("reader", "buttons"),
    [
        (
            "res",
            [
                "修改案件基本信息",
                "关联成员账户",
                "不可赋权核查",
                "关联关系声明",
                "提交赋权申请",
                "删除草稿",
            ],
        ),
        (
            "tto",
            [
                "修改案件基本信息",
                "关联成员账户",
                "不可赋权核查",
                "关联关系声明",
                "核实关联关系声明",
                "确认不可赋权核查",
                "删除草稿",
            ],
        ),
        ("apv", []),
        ("fin", []),
    ],
)
def test_draft_offers_each_reader_his_acts(actors: Cast, client_as, reader, buttons):
    case = make_case(actors, when=WHEN)

    page = client_as(actors.user(reader)).get(page_of(case))

    assert buttons_of(page) == buttons
    assert ("现在没有需要您办理的事项。" in text_of(page)) == (not buttons)


@pytest.mark.parametrize(
    ("reader", "buttons"),
    [
        ("res", EDITOR_ACTS),
        ("tto", [*EDITOR_ACTS, "核实关联关系声明", "确认不可赋权核查", "初审"]),
        ("apv", []),
    ],
)
def test_submitted_case_is_the_offices(actors: Cast, client_as, reader, buttons):
    case = make_submitted(actors, when=WHEN)

    page = client_as(actors.user(reader)).get(page_of(case))

    assert buttons_of(page) == buttons
    assert "成果转化部门：初审。" in text_of(page)


def test_closed_gates_say_why_with_code_and_article(actors: Cast, client_as):
    case = make_case(actors, when=WHEN)
    case.declarations.filter(member="李示例").delete()

    page = client_as(actors.user("res")).get(page_of(case))

    closed = {
        gate.label: [one.code for one in gate.found]
        for gate in page.context["gates"]
        if not gate.is_open
    }
    assert closed == {
        "每位成员已作关联关系声明": ["E-EM-11"],
        "每位成员的关联关系声明已经核实": ["E-EM-11"],
        "须出具意见的部门均已出具意见": ["E-CC-03"],
        "公示期满且没有未办结的异议": ["E-EM-04"],
        "签约前复核不可赋权情形": ["E-FP-08"],
        "每位完成人的优先受让权已经处理": ["E-EM-13"],
    }
    text = text_of(page)
    assert "未提交关联关系声明或未经核实。" in text
    assert "/policies/guideline-1/#art-14-4" in text


@pytest.mark.parametrize("mode", list(EmpowermentMode))
def test_panel_shows_the_gates_that_the_acts_check(actors: Cast, mode):
    case = make_case(actors, mode, when=WHEN, answers={"team": {}, "plan": {}})
    answers, by = sheets.answers_of(case), actors.actor("tto")
    case.has_co_owners = True

    gates = list_gates(case, answers, by, WHEN)

    def shown(*steps: GateStep) -> list[str]:
        found = [one.code for g in gates if g.step in steps for one in g.found]
        return sorted(found)

    asked = [one.code for one in application_gates(case, answers, by)]
    assert shown(GateStep.SUBMISSION) == sorted(asked)
    asked = [one.code for one in signing_gates(case, answers, WHEN)]
    verified = next(g for g in gates if g.step is GateStep.REVIEW).found
    assert sorted(shown(GateStep.SIGNING) + [one.code for one in verified]) == sorted(
        asked
    )


def test_timeline_and_steps_show_how_far_the_case_is(actors: Cast, client_as):
    case = closed_case(actors)

    page = client_as(actors.user("tto")).get(page_of(case))

    stages = page.context["stages"]
    assert [stage.label for stage in stages if stage.is_passed] == [
        "草稿",
        "已提交",
        "待审批",
        "待公示",
        "公示中",
    ]
    current = [stage for stage in stages if stage.is_current]
    assert [(stage.label, stage.at) for stage in current] == [("公示届满", CLOSED)]
    assert [task.status for task in page.context["tasks"]] == [
        *["已完成"] * 5,
        "进行中",
        "未开始",
        "未开始",
    ]
    titles = [line.title for line in page.context["history"]]
    assert (titles[0], titles[-1]) == ("新建案件", "公示届满")


def test_party_of_a_signed_case_sees_the_agreement_only(actors: Cast, client_as):
    case = signed_case(actors)
    client = client_as(actors.user("ent"))
    assert client.get(page_of(case)).status_code == 404
    EmpowermentCase.objects.filter(pk=case.pk).update(enterprise=actors.enterprise)

    page = text_of(client.get(page_of(case)))

    assert "2026-11-18" in page
    assert "张示例" not in page
    assert "存证记录" not in page
    assert client.get(page_of(case, "service")).status_code == 404


def test_team_does_not_meet_the_objector(actors: Cast, client_as):
    case = open_case_of(actors)
    with time_machine.travel(OPENED + timedelta(days=1), tick=False):
        form = {"objector": "王异议", "ground": "试验记录署名有误"}
        client = client_as(actors.user("tto"))
        for _ in range(2):  # pressed twice
            assert client.post(page_of(case, "objection"), form).status_code == 302

    assert UnitObjection.objects.count() == 1
    assert fresh(case).status == "notice_disputed"
    for reader, is_seen in (("tto", True), ("apv", True), ("res", False)):
        page = text_of(client_as(actors.user(reader)).get(page_of(case)))
        assert ("王异议" in page, "试验记录署名有误" in page) == (is_seen, is_seen)
        assert "处理中" in page


def test_linked_account_must_stand_back(actors: Cast, client_as):
    case = make_submitted(actors, when=WHEN)
    reviewer = actors.user("tto")
    client = client_as(actors.user("tto1b"))
    form = {"member": "李示例", "user": reviewer.pk}
    assert client.post(page_of(case, "accounts"), form).status_code == 302

    page = client_as(reviewer).get(page_of(case))
    assert "初审" not in buttons_of(page)
    assert page.context["recusal"].code == "E-EM-05"
    answer = client_as(reviewer).post(
        page_of(case, "review"), {"outcome": "pass", "version": case.version}
    )
    assert "E-EM-05" in text_of(answer)
    assert fresh(case).status == "submitted"
    assert "初审" in buttons_of(client.get(page_of(case)))


def test_linked_researcher_sees_the_case(actors: Cast, client_as):
    case = make_case(actors, when=WHEN)
    colleague = parties.make_person(Role.RESEARCHER, actors.unit)
    client = client_as(colleague)
    assert client.get(page_of(case)).status_code == 404

    by = actors.actor("res")
    actions.link_account(case, "李示例", colleague.pk, by=by, at=WHEN)
    page = client.get(page_of(case))
    assert page.status_code == 200
    gates = {gate.label: gate for gate in page.context["gates"]}
    assert not gates["由团队书面指定的代表提交"].is_open

    actions.link_account(case, "李示例", None, by=by, at=WHEN)
    assert client.get(page_of(case)).status_code == 404


@pytest.mark.parametrize(
    ("member", "name"),
    [("王陌生", "res"), ("李示例", "tto2"), ("李示例", "res")],
    ids=["no_member", "foreign_account", "account_of_another_member"],
)
def test_link_that_cannot_be_is_refused(actors: Cast, member, name):
    case = make_case(actors, when=WHEN)
    by = actors.actor("res")
    actions.link_account(case, "张示例", actors.user("res").pk, by=by, at=WHEN)

    with pytest.raises(RuleViolation) as refusal:
        actions.link_account(case, member, actors.user(name).pk, by=by, at=WHEN)

    assert refusal.value.code == "E-GR-01"


@pytest.mark.parametrize(("mode", "named"), [("M2", False), ("M4", True)])
def test_only_a_use_right_has_a_term(actors: Cast, client_as, mode, named):
    case = make_case(actors, EmpowermentMode(mode), when=WHEN)

    text = text_of(client_as(actors.user("res")).get(page_of(case)))

    assert ("使用权期限" in text) is named
