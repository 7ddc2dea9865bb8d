"""Parties (主体与人员): organizations, users, memberships, real-name checks, sign-in."""
