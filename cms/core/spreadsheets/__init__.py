"""Workbooks (Excel) in and out: safe writer, template writer, strict reader."""
