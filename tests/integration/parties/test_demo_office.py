"""The demo office loads once and gives a login for each role."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from cms.achievements.models import Achievement
from cms.parties.models import Membership, Organization
from cms.rules.roles import Role
from notation.check_digits import is_credit_code


def counts() -> dict[str, int]:
    """How many rows each of our tables holds."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("cms.")
    }


@pytest.mark.django_db
def test_demo_office_loaded_twice_is_the_same(demo_office: None):
    first = counts()

    call_command("demo_office", verbosity=0)

    assert counts() == first
    assert Achievement.objects.filter(ledger_number="LG-2026-001").exists()


@pytest.mark.django_db
def test_demo_office_has_a_person_for_each_human_role(demo_office: None):
    roles = set(Membership.objects.values_list("role", flat=True))

    assert roles == {role.value for role in Role if role is not Role.SYSTEM}


@pytest.mark.django_db
def test_demo_office_codes_pass_the_check_digit(demo_office: None):
    codes = Organization.objects.values_list("credit_code", flat=True)

    assert [code for code in codes if not is_credit_code(code)] == []


@pytest.mark.django_db
def test_demo_office_in_production_is_refused(settings):
    settings.SETTINGS_MODULE = "cms.settings.production"

    with pytest.raises(CommandError, match="不得装入生产环境"):
        call_command("demo_office", verbosity=0)
