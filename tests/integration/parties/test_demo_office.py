"""The demo office loads once and gives a login for each role."""

import pytest
from django.core.management import CommandError, call_command

from cms.parties.models import Membership, Organization, User
from cms.rules.roles import Role
from notation.check_digits import is_credit_code


@pytest.mark.django_db
def test_demo_office_loaded_twice_is_the_same():
    call_command("demo_office", verbosity=0)
    first = (User.objects.count(), Organization.objects.count())

    call_command("demo_office", verbosity=0)

    assert (User.objects.count(), Organization.objects.count()) == first


@pytest.mark.django_db
def test_demo_office_has_a_person_for_each_human_role():
    call_command("demo_office", verbosity=0)

    roles = set(Membership.objects.values_list("role", flat=True))

    assert roles == {role.value for role in Role if role is not Role.SYSTEM}


@pytest.mark.django_db
def test_demo_office_codes_pass_the_check_digit():
    call_command("demo_office", verbosity=0)

    codes = Organization.objects.values_list("credit_code", flat=True)

    assert [code for code in codes if not is_credit_code(code)] == []


@pytest.mark.django_db
def test_demo_office_in_production_is_refused(settings):
    settings.SETTINGS_MODULE = "cms.settings.production"

    with pytest.raises(CommandError, match="不得装入生产环境"):
        call_command("demo_office", verbosity=0)
