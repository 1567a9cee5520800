#!/usr/bin/env python
"""Runs the portal's management commands."""

import os
import sys


def main() -> None:
    """Run the command of the command line; wrong settings are a sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banding_portal.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 (reads the settings)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
