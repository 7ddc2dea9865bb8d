"""Signed copies in the room: upload, progress, comparison, filing, lists (AS-09)."""
