"""Signing in by the form."""

from django.test import Client

from tests.factories.parties import PASSWORD

LOGIN = "/account/login/"


def sign_in(client: Client, username="known", password=PASSWORD, **more):
    """Post login name and password."""
    return client.post(LOGIN, {"username": username, "password": password, **more})
