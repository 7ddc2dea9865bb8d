"""Who acts: a person with roles in organizations, or the system itself."""

from dataclasses import dataclass, field

from cms.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request, with all active memberships.

    `memberships` holds (organization id, role) pairs; `name` is what the
    evidence log shows.
    """

    user_id: int | None
    name: str
    memberships: frozenset[tuple[int, Role]] = field(default_factory=frozenset)
    is_verified: bool = False

    @property
    def person_id(self) -> int:
        """The account's id, for what only a signed-in person may do.

        Raises:
            LookupError: the public and the system have no account.
        """
        if self.user_id is None:
            raise LookupError(f"{self.name} has no account")
        return self.user_id

    @property
    def roles(self) -> frozenset[Role]:
        """All roles held in any organization."""
        return frozenset(role for _, role in self.memberships)

    def roles_in(self, organization_id: int | None) -> frozenset[Role]:
        """Roles held in one organization."""
        return frozenset(
            role for owner, role in self.memberships if owner == organization_id
        )

    def organizations_as(self, *roles: Role) -> frozenset[int]:
        """Ids of the organizations in which one of `roles` is held."""
        return frozenset(owner for owner, role in self.memberships if role in roles)

    def has(self, *roles: Role) -> bool:
        """Whether any of `roles` is held in any organization."""
        return bool(self.roles & frozenset(roles))


ANONYMOUS = Actor(user_id=None, name="公众")
SYSTEM = Actor(
    user_id=None,
    name="系统",
    memberships=frozenset({(0, Role.SYSTEM)}),
    is_verified=True,
)
