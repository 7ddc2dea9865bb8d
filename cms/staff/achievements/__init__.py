"""Desk: achievements (成果审核)."""
