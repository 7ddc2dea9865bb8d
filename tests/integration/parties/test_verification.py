"""Real-name check (CC-10): data, four eyes, evidence, masks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from cms.core.models import EvidenceEntry, PrivateFile
from cms.parties.actions import verification
from cms.parties.actions.accounts import save_personal_data
from cms.parties.queries import get_actor, get_verification_case
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations
from tests.factories import parties
from tests.factories.parties import REGISTERED_AT as AT
from tests.integration.core.test_attachments import pdf

REAL_NAME = "/my/organization/real-name/"
DESK = "/desk/parties/"
IDENTITY, PHONE = "11010519491231002X", "13800138000"


def license_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("营业执照.pdf", pdf("licence"), "application/pdf")


def data(**changes: object) -> dict[str, object]:
    return {
        "version": 1,
        "legal_representative": "法人甲",
        "handler_name": "经办乙",
        "handler_identity": IDENTITY,
        "handler_phone": PHONE,
        "license_file": license_file(),
        **changes,
    }


@pytest.fixture
def case(actors):
    return get_verification_case(actors.unverified_enterprise)


@pytest.fixture
def handed_in(actors, client_as, case):
    response = client_as(actors.user("ent3")).post(REAL_NAME, data())
    assert response["Location"] == "/my/organization/"
    case.refresh_from_db()
    return case


def refusal(function, *arguments, **named) -> str:
    with pytest.raises(RuleViolation) as caught:
        function(*arguments, **named)
    return caught.value.code


def test_handed_in_case_waits(actors, handed_in):
    assert (handed_in.status, handed_in.version) == ("pending", 2)
    assert handed_in.handler_identity == IDENTITY
    actors.unverified_enterprise.refresh_from_db()
    assert actors.unverified_enterprise.verification == "pending"


def test_handed_in_data_is_encrypted_and_not_in_the_evidence(handed_in):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT handler_identity, handler_phone FROM parties_verificationcase"
            " WHERE handler_phone <> ''"
        )
        stored = cursor.fetchone()
    assert [value[:3] for value in stored] == ["v1.", "v1."]
    payloads = str(list(EvidenceEntry.objects.values_list("payload", flat=True)))
    for secret in (IDENTITY, PHONE, "法人甲", "经办乙"):
        assert secret not in payloads


def test_incomplete_data_names_what_is_missing(actors, client_as, case):
    response = client_as(actors.user("ent3")).post(
        REAL_NAME, {"version": 1, "handler_name": "经办乙"}
    )

    html = response.content.decode()
    assert "法定代表人、经办人身份证号、经办人手机号、营业执照（登记证书）" in html
    assert "E-PA-12" in html
    assert 'value="经办乙"' in html


def test_upload_survives_a_refused_form(actors, client_as, case):
    client = client_as(actors.user("ent3"))

    refused = client.post(REAL_NAME, data(handler_identity="123"))

    assert "E-ID-02" in refused.content.decode()
    assert "已上传：" in refused.content.decode()
    again = data()
    del again["license_file"]
    assert client.post(REAL_NAME, again).status_code == 302
    assert PrivateFile.objects.count() == 1


def test_all_refusals_are_shown_together(actors, case):
    case.license_file = None
    facts = verification.HandlerFacts("甲", "乙", "123", "456")
    actor = actors.actor("ent3")
    case.license_file = PrivateFile.objects.create(
        name="a.pdf",
        size=1,
        sha256="0",
        media_type="application/pdf",
        purpose="real_name",
        owner=actors.unverified_enterprise,
        uploaded_by=actors.user("ent3"),
        uploaded_at=AT,
    )

    with pytest.raises(RuleViolations) as caught:
        verification.submit_verification(case, facts, by=actor, at=AT)

    assert [one.code for one in caught.value.violations] == ["E-ID-02", "E-ID-05"]


def test_stale_form_is_refused(actors, client_as, case):
    response = client_as(actors.user("ent3")).post(REAL_NAME, data(version=7))

    assert "E-ST-04" in response.content.decode()
    case.refresh_from_db()
    assert case.status == "unverified"


def test_platform_verifies(actors, client_as, handed_in):
    client = client_as(actors.user("pla"))
    assert actors.unverified_enterprise.name in client.get(DESK).content.decode()

    response = client.post(f"{DESK}{handed_in.pk}/", {"version": 2, "act": "verify"})

    assert response["Location"] == DESK
    assert get_actor(actors.user("ent3")).is_verified is True
    entry = EvidenceEntry.objects.get(kind="verification.verify")
    assert entry.payload == {
        "from": "pending",
        "to": "verified",
        "version": 3,
        "roles": ["PLA"],
    }
    assert entry.actor == actors.user("pla")


def test_rejection_needs_a_reason_and_may_be_handed_in_again(
    actors, client_as, handed_in
):
    client = client_as(actors.user("pla"))
    act = {"version": 2, "act": "reject"}

    assert "E-PA-07" in client.post(f"{DESK}{handed_in.pk}/", act).content.decode()
    client.post(f"{DESK}{handed_in.pk}/", act | {"comment": "执照不清晰"})

    own = client_as(actors.user("ent3"))
    assert "执照不清晰" in own.get("/my/organization/").content.decode()
    again = {"version": 3, "legal_representative": "甲", "handler_name": "乙"}
    assert own.post(REAL_NAME, again).status_code == 302
    handed_in.refresh_from_db()
    assert handed_in.status == "pending"


def test_verification_is_revoked_with_a_reason(actors):
    case = get_verification_case(actors.enterprise)

    assert (
        refusal(verification.revoke, case, " ", by=actors.actor("pla"), at=AT)
        == "E-PA-07"
    )
    verification.revoke(case, "执照已吊销", by=actors.actor("pla"), at=AT)

    assert get_actor(actors.user("ent")).is_verified is False


def test_nobody_verifies_his_own_organization(actors):
    platform = parties.make_platform(verification="pending")
    own = parties.make_actor(Role.PLATFORM, platform)

    code = refusal(verification.verify, get_verification_case(platform), by=own, at=AT)

    assert code == "E-PA-06"


def test_submitter_does_not_verify_even_after_changing_sides(actors, handed_in):
    handed_in.submitted_by = actors.user("pla")
    handed_in.save()

    code = refusal(verification.verify, handed_in, by=actors.actor("pla"), at=AT)

    assert code == "E-ST-03"


@pytest.mark.parametrize("name", ["tto", "ent", "stb", "admin", "auditor"])
def test_others_do_not_verify(actors, client_as, handed_in, name):
    assert (
        refusal(verification.verify, handed_in, by=actors.actor(name), at=AT)
        == "E-ST-02"
    )
    assert client_as(actors.user(name)).get(f"{DESK}{handed_in.pk}/").status_code == 404


def test_data_is_masked_for_the_desk_and_for_its_owner(actors, client_as, handed_in):
    desk = client_as(actors.user("pla")).get(f"{DESK}{handed_in.pk}/").content.decode()
    assert "110105********002X" in desk
    assert "138****8000" in desk
    verification.reject(handed_in, "重报", by=actors.actor("pla"), at=AT)
    own = client_as(actors.user("ent3")).get(REAL_NAME).content.decode()
    assert "110105********002X" in own
    for html in (desk, own):
        assert IDENTITY not in html
        assert PHONE not in html


def test_license_is_read_by_the_two_sides_only(actors, client_as, handed_in):
    path = f"/files/{handed_in.license_file_id}/"

    assert client_as(actors.user("pla")).get(path).status_code == 200
    assert client_as(actors.user("ent3")).get(path).status_code == 200
    for name in ("ent", "tto", "stb", "admin", "auditor"):
        assert client_as(actors.user(name)).get(path).status_code == 404


def test_verified_organization_has_nothing_to_hand_in(actors, client_as):
    assert client_as(actors.user("ent")).get(REAL_NAME).status_code == 404


def test_own_personal_data_is_kept_encrypted_and_masked(actors, client_as):
    client = client_as(actors.user("res"))

    response = client.post(
        "/account/", {"phone": PHONE, "identity_number": IDENTITY}, follow=True
    )

    html = response.content.decode()
    assert "138****8000" in html
    assert "110105********002X" in html
    assert PHONE not in html
    assert IDENTITY not in html
    entry = EvidenceEntry.objects.get(kind="user.personal_data_saved")
    assert entry.payload == {"fields": ["phone", "identity_number"]}


def test_wrong_identity_number_is_refused_and_not_stored(actors, client_as):
    response = client_as(actors.user("res")).post(
        "/account/", {"identity_number": "110105194912310021"}
    )

    assert "E-ID-02" in response.content.decode()
    actors.user("res").refresh_from_db()
    assert actors.user("res").identity_number == ""


def test_empty_personal_data_changes_nothing(actors):
    save_personal_data(
        actors.user("res"),
        phone="",
        identity_number="",
        by=actors.actor("res"),
        at=AT,
    )

    assert not EvidenceEntry.objects.exists()


def test_unknown_state_is_refused(actors, client_as):
    answer = client_as(actors.user("pla")).get(f"{DESK}?state=x")

    assert answer.status_code == 400
    assert answer.context["refusal"].code == "E-QP-02"


def test_bureau_is_led_to_the_unit_register(actors, client_as):
    response = client_as(actors.user("stb")).get(DESK)

    assert response["Location"] == "/desk/parties/units/"
