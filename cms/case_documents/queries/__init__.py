"""Reads of papers and templates, each within the reader's scope."""
