"""Desk: demands, calls and events (需求审核)."""
