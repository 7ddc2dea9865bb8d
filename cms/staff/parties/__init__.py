"""Desk: organizations (主体核验)."""
