#!/usr/bin/env python
"""Command-line entry of the site."""

import os
import sys

NO_TABLES = (
    "[故障] 数据库：尚未建立或没有升级，请先运行 make run 或 manage.py migrate。"
)


def main() -> None:
    """Run the command; tell in words what keeps it from running, and end with 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        # Django itself hides a fault of the settings behind "unknown command".
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as error:
        sys.exit(f"[故障] {error}")
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError) as error:
        # SQLite says it in words, PostgreSQL in a class of its own (42P01).
        is_missing = "no such table" in str(error)
        if is_missing or type(error.__cause__).__name__ == "UndefinedTable":
            sys.exit(NO_TABLES)
        raise


if __name__ == "__main__":
    main()
