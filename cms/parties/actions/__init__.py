"""Every write on organizations, people, memberships and sign-in."""
