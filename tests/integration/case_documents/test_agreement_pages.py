"""From the match to the contract: drawn up, labelled, noticed (FP-09, FP-01)."""

import pytest

from cms.core import answers as sheets
from cms.core.answers import answers_of
from cms.core.models import EvidenceEntry
from cms.supply_demand.models import Agreement
from tests.conftest import Cast
from tests.factories.agreements import (
    DECLARED,
    clear_for_notice,
    make_agreement,
    make_match,
    open_notice_of_agreement,
)
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")
DEFERRED = {
    "payment": {"form": "deferred", "total": "300000.00"},
    "dates": {"effective_on": "2026-12-01"},
    "payments": [
        {
            "kind": "deferred",
            "trigger_kind": "date",
            "trigger": "约定日期",
            "due_on": "2028-01-05",
            "amount": "300000.00",
            "latest_on": "2028-12-31",
        }
    ],
}


def test_office_draws_up_the_contract_from_the_match(actors: Cast, client_as):
    match = make_match(actors, when=WHEN)
    office = client_as(actors.people["tto"])
    assert (
        "拟定合同（D-31 技术许可）"
        in office.get(f"/my/matches/{match.pk}/").content.decode()
    )

    made = office.post(f"/my/agreements/new/{match.pk}/", {"kind": "D-32"})

    agreement = Agreement.objects.get()
    assert made.url == f"/my/agreements/{agreement.pk}/"
    assert agreement.kind == "D-32"
    answers = answers_of(agreement)
    assert answers["unit"]["name"] == actors.unit.name
    assert answers["company"]["credit_code"] == actors.enterprise.credit_code
    page = office.get(f"/my/matches/{match.pk}/").content.decode()
    assert agreement.number in page
    assert "拟定合同（D-31" not in page


def test_contract_is_drawn_up_once(actors: Cast, client_as):
    agreement = make_agreement(actors, when=WHEN)
    office = client_as(actors.people["tto"])

    office.post(f"/my/agreements/new/{agreement.match_id}/", {"kind": "D-31"})

    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("name", ["ent", "tto2", "res", "stb"])
def test_nobody_else_draws_up(actors: Cast, client_as, name):
    match = make_match(actors, when=WHEN)

    client_as(actors.people[name]).post(
        f"/my/agreements/new/{match.pk}/", {"kind": "D-31"}
    )

    assert Agreement.objects.count() == 0


def test_label_is_computed_from_the_payment_plan(actors: Cast, client_as):
    agreement = make_agreement(actors, when=WHEN, answers=DEFERRED)
    url = f"/my/agreements/{agreement.pk}/"

    text = client_as(actors.people["tto"]).get(url).content.decode()

    assert '<span class="label-pay">先使用后付费</span>' in text
    assert "W-FP-02" not in text


def test_short_deferral_is_warned_about(actors: Cast, client_as):
    rows = [{**DEFERRED["payments"][0], "due_on": "2027-06-01"}]
    answers = {**DEFERRED, "payments": rows}
    agreement = make_agreement(actors, when=WHEN, answers=answers)
    url = f"/my/agreements/{agreement.pk}/"

    text = client_as(actors.people["tto"]).get(url).content.decode()

    assert '<span class="label-pay">先使用后付费</span>' in text
    assert "W-FP-02" in text
    enterprise = client_as(actors.people["ent"]).get(url).content.decode()
    assert "W-FP-02" not in enterprise


@pytest.mark.parametrize(
    ("kind", "bears_label"),
    [("enterprise", True), ("project_company", True), ("university", False)],
)
def test_g25_licensee_that_is_no_enterprise_takes_the_label_away(
    templates, actors: Cast, client_as, kind, bears_label
):
    answers = {**DEFERRED, "company": {"name": "示例", "kind": kind}}
    agreement = make_agreement(actors, when=WHEN, answers=answers)
    client = client_as(actors.people["tto"])

    for page in ("/my/agreements/{}/", "/my/papers/agreement/{}/"):
        text = client.get(page.format(agreement.pk)).content.decode()
        assert ("label-pay" in text) is bears_label
        assert ("E-FP-23" in text) is not bears_label


def test_patent_that_ends_before_the_license_is_warned_of(
    templates, actors: Cast, client_as
):
    patent = {"kind": "utility_model", "number": "ZL1", "filed_on": "2020-05-01"}
    answers = {**DEFERRED, "ip_items": [patent], "license": {"ends_on": "2030-05-01"}}
    agreement = make_agreement(actors, when=WHEN, answers=answers)
    client = client_as(actors.people["tto"])

    for page in ("/my/agreements/{}/", "/my/papers/agreement/{}/"):
        text = client.get(page.format(agreement.pk)).content.decode()
        assert "ZL1将于2030-04-30期满" in text
        assert "W-EM-10" in text


def test_contract_paid_at_once_bears_no_label(actors: Cast, client_as):
    answers = {**DEFERRED, "payment": {"form": "one_off", "total": "300000.00"}}
    agreement = make_agreement(actors, when=WHEN, answers=answers)
    url = f"/my/agreements/{agreement.pk}/"

    text = client_as(actors.people["tto"]).get(url).content.decode()

    assert '<span class="label-pay">' not in text
    assert "E-FP-02" in text


def test_notice_is_drafted_from_the_answers_once(actors: Cast, client_as):
    agreement = make_agreement(actors, when=WHEN, answers=DEFERRED)
    clear_for_notice(actors, agreement, when=WHEN)
    office = client_as(actors.people["tto"])
    url = f"/my/agreements/{agreement.pk}/"

    drafted = office.post(f"{url}notice/")

    agreement.refresh_from_db()
    assert drafted.url == f"/my/notices/{agreement.notice_id}/"
    assert office.get(drafted.url).status_code == 200
    assert "起草协议定价公示" not in office.get(url).content.decode()


def test_notice_waits_for_approval_and_declarations(actors: Cast, client_as):
    agreement = make_agreement(actors, when=WHEN, answers=DEFERRED)
    office = client_as(actors.people["tto"])
    url = f"/my/agreements/{agreement.pk}/"
    refused = (
        "未完成单位转化审批，不能发布公告/公示。",
        "未提交关联关系声明或未经核实。",
    )
    for page in (url, f"/my/papers/agreement/{agreement.pk}/"):
        text = office.get(page).content.decode()
        assert [one in text for one in refused] == [True, True]

    answer = office.post(f"{url}notice/", follow=True)

    assert [one in answer.content.decode() for one in refused] == [True, True]
    agreement.refresh_from_db()
    assert agreement.notice is None


def test_approver_approves_the_terms_and_changed_terms_anew(actors: Cast, client_as):
    answers = {**DEFERRED, **DECLARED}
    agreement = make_agreement(actors, when=WHEN, answers=answers)
    url = f"/my/agreements/{agreement.pk}/"
    office, approver = (client_as(actors.people[name]) for name in ("tto", "apv"))
    assert "/approval/" not in office.get(url).content.decode()
    office.post(f"{url}approval/", {"version": agreement.version})
    agreement.refresh_from_db()
    assert agreement.approved_at is None
    assert "/approval/" in approver.get(url).content.decode()

    approver.post(f"{url}approval/", {"version": agreement.version})

    agreement.refresh_from_db()
    assert agreement.approved_by == actors.people["apv"]
    assert EvidenceEntry.objects.get(kind="agreement.approved").payload == {
        "number": agreement.number,
        "terms": agreement.approved_terms,
    }
    text = approver.get(url).content.decode()
    assert ("已批准" in text, "/approval/" in text) == (True, False)
    sheet = sheets.get_sheet(agreement)
    cheaper = {**answers, "payment": {"form": "deferred", "total": "1.00"}}
    by = actors.actor("tto")
    sheets.write(agreement, cheaper, version=sheet.version, by=by, at=WHEN)
    assert "条件有改动，须重新批准" in office.get(url).content.decode()
    office.post(f"{url}notice/")
    agreement.refresh_from_db()
    assert agreement.notice is None


def test_stale_or_late_approval_changes_nothing(actors: Cast, client_as):
    agreement = make_agreement(actors, when=WHEN, answers={**DEFERRED, **DECLARED})
    url = f"/my/agreements/{agreement.pk}/approval/"
    approver = client_as(actors.people["apv"])

    stale = approver.post(url, {"version": agreement.version - 1}, follow=True)

    assert "E-ST-04" in stale.content.decode()
    open_notice_of_agreement(actors, agreement, when=WHEN)
    agreement.refresh_from_db()
    late = approver.post(url, {"version": agreement.version}, follow=True)
    assert "E-ST-01" in late.content.decode()


def test_inventor_does_not_approve_his_own_contract(actors: Cast, client_as):
    team = {"members": [{"name": actors.people["apv"].full_name}]}
    agreement = make_agreement(actors, when=WHEN, answers={**DEFERRED, "team": team})

    answer = client_as(actors.people["apv"]).post(
        f"/my/agreements/{agreement.pk}/approval/",
        {"version": agreement.version},
        follow=True,
    )

    assert "E-EM-05" in answer.content.decode()


def test_contracts_are_seen_by_their_parties_alone(actors: Cast, client_as):
    agreement = make_agreement(actors, when=WHEN)
    url = f"/my/agreements/{agreement.pk}/"

    for name, status in (("tto", 200), ("ent", 200), ("tto2", 404), ("stb", 404)):
        client = client_as(actors.people[name])
        assert client.get(url).status_code == status
        if status == 200:
            assert agreement.number in client.get("/my/agreements/").content.decode()
