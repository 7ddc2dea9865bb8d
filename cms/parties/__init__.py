"""Parties (主体与人员): organizations, people, memberships, sign-in."""
