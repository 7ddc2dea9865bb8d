"""Catalogue pages (成果目录): list, filters, detail, a unit's own achievements."""
