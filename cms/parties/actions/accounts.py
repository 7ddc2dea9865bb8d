"""A person's own account: password, activation, real-name data."""

from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.parties.models import User
from cms.rules.identifiers import check_identity_number, check_mobile
from cms.rules.violations import RuleViolation


@writing()
def change_password(user: User, password: str, *, by: Actor, at: datetime) -> None:
    """Set a new password; sessions opened with the old one end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    evidence.record("user.password_changed", user, {}, by=by, at=at)


@writing()
def save_personal_data(
    user: User,
    *,
    phone: str,
    identity_number: str,
    email: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Keep a person's own phone and identity number, encrypted, and the e-mail.

    An empty text leaves what is there; the evidence names the fields only.

    Raises:
        RuleViolation: E-ID-02, E-ID-05.
    """
    changed = []
    if phone:
        user.phone = check_mobile(phone, field="phone")
        changed.append("phone")
    if identity_number:
        user.identity_number = check_identity_number(
            identity_number, today=at.date(), field="identity_number"
        )
        changed.append("identity_number")
    if email:
        user.email = email
        changed.append("email")
    if not changed:
        return
    user.save(update_fields=changed)
    evidence.record("user.personal_data_saved", user, {"fields": changed}, by=by, at=at)


def create_user(username: str, full_name: str, *, at: datetime) -> User:
    """Create a person who cannot sign in before a password is set.

    Raises:
        RuleViolation: E-PA-09, whatever the reason.
    """
    user = User(username=username, full_name=full_name, date_joined=at)
    user.set_unusable_password()
    if User.objects.filter(username__iexact=username).exists():
        raise RuleViolation("E-PA-09", field="username")
    try:
        with writing():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise RuleViolation("E-PA-09", field="username") from error
    return user


def activation_parts(user: User) -> tuple[str, str]:
    """Return id and token of the link by which a person sets a password, once."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return uid, default_token_generator.make_token(user)
