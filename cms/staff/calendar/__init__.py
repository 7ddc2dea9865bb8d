"""Desk: working-day calendar (工作日历)."""
