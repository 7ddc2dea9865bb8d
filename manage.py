#!/usr/bin/env python
"""Command-line entry of the site."""

import os
import sys


def main() -> None:
    """Run the command; tell a setting that cannot be used in words and end with 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        # Django itself hides a fault of the settings behind "unknown command".
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as error:
        sys.exit(f"[故障] {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
