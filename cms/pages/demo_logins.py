"""The table of demo logins that `make run` prints, one per role."""

from collections.abc import Callable

from cms.parties.models import Membership
from cms.rules.roles import Role

PASSWORD_NOTE = "密码均为 Chengzhuan-2026（仅供演示）"  # noqa: S105  printed on purpose


def has_demo_office() -> bool:
    """Whether the demo office was loaded into this database."""
    return Membership.objects.filter(user__username__startswith="demo-").exists()


def print_logins(say: Callable[[str], object]) -> None:
    """Print login, role and organization of the first demo person of each role."""
    rows = (
        Membership.objects.filter(user__username__startswith="demo-", is_active=True)
        .order_by("role", "user_id")
        .values_list("user__username", "role", "organization__name")
    )
    seen: set[str] = set()
    say(f"演示账号（{PASSWORD_NOTE}）：")
    for login, role, organization in rows:
        if role not in seen:
            seen.add(role)
            say(f"  {login:<18}{Role(role).label}　{organization}")
