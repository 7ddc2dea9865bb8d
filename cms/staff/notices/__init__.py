"""Desk: notices (公示审查)."""
