"""Each act on an empowerment case, and each refusal of it (§17.1)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from cms.core import answers as sheets
from cms.core import due
from cms.core.models import DueEvent, EvidenceEntry
from cms.empowerment import actions
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.objections import ObjectionOutcome
from cms.empowerment.queries import get_case, list_cases
from cms.empowerment.signals import case_extended
from cms.notices.models import Notice
from cms.rules.empowerment import EmpowermentMode, PriorityChoice
from cms.rules.notices import NoticeKind, NoticeState, Venue
from cms.rules.violations import RuleViolation, RuleViolations
from tests.conftest import Cast
from tests.factories.empowerment import (
    CLEAN,
    NEGATIVE,
    SIGNING,
    clear_for_signing,
    make_approved_case,
    make_case,
    make_submitted,
    notice_of,
    notice_values,
    open_notice_of,
    set_answers,
    sign,
)
from tests.factories.notices import at, make_approved, publish

WHEN = at("2026-11-01 09:00")
OPENED = at("2026-11-02 10:00")
CLOSED = at("2026-11-18 00:00")
AFTER = at("2026-11-18 09:00")
M1, M4, M5 = EmpowermentMode.M1, EmpowermentMode.M4, EmpowermentMode.M5


def refused(act, *arguments, **named):
    with pytest.raises((RuleViolation, RuleViolations)) as refusal:
        act(*arguments, **named)
    error = refusal.value
    if isinstance(error, RuleViolations):
        return [violation.code for violation in error.violations]
    return [error.code]


def test_case_runs_from_draft_to_performance(actors: Cast):
    case = make_approved_case(actors, when=WHEN)
    assert case.number == "FQ-2026-0001"
    case = open_notice_of(actors, case, when=OPENED)
    assert case.status == "notice_open"

    due.sweep(until=CLOSED)
    case.refresh_from_db()
    assert case.status == "notice_closed"
    clear_for_signing(actors, case, when=AFTER)
    case = sign(actors, case, when=AFTER)
    case = actions.register_title(
        case, version=case.version, by=actors.actor("tto"), at=AFTER
    )

    assert (case.status, case.signed_on, case.ends_on) == (
        "performed",
        date(2026, 11, 18),
        None,
    )
    kinds = EvidenceEntry.objects.filter(
        subject=f"empowerment.EmpowermentCase:{case.pk}", kind__startswith="empowerment"
    ).values_list("kind", flat=True)
    assert list(kinds)[-3:] == [
        "empowerment.priority",
        "empowerment.sign",
        "empowerment.register",
    ]


def test_g02_another_member_may_not_submit(actors: Cast):
    case = make_case(actors, when=WHEN)

    codes = refused(
        actions.submit_case, case, version=1, by=actors.actor("tto"), at=WHEN
    )

    assert codes == ["E-EM-07"]


def test_g01_shares_short_of_the_whole_keep_the_case_a_draft(actors: Cast):
    case = make_case(actors, when=WHEN)
    members = [
        {"name": "张示例", "revenue_share": "40", "ownership_share": "60"},
        {"name": "李示例", "revenue_share": "35", "ownership_share": "40"},
    ]
    set_answers(actors, case, team={"members": members})

    codes = refused(
        actions.submit_case, case, version=1, by=actors.actor("res"), at=WHEN
    )

    assert codes == ["E-EM-02"]
    case.refresh_from_db()
    assert (case.status, case.number) == ("draft", "")


def test_g04_one_missing_condition_is_enough_to_refuse(actors: Cast):
    case = make_case(actors, when=WHEN)
    by = actors.actor("res")
    answers = CLEAN | {"bright_prospect": False}
    actions.fill_check(case, NEGATIVE, answers, "", by=by, at=WHEN)

    assert refused(actions.submit_case, case, version=1, by=by, at=WHEN) == ["E-EM-01"]


def test_j11_unchecked_negative_list_is_refused(actors: Cast):
    case = make_case(actors, when=WHEN)
    case.negative_checks.all().delete()
    by = actors.actor("res")

    assert refused(actions.submit_case, case, version=1, by=by, at=WHEN) == ["E-FP-08"]


def test_g08_use_right_without_a_plan_is_refused(actors: Cast):
    case = make_case(actors, M4, when=WHEN, answers={"plan": {}})
    by = actors.actor("res")

    assert refused(actions.submit_case, case, version=1, by=by, at=WHEN) == ["E-EM-08"]


def test_c11_missing_declaration_is_refused(actors: Cast):
    case = make_case(actors, when=WHEN)
    case.declarations.filter(member="李示例").delete()
    by = actors.actor("res")

    assert refused(actions.submit_case, case, version=1, by=by, at=WHEN) == ["E-EM-11"]


def test_review_waits_for_verified_declarations(actors: Cast):
    case = make_submitted(actors, when=WHEN)
    by = actors.actor("tto")

    codes = refused(actions.pass_review, case, version=case.version, by=by, at=WHEN)

    assert codes == ["E-EM-11"]


def test_decision_waits_for_all_departments(actors: Cast):
    other = make_submitted(actors, when=WHEN)
    office = actors.actor("tto")
    for row in other.declarations.all():
        actions.verify_declaration(row, "属实", by=office, at=WHEN)
    other = actions.pass_review(other, version=other.version, by=office, at=WHEN)

    codes = refused(
        actions.decide_case,
        other,
        True,
        "",
        version=other.version,
        by=actors.actor("apv"),
        at=WHEN,
    )

    assert codes == ["E-CC-03"]


def test_inventor_may_not_review(actors: Cast):
    case = make_submitted(actors, when=WHEN)
    reviewer = actors.user("tto")
    reviewer.full_name = "李示例"
    reviewer.save()

    codes = refused(
        actions.pass_review,
        case,
        version=case.version,
        by=actors.actor("tto"),
        at=WHEN,
    )

    assert codes == ["E-EM-05"]


def test_return_needs_a_reason_and_leads_back_to_the_draft(actors: Cast):
    case = make_submitted(actors, when=WHEN)
    by, version = actors.actor("tto"), case.version

    assert refused(
        actions.return_to_team, case, " ", version=version, by=by, at=WHEN
    ) == ["E-FP-07"]
    case = actions.return_to_team(
        case, "请补充转化路径", version=version, by=by, at=WHEN
    )

    assert (case.status, case.decision_reason) == ("draft", "请补充转化路径")


def test_g10_signing_on_the_last_day_is_too_early(actors: Cast):
    case = open_notice_of(
        actors, make_approved_case(actors, M5, when=WHEN), when=OPENED
    )
    clear_for_signing(actors, case, when=OPENED)

    with pytest.raises(RuleViolations) as refusal:
        sign(actors, case, when=at("2026-11-17 18:00"))
    assert [v.code for v in refusal.value.violations] == ["E-EM-04"]
    due.sweep(until=CLOSED)
    case = sign(actors, EmpowermentCase.objects.get(pk=case.pk), when=AFTER)

    assert case.status == "signed"


def test_signing_checks_the_negative_list_again(actors: Cast):
    case = open_notice_of(actors, make_approved_case(actors, when=WHEN), when=OPENED)
    due.sweep(until=CLOSED)
    case.refresh_from_db()

    with pytest.raises(RuleViolations) as refusal:
        sign(actors, case, when=AFTER)

    assert [v.code for v in refusal.value.violations] == ["E-FP-08", "E-EM-13"]


def test_check_is_confirmed_by_another_person(actors: Cast):
    case = make_case(actors, when=WHEN)
    by = actors.actor("tto")
    actions.fill_check(case, SIGNING, CLEAN, "", by=by, at=WHEN)

    assert refused(actions.confirm_check, case, SIGNING, by=by, at=WHEN) == ["E-ST-03"]


def test_d17_objection_on_the_last_day_holds_the_signing(actors: Cast):
    case = open_notice_of(actors, make_approved_case(actors, when=WHEN), when=OPENED)
    clear_for_signing(actors, case, when=OPENED)
    objection = actions.register_objection(
        case,
        "王示例",
        "权属有争议",
        by=actors.actor("tto"),
        at=at("2026-11-17 23:59"),
    )

    due.sweep(until=CLOSED)
    case.refresh_from_db()
    assert case.status == "notice_disputed"
    assert notice_of(case).status == NoticeState.CLOSED
    assert refused(sign, actors, case, when=AFTER) == ["E-NT-05"]
    case = actions.conclude_objection(
        objection,
        ObjectionOutcome.DISMISSED,
        "经查权属清晰",
        by=actors.actor("apv"),
        at=AFTER,
    )

    assert case.status == "notice_closed"
    assert sign(actors, case, when=AFTER).status == "signed"


def test_late_objection_is_refused(actors: Cast):
    case = open_notice_of(actors, make_approved_case(actors, when=WHEN), when=OPENED)

    codes = refused(
        actions.register_objection,
        case,
        "王示例",
        "迟到的异议",
        by=actors.actor("tto"),
        at=CLOSED,
    )

    assert codes == ["E-OB-01"]


def test_dismissed_objection_lets_the_notice_run_on(actors: Cast):
    case = open_notice_of(actors, make_approved_case(actors, when=WHEN), when=OPENED)
    office = actors.actor("tto")
    first, second = (
        actions.register_objection(case, "王示例", text, by=office, at=OPENED)
        for text in ("异议一", "异议二")
    )
    conclude = actions.conclude_objection

    case = conclude(first, ObjectionOutcome.WITHDRAWN, "已撤回", by=office, at=OPENED)
    assert case.status == "notice_disputed"
    case = conclude(second, ObjectionOutcome.DISMISSED, "无据", by=office, at=OPENED)

    assert case.status == "notice_open"


@pytest.mark.parametrize(
    ("for_revision", "status"), [(False, "terminated"), (True, "draft")]
)
def test_sustained_objection_ends_the_notice(actors: Cast, for_revision, status):
    case = open_notice_of(actors, make_approved_case(actors, when=WHEN), when=OPENED)
    notice = notice_of(case)
    office = actors.actor("tto")
    objection = actions.register_objection(case, "王示例", "理由", by=office, at=OPENED)

    case = actions.conclude_objection(
        objection,
        ObjectionOutcome.SUSTAINED,
        "份额约定有误",
        for_revision=for_revision,
        by=office,
        at=OPENED,
    )

    assert case.status == status
    assert Notice.objects.get(pk=notice.pk).status == NoticeState.TERMINATED
    assert (case.notice is None) == for_revision


def test_insider_must_be_named_in_the_notice(actors: Cast):
    case = make_approved_case(actors, when=WHEN)
    case.declarations.filter(member="张示例").update(has_relation=True)
    values = notice_values(case) | {"insider_statement": ""}

    codes = refused(
        actions.open_notice, case, "公示", values, by=actors.actor("tto"), at=WHEN
    )

    assert codes == ["E-OT-07"]


def signed_use_right(cast: Cast) -> EmpowermentCase:
    case = open_notice_of(cast, make_approved_case(cast, M5, when=WHEN), when=OPENED)
    due.sweep(until=CLOSED)
    case.refresh_from_db()
    clear_for_signing(cast, case, when=AFTER)
    case = sign(cast, case, when=AFTER)
    return actions.register_title(
        case, version=case.version, by=cast.actor("tto"), at=AFTER
    )


def test_use_right_expires_at_the_end_of_its_last_day(actors: Cast):
    case = signed_use_right(actors)

    timer = DueEvent.objects.get(kind="empowerment.end")
    assert timer.due_at == at("2036-12-01 00:00")
    due.sweep(until=at("2036-12-01 00:00"))

    case.refresh_from_db()
    assert case.status == "expired"


PROOFS = {"performance": "履约报告", "progress": "产品上市", "revenue": "财务报表"}


def test_g34_extension_without_revenue_proof_is_refused(actors: Cast):
    case = signed_use_right(actors)
    proofs = PROOFS | {"revenue": " "}

    codes = refused(
        actions.request_extension,
        case,
        date(2040, 1, 1),
        proofs,
        version=case.version,
        by=actors.actor("res"),
        at=at("2036-01-01 09:00"),
    )

    assert codes == ["E-EM-12"]


def test_extension_takes_effect_when_its_notice_closes(actors: Cast):
    case = signed_use_right(actors)
    asked = at("2026-11-19 09:00")
    extension = actions.request_extension(
        case,
        date(2041, 11, 30),
        PROOFS,
        version=case.version,
        by=actors.actor("res"),
        at=asked,
    )
    actions.decide_extension(extension, True, "", by=actors.actor("apv"), at=asked)
    office = actors.actor("tto")
    draft = actions.open_extension_notice(
        extension, "延期公示", notice_values(case), by=office, at=asked
    )
    notice = make_approved(actors, NoticeKind(draft.kind), when=asked, draft=draft)
    publish(actors, notice, Venue.UNIT, when=asked)
    told = []

    def listen(case, **extra):
        told.append(case.ends_on)

    case_extended.connect(listen)

    due.sweep(until=at("2026-12-10 00:00"))

    case_extended.disconnect(listen)
    case.refresh_from_db()
    assert (case.status, case.ends_on) == ("performed", date(2041, 11, 30))
    assert told == [date(2041, 11, 30)]


def test_extension_of_less_than_a_year_is_refused(actors: Cast):
    case = signed_use_right(actors)

    codes = refused(
        actions.request_extension,
        case,
        date(2037, 11, 29),
        PROOFS,
        version=case.version,
        by=actors.actor("res"),
        at=AFTER,
    )

    assert codes == ["E-EM-03"]


def test_yearly_service_is_reminded_and_set_again(actors: Cast):
    case = signed_use_right(actors)

    due.sweep(until=at("2027-11-18 00:00"))

    reminders = EvidenceEntry.objects.filter(kind="empowerment.service_due")
    assert reminders.count() == 1
    waiting = DueEvent.objects.get(kind="empowerment.service", fired_at=None)
    assert waiting.due_at == at("2028-11-18 00:00")
    row = actions.record_service(
        case, date(2027, 11, 18), "走访企业", by=actors.actor("tto"), at=AFTER
    )
    assert str(row) == "2027-11-18 走访企业"


def test_rescinded_case_has_no_timers(actors: Cast):
    case = signed_use_right(actors)

    case = actions.rescind_case(
        case, "双方协商解除", version=case.version, by=actors.actor("tto"), at=AFTER
    )

    assert case.status == "rescinded"
    assert not DueEvent.objects.filter(
        kind__startswith="empowerment", fired_at=None, cancelled_at=None
    ).exists()


def test_other_units_and_researchers_see_no_trace(actors: Cast):
    case = make_case(actors, when=WHEN)

    assert [row.pk for row in list_cases(actors.actor("res"))] == [case.pk]
    assert [row.pk for row in list_cases(actors.actor("apv"))] == [case.pk]
    for name in ("tto2", "ent", "stb", "pla", "admin"):
        assert list(list_cases(actors.actor(name))) == []
    with pytest.raises(EmpowermentCase.DoesNotExist):
        get_case(actors.actor("tto2"), case.pk)


def test_j20_second_save_of_the_same_answers_is_refused(actors: Cast):
    case = make_case(actors, when=WHEN)
    sheet = sheets.get_sheet(case)
    by = actors.actor("res")
    sheets.write(case, {"a": "1"}, version=sheet.version, by=by, at=WHEN)

    with pytest.raises(RuleViolation) as refusal:
        sheets.write(case, {"a": "2"}, version=sheet.version, by=by, at=WHEN)

    assert refusal.value.message == "已被他人更新，请刷新后重试。"
    assert sheets.answers_of(case) == {"a": "1"}


def test_answers_are_encrypted_at_rest(actors: Cast):
    case = make_case(actors, when=WHEN)
    set_answers(actors, case, secret="450202199001011234")

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM core_answersheet")
        (stored,) = cursor.fetchone()

    assert stored.startswith("v1.") and "450202" not in stored


def test_outline_of_a_draft_may_change_until_it_is_submitted(actors: Cast):
    case = make_case(actors, when=WHEN)
    by = actors.actor("res")
    outline = actions.Outline(EmpowermentMode.M2, "新名称", case.representative_id)

    case = actions.save_outline(case, version=1, outline=outline, by=by, at=WHEN)
    assert (case.mode, case.title, case.version) == ("M2", "新名称", 2)
    case = actions.submit_case(case, version=2, by=by, at=WHEN)

    codes = refused(
        actions.save_outline,
        case,
        version=case.version,
        outline=replace(outline, title="又改"),
        by=by,
        at=WHEN,
    )
    assert codes == ["E-ST-01"]


def test_draft_may_be_deleted_until_it_was_submitted(actors: Cast):
    case = make_case(actors, when=WHEN)

    actions.delete_draft(case, by=actors.actor("res"))

    assert EmpowermentCase.objects.count() == 0


def test_priority_is_recorded_once_an_inventor(actors: Cast):
    case = make_case(actors, when=WHEN)
    office = actors.actor("tto")
    for choice in (PriorityChoice.EXERCISED, PriorityChoice.WAIVED):
        actions.record_priority(case, "张示例", choice, None, by=office, at=WHEN)

    assert [str(row) for row in case.priority_records.all()] == [
        "张示例：书面放弃优先受让权"
    ]
