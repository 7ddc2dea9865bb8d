"""Each act on a case has its page: done, refused, led back."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.core.models import PrivateFile
from cms.empowerment import actions
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.notice_values import prefill_notice
from cms.rules.empowerment import MODE_RULES, EmpowermentMode
from cms.rules.notices import find_missing
from cms.rules.personal_data import find_personal_data
from cms.rules.violations import RuleViolations
from tests.conftest import Cast
from tests.factories import parties
from tests.factories.empowerment import (
    answers_of,
    make_approved_case,
    make_case,
    make_submitted,
)
from tests.factories.empowerment import (
    clear_for_signing as clear,
)
from tests.integration.empowerment.room import (
    AFTER,
    M2,
    M4,
    M5,
    OPENED,
    WHEN,
    buttons_of,
    closed_case,
    fresh,
    open_case_of,
    page_of,
    paper,
    signed_case,
    text_of,
)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WHEN, tick=False) as traveller:
        yield traveller


# Acts: refusals, papers, states


def test_outline_is_saved_and_a_stale_copy_is_refused(actors: Cast, client_as):
    case = make_case(actors, when=WHEN)
    client = client_as(actors.user("tto"))
    form = {
        "version": case.version,
        "mode": "M2",
        "name": "改后的名称",
        "representative": actors.user("res").pk,
        "has_co_owners": "on",
        "enterprise": actors.enterprise.credit_code,
    }

    assert client.post(page_of(case, "outline"), form).status_code == 302
    saved = fresh(case)
    assert (saved.mode, saved.title, saved.has_co_owners) == ("M2", "改后的名称", True)
    assert saved.enterprise == actors.enterprise
    answer = client.post(page_of(case, "outline"), {**form, "name": "又改"})

    assert "已被他人更新，请刷新后重试。" in text_of(answer)
    assert 'value="又改"' in text_of(answer)
    assert fresh(case).title == "改后的名称"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("91450200MA00000000", "E-ID-01"),
        (parties.make_credit_code(), "本平台没有使用该代码注册的企业。"),
    ],
    ids=["wrong", "unknown"],
)
def test_outline_tells_a_wrong_enterprise(actors: Cast, client_as, code, message):
    case = make_case(actors, when=WHEN)
    form = {
        "version": case.version,
        "mode": "M1",
        "name": case.title,
        "representative": actors.user("res").pk,
        "enterprise": code,
    }

    answer = client_as(actors.user("res")).post(page_of(case, "outline"), form)

    assert message in text_of(answer)
    assert list(answer.context["form"].errors) == ["enterprise"]


def test_submission_lists_all_that_keeps_it_back(actors: Cast, client_as):
    case = make_case(actors, M4, when=WHEN, answers={"plan": {}, "team": {}})
    client = client_as(actors.user("res"))

    shown = text_of(client.get(page_of(case, "submission")))
    answer = client.post(page_of(case, "submission"), {"version": case.version})

    for text in (shown, text_of(answer)):
        assert "E-EM-02" in text
        assert "E-EM-08" in text
    assert fresh(case).status == "draft"


def test_return_without_a_reason_is_told_at_the_field(actors: Cast, client_as):
    case = make_submitted(actors, when=WHEN)
    client = client_as(actors.user("tto"))
    form = {"version": case.version, "outcome": "return", "reason": " "}

    answer = client.post(page_of(case, "review"), form)
    assert "E-FP-07" in answer.context["form"].errors["reason"][0]
    form["reason"] = "请补充转化路径"
    assert client.post(page_of(case, "review"), form).status_code == 302

    page = text_of(client_as(actors.user("res")).get(page_of(case)))
    assert "退回理由：请补充转化路径" in page


def test_paper_survives_a_refused_form(actors: Cast, client_as):
    case = closed_case(actors)
    client = client_as(actors.user("tto"))

    answer = client.post(
        page_of(case, "priority"), {"member": "张示例", "paper": paper()}
    )
    assert list(answer.context["form"].errors) == ["choice"]
    kept = PrivateFile.objects.get()
    assert f'name="paper_id" value="{kept.pk}"' in text_of(answer)
    form = {"member": "张示例", "choice": "waive", "paper_id": kept.pk}
    assert client.post(page_of(case, "priority"), form).status_code == 302

    record = case.priority_records.get()
    assert (record.member, record.choice, record.paper) == ("张示例", "waive", kept)
    assert PrivateFile.objects.count() == 1
    for reader, status in (("res", 200), ("fin", 200), ("tto2", 404), ("ent", 404)):
        url = f"/files/{kept.pk}/"
        assert client_as(actors.user(reader)).get(url).status_code == status


def test_priority_asks_for_the_paper_and_refuses_a_bad_one(actors: Cast, client_as):
    case = closed_case(actors)
    client = client_as(actors.user("tto"))
    form = {"member": "张示例", "choice": "waive"}

    answer = client.post(page_of(case, "priority"), form)
    assert answer.context["form"].errors["paper"] == ["请上传文件。"]
    bad = SimpleUploadedFile("声明.pdf", b"no pdf")
    answer = client.post(page_of(case, "priority"), {**form, "paper": bad})
    assert "E-FL-03" in answer.context["form"].errors["paper"][0]
    foreign = client_as(actors.user("tto1b"))
    foreign.post(page_of(case, "priority"), {**form, "choice": "", "paper": paper()})
    taken = PrivateFile.objects.get()
    answer = client.post(page_of(case, "priority"), {**form, "paper_id": taken.pk})
    assert answer.context["form"].errors["paper"] == ["请上传文件。"]


def test_co_owners_consent_opens_its_gate(actors: Cast, client_as):
    case = make_case(actors, when=WHEN)
    client = client_as(actors.user("res"))
    assert client.get(page_of(case, "consent")).status_code == 302
    answer = client.post(page_of(case, "consent"), {"paper": paper()})
    assert "E-ST-01" in text_of(answer)
    EmpowermentCase.objects.filter(pk=case.pk).update(has_co_owners=True)

    def is_open() -> bool:
        gates = client.get(page_of(case)).context["gates"]
        return next(g for g in gates if g.label == "其他共有人书面同意").is_open

    assert not is_open()
    assert client.post(page_of(case, "consent"), {"paper": paper()}).status_code == 302

    assert is_open()
    assert fresh(case).co_owner_consent.name == "声明.docx"


def test_act_of_another_state_leads_back_or_is_refused(actors: Cast, client_as):
    case = make_case(actors, when=WHEN)
    client = client_as(actors.user("apv"))

    assert client.get(page_of(case, "decision"))["Location"] == page_of(case)
    form = {"version": case.version, "outcome": "approve"}
    assert "E-CC-03" in text_of(client.post(page_of(case, "decision"), form))
    assert fresh(case).status == "draft"


@pytest.mark.parametrize("mode", list(EmpowermentMode))
def test_notice_is_filled_from_the_answers(actors: Cast, mode):
    case = make_case(actors, mode, when=WHEN)
    answers = answers_of(mode)

    values = prefill_notice(case, answers)

    kind = MODE_RULES[mode].notice
    lacking = find_missing(kind, values)
    assert lacking == []
    assert find_personal_data("\n".join(values.values())) == []
    assert values["inventors"] == "张示例、李示例"
    # 附件4八(二): in every mode but M3 the other side is an insider.
    is_insider = mode != EmpowermentMode.M3
    assert values["is_insider"] == ("yes" if is_insider else "no")
    assert bool(values["insider_statement"]) == is_insider


def test_notice_draft_leads_on_to_the_room_of_notices(actors: Cast, client_as):
    case = make_approved_case(actors, M2, when=WHEN)
    client = client_as(actors.user("tto"))
    page = client.get(page_of(case, "notice"))
    form = page.context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    assert given["proposed_price"] == "3,200,000.00元"
    assert given["share_or_term"] == "赋予完成人70%所有权份额"

    answer = client.post(page_of(case, "notice"), given)

    notice = fresh(case).notice
    assert notice is not None
    assert answer["Location"] == f"/my/notices/{notice.pk}/edit/"
    assert notice.title == "示例焊接变形控制方法赋权暨协议定价公示"
    assert "起草公示" not in buttons_of(client.get(page_of(case)))


def test_conclusion_for_revision_sends_the_case_back(actors: Cast, client_as):
    case = open_case_of(actors)
    objection = actions.register_objection(
        case, "王异议", "份额有误", by=actors.actor("tto"), at=OPENED
    )
    client = client_as(actors.user("apv"))
    form = {"objection": objection.pk, "outcome": "revision", "conclusion": ""}

    answer = client.post(page_of(case, "conclusion"), form)
    assert "E-FP-07" in answer.context["form"].errors["conclusion"][0]
    form["conclusion"] = "份额约定有误，退回修改"
    assert client.post(page_of(case, "conclusion"), form).status_code == 302

    assert fresh(case).status == "draft"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"effective_on": date(2026, 11, 17)}, "E-GR-02", "effective_on"),
        ({"ends_on": date(2036, 11, 29)}, "E-EM-03", "ends_on"),
        ({"ends_on": None}, "E-GR-03", "ends_on"),
    ],
    ids=["effective_before_signed", "g31_nine_years", "no_last_day"],
)
def test_signing_refuses_wrong_days(actors: Cast, changes, code, field):
    case = closed_case(actors, M5)
    clear(actors, case, when=AFTER)
    days = {
        "signed_on": date(2026, 11, 18),
        "effective_on": date(2026, 11, 18),
        "ends_on": date(2036, 11, 30),
    }
    given = {"by": actors.actor("tto"), "at": AFTER}

    with pytest.raises(RuleViolations) as refused:
        actions.sign_case(case, **{**days, **changes}, **given)

    (found,) = refused.value.violations
    assert (found.code, found.field) == (code, field)
    assert fresh(case).status == "notice_closed"
    assert actions.sign_case(case, **days, **given).status == "signed"


def test_case_is_signed_by_its_filed_agreement_alone(actors: Cast, client_as):
    case = closed_case(actors, M5)
    clear(actors, case, when=AFTER)
    with time_machine.travel(AFTER, tick=False):
        office, team = (client_as(actors.user(name)) for name in ("tto", "res"))
        (offer,) = [
            one
            for one in office.get(page_of(case)).context["offers"]
            if one["title"] == "上传签署的协议"
        ]
        days = {"signed_on": "2026-11-18", "effective_on": "2026-11-18"}

        answer = office.post(page_of(case, "signing"), days)

        assert offer["url"] == f"/my/papers/grant/{case.pk}/#bundle"
        assert answer.status_code == 404
        assert "上传签署的协议" not in buttons_of(team.get(page_of(case)))
    assert fresh(case).status == "notice_closed"


def test_use_right_is_extended_served_and_rescinded_by_pages(actors: Cast, client_as):
    case = signed_case(actors)
    with time_machine.travel(AFTER, tick=False):
        office, team, approver = (
            client_as(actors.user(name)) for name in ("tto", "res", "apv")
        )

        def post(client, act: str, **form: object):
            version = fresh(case).version
            return client.post(page_of(case, act), {"version": version, **form})

        assert post(office, "registration").status_code == 302
        proofs = {"performance": "履约报告", "progress": "产品上市", "revenue": ""}
        answer = post(team, "extension", ends_on="2041-11-30", **proofs)
        assert "E-EM-12" in text_of(answer)
        proofs["revenue"] = "财务报表"
        assert (
            post(team, "extension", ends_on="2041-11-30", **proofs).status_code == 302
        )
        assert "财务报表" in text_of(approver.get(page_of(case, "extension-decision")))
        assert (
            post(approver, "extension-decision", outcome="approve").status_code == 302
        )
        page = office.get(page_of(case, "extension-notice"))
        form = page.context["form"]
        assert form["share_or_term"].value() == "长期使用权由2036-11-30延至2041-11-30"
        given = {name: form[name].value() or "" for name in form.fields}
        assert post(office, "extension-notice", **given).status_code == 302
        assert fresh(case).status == "extension_notice"

        late = post(office, "service", served_on="2026-11-19", text="走访")
        assert late.context["form"].errors["served_on"] == ["服务日期不能晚于今天。"]
        for _ in range(2):  # pressed twice
            post(office, "service", served_on="2026-11-18", text="走访")
        assert case.services.count() == 1


def test_rescission_needs_a_reason(actors: Cast, client_as):
    case = signed_case(actors)
    office = actors.actor("tto")
    case = actions.register_title(case, version=case.version, by=office, at=AFTER)
    client = client_as(actors.user("tto"))
    form = {"version": case.version, "reason": ""}

    answer = client.post(page_of(case, "rescission"), form)
    assert "E-FP-07" in answer.context["form"].errors["reason"][0]
    form["reason"] = "双方协商解除"
    assert client.post(page_of(case, "rescission"), form).status_code == 302

    page = client.get(page_of(case))
    assert [s.label for s in page.context["stages"] if s.is_current] == ["已解除"]
    assert buttons_of(page) == []


def test_draft_is_deleted_from_its_page(actors: Cast, client_as):
    case = make_case(actors, when=WHEN)
    by = actors.actor("res")
    actions.link_account(case, "张示例", by.user_id, by=by, at=WHEN)

    answer = client_as(actors.user("res")).post(page_of(case, "deletion"))

    assert answer["Location"] == "/my/grants/"
    assert EmpowermentCase.objects.count() == 0


def test_department_speaks_for_itself_only(actors: Cast, client_as):
    case = make_submitted(actors, when=WHEN)
    office = actors.actor("tto")
    for row in case.declarations.all():
        actions.verify_declaration(row, "属实", by=office, at=WHEN)
    actions.pass_review(case, version=case.version, by=office, at=WHEN)
    client = client_as(actors.user("fin"))

    page = client.get(page_of(case, "opinion"))
    choices = [key for key, _ in page.context["form"].fields["department"].choices]
    assert choices == ["", "财务"]
    form = {"department": "财务", "agrees": "no", "text": ""}
    answer = client.post(page_of(case, "opinion"), form)
    assert "E-FP-07" in answer.context["form"].errors["text"][0]
    form["text"] = "收益口径不清"
    assert client.post(page_of(case, "opinion"), form).status_code == 302

    row = case.opinions.get()
    assert (row.department, row.agrees, row.text) == ("财务", False, "收益口径不清")


def test_strangers_find_no_case(actors: Cast, client_as):
    case = make_case(actors, when=WHEN)

    for name in ("tto2", "apv2", "ent", "stb", "pla", "admin", "auditor"):
        client = client_as(actors.user(name))
        assert client.get(page_of(case)).status_code == 404
        assert client.post(page_of(case, "deletion")).status_code == 404
    assert EmpowermentCase.objects.count() == 1
