"""Members: who admits whom, roles that exclude each other, no escalation."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cms.core.models import EvidenceEntry
from cms.parties.actions.members import grant_role, invite_member, revoke_role
from cms.parties.models import Membership, User
from cms.parties.queries import get_actor
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation
from tests.factories import parties
from tests.factories.parties import REGISTERED_AT as AT

MEMBERS = "/my/organization/members/"


def refusal(function, *arguments, **named) -> str:
    with pytest.raises(RuleViolation) as caught:
        function(*arguments, **named)
    return caught.value.code


def membership(user: User) -> Membership:
    return Membership.objects.get(user=user)


def test_invited_member_sets_the_password_by_the_link_once(actors, client_as, client):
    response = client_as(actors.user("tto")).post(
        MEMBERS,
        {"full_name": "新成员", "username": "new.member", "role": "RES"},
        follow=True,
    )
    assert response.redirect_chain == [(MEMBERS + "link/", 302)]
    path = response.context["link"]["path"]
    assert f"http://testserver{path}" in response.content.decode()

    user = User.objects.get(username="new.member")
    assert not user.has_usable_password()
    new = {"new_password": "Fresh-start-77", "repeated_password": "Fresh-start-77"}
    assert client.post(path, new)["Location"] == "/account/login/"
    assert client.post(path, new).status_code == 404
    user.refresh_from_db()
    assert user.check_password("Fresh-start-77")
    assert get_actor(user).memberships == {(actors.unit.pk, Role.RESEARCHER)}


def test_activation_link_is_shown_once(actors, client_as):
    client = client_as(actors.user("tto"))
    data = {"full_name": "新成员", "username": "new.member", "role": "RES"}
    client.post(MEMBERS, data, follow=True)

    assert client.get(MEMBERS + "link/")["Location"] == "/my/organization/"


@pytest.mark.parametrize(
    "path", ["/account/activate/xx/1-2/", "/account/activate/MQ/a/"]
)
def test_made_up_activation_link_is_unknown(client, db, path):
    assert client.get(path).status_code == 404


def test_taken_login_name_is_refused_whatever_its_letters(actors):
    parties.make_user(username="Taken.name")

    code = refusal(
        invite_member,
        actors.unit,
        username="taken.name",
        full_name="某人",
        role=Role.RESEARCHER,
        by=actors.actor("tto"),
        at=AT,
    )

    assert code == "E-PA-09"


def test_office_does_not_make_approvers(actors):
    user = actors.user("res")

    code = refusal(
        grant_role, user, actors.unit, Role.APPROVER, by=actors.actor("tto"), at=AT
    )

    assert code == "E-PA-03"
    grant_role(user, actors.unit, Role.APPROVER, by=actors.actor("apv"), at=AT)
    assert get_actor(user).roles == {Role.RESEARCHER, Role.APPROVER}


def test_nobody_changes_his_own_roles(actors):
    person, actor = actors.user("apv"), actors.actor("apv")

    assert (
        refusal(grant_role, person, actors.unit, Role.TRANSFER_OFFICE, by=actor, at=AT)
        == "E-PA-04"
    )
    assert refusal(revoke_role, membership(person), by=actor, at=AT) == "E-PA-04"


def test_foreign_unit_has_no_say(actors):
    code = refusal(
        grant_role,
        actors.user("res"),
        actors.unit,
        Role.FINANCE,
        by=actors.actor("apv2"),
        at=AT,
    )

    assert code == "E-PA-03"


@pytest.mark.parametrize("officer", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_officer_gets_no_business_role(actors, officer):
    person = parties.make_person(officer, actors.platform)

    code = refusal(
        grant_role,
        person,
        actors.platform,
        Role.PLATFORM,
        by=actors.actor("admin"),
        at=AT,
    )

    assert code == "E-PA-02"


def test_database_refuses_administrator_and_auditor_in_one(actors):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=actors.user("admin"),
            organization=actors.platform,
            role=Role.AUDITOR.value,
        )


def test_last_manager_stays(actors):
    lone = parties.make_person(Role.ENTERPRISE, actors.enterprise)
    boss = actors.actor("ent")
    revoke_role(membership(lone), by=boss, at=AT)

    # Nobody else of the enterprise is left to take the last role; the
    # administrator of the platform has no say in it.
    assert (
        refusal(
            revoke_role, membership(actors.user("ent")), by=actors.actor("admin"), at=AT
        )
        == "E-PA-03"
    )


def test_last_administrator_stays(actors):
    other = parties.make_person(Role.ADMINISTRATOR, parties.make_platform())

    code = refusal(
        revoke_role, membership(actors.user("admin")), by=get_actor(other), at=AT
    )

    assert code == "E-PA-05"


def test_revoked_role_is_gone_at_once_and_recorded(actors):
    person = actors.user("res")

    revoke_role(membership(person), by=actors.actor("tto"), at=AT)

    assert get_actor(person).memberships == frozenset()
    entry = EvidenceEntry.objects.get(kind="membership.revoked")
    assert entry.payload == {"organization": actors.unit.pk, "role": "RES"}
    grant_role(person, actors.unit, Role.RESEARCHER, by=actors.actor("tto"), at=AT)
    assert get_actor(person).roles == {Role.RESEARCHER}


def test_admin_access_follows_the_bureau_role(actors, client_as):
    person = parties.make_user()
    admin = actors.actor("admin")
    parties.Membership.objects.create(
        user=person, organization=actors.bureau, role=Role.MARKET_REGULATOR.value
    )
    assert client_as(person).get("/admin/")["Location"].startswith("/account/login/")

    grant_role(person, actors.bureau, Role.BUREAU, by=admin, at=AT)
    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser) == (True, False)
    assert client_as(person).get("/admin/").status_code == 200

    revoke_role(Membership.objects.get(user=person, role="STB"), by=admin, at=AT)
    person = User.objects.get(pk=person.pk)
    assert (person.is_staff, person.groups.count()) == (False, 0)
    assert client_as(person).get("/admin/").status_code == 302


@pytest.mark.parametrize("name", ["tto", "apv", "res", "ent", "pla", "auditor", "amr"])
def test_admin_is_closed_to_the_others(actors, client_as, name):
    response = client_as(actors.user(name)).get("/admin/")

    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("name", "status"),
    [("tto", 200), ("apv", 200), ("ent", 200), ("admin", 200)]
    + [(other, 404) for other in ("res", "fin", "stb", "pla", "auditor", "amr")],
)
def test_member_page_is_for_managers(actors, client_as, name, status):
    assert client_as(actors.user(name)).get(MEMBERS).status_code == status


def test_foreign_organization_is_unknown(actors, client_as):
    client = client_as(actors.user("tto"))
    query = f"?organization={actors.other_unit.pk}"
    foreign = membership(actors.user("apv2"))

    assert client.get(f"/my/organization/{query}").status_code == 404
    assert client.get(f"{MEMBERS}{query}").status_code == 404
    revoke = reverse("take_role", args=[foreign.pk])
    assert client.post(revoke).status_code == 404
    for name in ("give_role", "new_member_link", "reset_second_factor"):
        path = reverse(name, args=[foreign.user_id])
        assert client.post(path, {"role": "RES"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.is_active


def test_administrator_looks_after_the_bureau(actors, client_as):
    client = client_as(actors.user("admin"))
    query = f"?organization={actors.bureau.pk}"

    response = client.post(
        f"{MEMBERS}{query}",
        {"full_name": "新科员", "username": "new.clerk", "role": "STB"},
    )

    assert response.status_code == 302
    user = User.objects.get(username="new.clerk")
    assert get_actor(user).memberships == {(actors.bureau.pk, Role.BUREAU)}


def test_office_does_not_take_over_the_approver(actors, client_as):
    client = client_as(actors.user("tto"))

    response = client.post(
        reverse("new_member_link", args=[actors.user("apv").pk]), follow=True
    )

    assert "E-PA-03" in response.content.decode()
    assert not EvidenceEntry.objects.filter(kind="user.activation_issued").exists()


def test_roles_are_given_and_taken_on_the_page(actors, client_as):
    client = client_as(actors.user("tto"))
    person = actors.user("res")

    client.post(reverse("give_role", args=[person.pk]), {"role": "TM"})
    assert get_actor(person).roles == {Role.RESEARCHER, Role.TECHNOLOGY_MANAGER}
    row = Membership.objects.get(user=person, role="RES")
    client.post(reverse("take_role", args=[row.pk]))
    assert get_actor(person).roles == {Role.TECHNOLOGY_MANAGER}
    assert (
        client.post(reverse("give_role", args=[person.pk]), {"role": "XX"}).status_code
        == 404
    )


def test_lost_phone_is_reset_by_the_manager(actors, client_as):
    person = actors.user("res")
    person.second_factor_at = AT
    person.save()

    client_as(actors.user("tto")).post(reverse("reset_second_factor", args=[person.pk]))

    person.refresh_from_db()
    assert person.second_factor_at is None


def test_member_page_offers_only_what_the_viewer_may_do(actors, client_as):
    client = client_as(actors.user("tto"))

    researcher = client.get(f"{MEMBERS}{actors.user('res').pk}/").content.decode()
    approver = client.get(f"{MEMBERS}{actors.user('apv').pk}/").content.decode()
    oneself = client.get(f"{MEMBERS}{actors.user('tto').pk}/").content.decode()

    assert "收回“科研人员”" in researcher
    assert "收回“单位审批人”" not in approver
    assert "增加角色" not in oneself
    assert "重发激活链接" not in oneself
    foreign = client.get(f"{MEMBERS}{actors.user('apv2').pk}/")
    assert foreign.status_code == 404


def test_my_room_leads_to_the_organization(actors, client_as):
    html = client_as(actors.user("ent3")).get("/my/").content.decode()

    assert 'href="/my/organization/"' in html
    assert "位人员；尚未实名认证" in html
    assert 'href="/account/"' in html


def test_room_of_a_person_without_organization_has_no_card(client_as, db):
    html = client_as(parties.make_user()).get("/my/").content.decode()

    assert "/my/organization/" not in html


def test_refused_acts_are_told_on_the_page(actors, client_as):
    client = client_as(actors.user("tto"))
    approver = actors.user("apv")
    acts = [
        (reverse("give_role", args=[approver.pk]), {"role": "APV"}),
        (reverse("take_role", args=[membership(approver).pk]), {}),
        (reverse("reset_second_factor", args=[approver.pk]), {}),
        (MEMBERS, {"full_name": "某", "username": "demo.one", "role": "RES"}),
    ]
    parties.make_user(username="demo.one")

    codes = [client.post(path, data, follow=True) for path, data in acts]

    pages = [response.content.decode() for response in codes]
    assert ["E-PA-03" in html for html in pages] == [True, True, True, False]
    assert "E-PA-09" in pages[3]


def test_new_link_lets_a_member_set_another_password(actors, client_as):
    client = client_as(actors.user("tto"))
    person = actors.user("res")

    response = client.post(reverse("new_member_link", args=[person.pk]), follow=True)

    path = response.context["link"]["path"]
    weak = {"new_password": "12345678901", "repeated_password": "12345678901"}
    assert client.post(path, weak).status_code == 200
    entry = EvidenceEntry.objects.get(kind="user.activation_issued")
    assert (entry.subject, entry.payload) == (f"parties.User:{person.pk}", {})
