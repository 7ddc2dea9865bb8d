"""Canary: personal data of one person reaches nobody else's page, log or evidence."""

import pytest
from django.urls import get_resolver

from cms.core.models import EvidenceEntry
from cms.parties.actions.accounts import save_personal_data
from cms.parties.queries import get_verification_case
from tests.factories.parties import REGISTERED_AT as AT

IDENTITY, PHONE = "11010519491231002X", "13912345678"
PATHS = (
    "/",
    "/units/",
    "/units/units.xlsx",
    "/account/",
    "/my/",
    "/my/organization/",
    "/my/organization/members/",
    "/desk/",
    "/desk/parties/",
    "/desk/parties/units/",
    "/evidence/",
    "/statistics/",
)


@pytest.fixture
def canaries(actors):
    person = actors.user("ent")
    save_personal_data(
        person,
        phone=PHONE,
        identity_number=IDENTITY,
        by=actors.actor("ent"),
        at=AT,
    )
    case = get_verification_case(actors.enterprise)
    case.handler_identity, case.handler_phone = IDENTITY, PHONE
    case.legal_representative = "金丝雀"
    case.save()
    return case


@pytest.mark.parametrize(
    "name", ["", "ent", "ent3", "tto", "apv", "stb", "pla", "admin", "auditor"]
)
def test_no_page_shows_the_canaries(actors, canaries, client, client_as, caplog, name):
    caplog.set_level("DEBUG")
    visitor = client_as(actors.user(name)) if name else client
    paths = (*PATHS, f"/desk/parties/{canaries.pk}/")

    shown = [
        (path, secret)
        for path in paths
        for secret in (IDENTITY, PHONE)
        if secret.encode() in visitor.get(path).content
    ]

    assert shown == []
    assert IDENTITY not in caplog.text
    assert PHONE not in caplog.text
    payloads = str(list(EvidenceEntry.objects.values_list("payload", flat=True)))
    assert IDENTITY not in payloads
    assert PHONE not in payloads


def test_legal_representative_is_shown_to_the_platform_only(
    actors, canaries, client_as
):
    path = f"/desk/parties/{canaries.pk}/"

    assert "金丝雀" in client_as(actors.user("pla")).get(path).content.decode()
    assert client_as(actors.user("stb")).get(path).status_code == 404


def test_account_urls_are_not_cached(actors, client_as):
    client = client_as(actors.user("ent"))
    names = ("account", "my_organization", "members", "password", "second_factor")
    reverse_dict = get_resolver().reverse_dict

    for name in names:
        assert name in reverse_dict
        path = "/" + reverse_dict.getlist(name)[0][0][0][0]
        assert "no-store" in client.get(path)["Cache-Control"]
