"""Empowerment cases for tests, each carried to a state by its own actions."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from cms.core import answers as sheets
from cms.empowerment import actions
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.cases import CheckStage
from cms.notices.models import Notice
from cms.rules.empowerment import MODE_RULES, EmpowermentMode, PriorityChoice
from cms.rules.notices import NoticeKind, Venue
from cms.rules.roles import Role
from cms.rules.supply_demand.negative_list import Condition, NegativeItem
from tests.conftest import Cast
from tests.factories import parties
from tests.factories.notices import checker_of, make_approved, publish, values_for

MEMBERS = [
    {"name": "张示例", "revenue_share": "60", "ownership_share": "60"},
    {"name": "李示例", "revenue_share": "40", "ownership_share": "40"},
]
ANSWERS: dict[str, Any] = {
    "team": {"representative": "张示例", "members": MEMBERS},
    "empowerment": {
        "share": "70",
        "starts_on": "2026-12-01",
        "ends_on": "2036-11-30",
    },
    "plan": {"market": "面向柳州汽车零部件企业。"},
}
CLEAN = {item.value: False for item in NegativeItem} | {
    item.value: True for item in Condition
}
NEGATIVE = CheckStage.APPLICATION
SIGNING = CheckStage.SIGNING


def answers_of(mode: EmpowermentMode) -> dict[str, Any]:
    """Return the demo answers of a mode with the team and the term of the tests."""
    path = settings.ROOT / "fixtures" / "demo" / "answers" / f"{mode}.json"
    given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for name in ("team", "empowerment"):
        given[name] |= ANSWERS[name]
    if not MODE_RULES[mode].is_ownership:
        del given["empowerment"]["share"]
    return {**given, "plan": given["plan"] | ANSWERS["plan"]}


def make_case(
    cast: Cast,
    mode: EmpowermentMode = EmpowermentMode.M1,
    *,
    when: datetime,
    answers: Mapping[str, Any] | None = None,
) -> EmpowermentCase:
    """Open a draft whose application lacks nothing."""
    by = cast.actor("res")
    case = actions.open_case(
        cast.unit,
        mode,
        representative_id=by.person_id,
        title="示例焊接变形控制方法",
        answers={**answers_of(mode), **(answers or {})},
        by=by,
        at=when,
    )
    actions.fill_check(case, NEGATIVE, CLEAN, "逐项核查材料", by=by, at=when)
    for member in MEMBERS:
        actions.declare_relation(case, str(member["name"]), False, "", by=by, at=when)
    return case


def make_submitted(
    cast: Cast, mode: EmpowermentMode = EmpowermentMode.M1, *, when: datetime
) -> EmpowermentCase:
    """Submit a complete application as its representative."""
    case = make_case(cast, mode, when=when)
    return actions.submit_case(
        case, version=case.version, by=cast.actor("res"), at=when
    )


def make_approved_case(
    cast: Cast, mode: EmpowermentMode = EmpowermentMode.M1, *, when: datetime
) -> EmpowermentCase:
    """Carry a case through review, opinions and decision."""
    case = make_submitted(cast, mode, when=when)
    office = cast.actor("tto")
    for row in case.declarations.all():
        actions.verify_declaration(row, "属实", by=office, at=when)
    case = actions.pass_review(case, version=case.version, by=office, at=when)
    speakers = {
        "财务": cast.actor("fin"),
        "人事": parties.make_actor(Role.HUMAN_RESOURCES, cast.unit),
        "纪检": parties.make_actor(Role.DISCIPLINE, cast.unit),
    }
    for department in case.departments:
        speaker = speakers.get(department, office)
        actions.give_opinion(case, department, True, "同意", by=speaker, at=when)
    return actions.decide_case(
        case, True, "", version=case.version, by=cast.actor("apv"), at=when
    )


def open_notice_of(
    cast: Cast, case: EmpowermentCase, *, when: datetime
) -> EmpowermentCase:
    """Draft, check and publish the notice of a case at every venue it needs."""
    office = cast.actor("tto")
    draft = actions.open_notice(
        case, "示例赋权公示", notice_values(case), by=office, at=when
    )
    kind = NoticeKind(draft.kind)
    assert checker_of(kind)
    notice = make_approved(cast, kind, when=when, draft=draft)
    venues = [Venue.UNIT]
    if kind is NoticeKind.EMPOWERMENT_PRICED:
        venues.append(Venue.PLATFORM)
    for venue in venues:
        notice = publish(cast, notice, venue, when=when)
    return EmpowermentCase.objects.get(pk=case.pk)


def notice_values(case: EmpowermentCase) -> dict[str, str]:
    """Return complete contents for the kind of notice that the case needs."""
    kind = NoticeKind.EMPOWERMENT_PRICED
    if case.mode in {"M5", "M6"}:
        kind = NoticeKind.EMPOWERMENT
    return values_for(kind)


def clear_for_signing(cast: Cast, case: EmpowermentCase, *, when: datetime) -> None:
    """Check the negative list again, and settle every priority right."""
    actions.fill_check(case, SIGNING, CLEAN, "复核", by=cast.actor("res"), at=when)
    actions.confirm_check(case, SIGNING, by=cast.actor("tto"), at=when)
    for member in MEMBERS:
        actions.record_priority(
            case,
            str(member["name"]),
            PriorityChoice.WAIVED,
            None,
            by=cast.actor("tto"),
            at=when,
        )


def sign(cast: Cast, case: EmpowermentCase, *, when: datetime) -> EmpowermentCase:
    """Sign the grant; a use right runs ten years from December 2026."""
    is_use_right = case.mode in {"M4", "M5", "M6"}
    return actions.sign_case(
        case,
        signed_on=when.date(),
        effective_on=when.date(),
        ends_on=date(2036, 11, 30) if is_use_right else None,
        by=cast.actor("tto"),
        at=when,
    )


def notice_of(case: EmpowermentCase) -> Notice:
    """Return the notice of a case."""
    assert case.notice is not None
    return case.notice


def set_answers(cast: Cast, case: EmpowermentCase, **answers: object) -> None:
    """Replace top-level answers of a case."""
    sheet = sheets.get_sheet(case)
    sheets.write(
        case,
        {**sheets.read(sheet), **answers},
        version=sheet.version,
        by=cast.actor("res"),
        at=sheet.changed_at,
    )
