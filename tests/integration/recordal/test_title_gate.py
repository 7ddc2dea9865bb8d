"""登记完成 waits for the titles, and for nothing else (PS-02, §17.1)."""

import pytest

from cms.core.subjects import subject_of
from cms.empowerment import actions as empowerment
from cms.empowerment.models import EmpowermentCase
from cms.recordal import actions
from cms.recordal.models import RecordalTask
from cms.rules.empowerment import EmpowermentMode
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import at
from tests.factories.recordal import complete, make_tasks
from tests.integration.empowerment.room import signed_case

AFTER = at("2027-01-04 09:00")
LATER = at("2027-01-20 09:00")


def register(cast: Cast, case: EmpowermentCase) -> EmpowermentCase:
    case.refresh_from_db()
    return empowerment.register_title(
        case, version=case.version, by=cast.actor("tto"), at=LATER
    )


def refusal(cast: Cast, case: EmpowermentCase) -> str:
    with pytest.raises(RuleViolation) as refused:
        register(cast, case)
    return str(refused.value)


def titles(cast: Cast, case: EmpowermentCase, **facts) -> list[RecordalTask]:
    make_tasks(
        cast,
        "D-16",
        mode="M2",
        case=subject_of(case),
        signed_on=case.signed_on,
        effective_on=case.effective_on,
        when=AFTER,
        **facts,
    )
    found = RecordalTask.objects.filter(kind="title_registration")
    return list(found.order_by("position"))


def apply_for(cast: Cast, task: RecordalTask) -> RecordalTask:
    given = actions.Application(LATER.date())
    return actions.submit_task(
        task, given, version=task.version, by=cast.actor("tto"), at=LATER
    )


def test_case_waits_until_every_title_is_registered_or_needless(actors: Cast):
    case = signed_case(actors, EmpowermentMode.M2)
    first, second = titles(actors, case)

    assert refusal(actors, case) == (
        "E-PS-08 权属变更登记尚未办结："
        "发明专利“一种装载机电液混合动力能量回收装置”（ZL201910667805.4）、"
        "实用新型专利“一种装载机电液混合动力能量回收装置”（ZL202020778906.7）。"
        "权利自登记之日起转移，办结后才能确认登记完成。"
    )
    complete(actors, apply_for(actors, first), when=LATER)
    second = apply_for(actors, second)
    assert "ZL202020778906.7" in refusal(actors, case)
    second = actions.refuse_task(
        second, "缴费未到", version=second.version, by=actors.actor("tto"), at=LATER
    )
    assert "ZL202020778906.7" in refusal(actors, case)
    actions.waive_task(
        second,
        "实用新型已放弃",
        version=second.version,
        by=actors.actor("apv"),
        at=LATER,
    )

    assert register(actors, case).status == "performed"


def test_optional_registration_of_software_holds_nothing_up(actors: Cast):
    case = signed_case(actors, EmpowermentMode.M2)
    software = {"kind": "software", "name": "示例软件", "number": "2026SR0000001"}
    (title,) = titles(actors, case, answers={"ip_items": [software]})

    assert (title.is_optional, title.status) == (True, "todo")
    assert register(actors, case).status == "performed"


def test_open_recordal_of_a_license_holds_nothing_up(actors: Cast):
    case = signed_case(actors, EmpowermentMode.M4)
    tasks = make_tasks(
        actors,
        "D-22",
        mode="M4",
        case=subject_of(case),
        signed_on=case.signed_on,
        effective_on=case.effective_on,
        when=AFTER,
    )

    assert tasks["license_recordal"].status == "todo"
    assert register(actors, case).status == "performed"


def test_titles_of_another_case_do_not_count(actors: Cast):
    case = signed_case(actors, EmpowermentMode.M2)
    make_tasks(actors, "D-16", mode="M2", case="demo.Case:1", when=AFTER)

    assert register(actors, case).status == "performed"
