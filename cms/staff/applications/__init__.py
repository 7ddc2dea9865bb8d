"""Desk: applications (申请表审核)."""
