"""The admin's scripts are served with our translations."""

import json

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
def test_admin_scripts_get_our_translations(admin_client: Client) -> None:
    response = admin_client.get(reverse("wagtailadmin_javascript_catalog"))

    assert json.dumps("正在自动保存…") in response.content.decode()
