"""A forgotten password: a link by e-mail, good once and for one hour."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.db import transaction
from django.utils.encoding import force_bytes, force_str
from django.utils.http import (
    base36_to_int,
    urlsafe_base64_decode,
    urlsafe_base64_encode,
)

from cms.core import evidence
from cms.core.actors import ANONYMOUS
from cms.core.locks import writing
from cms.parties.actions.accounts import change_password
from cms.parties.models import User
from cms.parties.queries import get_actor

VALID = timedelta(hours=1)
_SUBJECT = "成转：找回密码"
_TEXT = """您好，

有人请求为登录名 {username} 重新设置密码。
请在一小时内打开下面的链接设置，链接只能使用一次：

{link}

不是您本人操作的，不必理会，密码不会改变。
"""


class RecoveryTokens(PasswordResetTokenGenerator):
    """Tokens that a new password, a new e-mail or a sign-in makes void."""

    key_salt = "cms.parties.actions.recovery"

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether the token is the user's and younger than an hour."""
        if not (user and token and super().check_token(user, token)):
            return False
        made = base36_to_int(token.partition("-")[0])
        age = self._num_seconds(self._now()) - made  # type: ignore[attr-defined]
        return bool(age < VALID.total_seconds())


_tokens = RecoveryTokens()


@writing()
def request_recovery(
    email: str, *, link_of: Callable[[str, str], str], at: datetime
) -> None:
    """Send a link to each active account that keeps this e-mail; tell nobody whether.

    `link_of(uid, token)` gives the address. The mail goes out after the commit.
    """
    for user in User.objects.filter(email__iexact=email, is_active=True):
        if not (user.email and user.has_usable_password()):
            continue
        uid = urlsafe_base64_encode(force_bytes(user.pk))
        link = link_of(uid, _tokens.make_token(user))
        evidence.record("user.recovery_requested", user, {}, by=ANONYMOUS, at=at)
        text = _TEXT.format(username=user.username, link=link)
        send = partial(send_mail, _SUBJECT, text, None, [user.email])
        # robust: a mail server that is down must not tell which accounts there are.
        transaction.on_commit(send, robust=True)


def find_recovering(uid: str, token: str) -> User | None:
    """Return the person to whom a link belongs that still holds, or None."""
    try:
        pk = int(force_str(urlsafe_base64_decode(uid)))
    except (ValueError, OverflowError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if _tokens.check_token(user, token) else None


@writing()
def recover_password(user: User, password: str, *, at: datetime) -> None:
    """Set the new password of a person who came by a link that holds."""
    change_password(user, password, by=get_actor(user), at=at)
    evidence.record("user.password_recovered", user, {}, by=get_actor(user), at=at)
