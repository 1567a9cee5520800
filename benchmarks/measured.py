"""`python -m benchmarks.measured DATABASE COMMAND …`: a command of the portal on that database."""

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banding_portal.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    name, command, *rest = sys.argv[1:]
    settings.DATABASES["default"]["NAME"] = name
    call_command(command, *rest)


if __name__ == "__main__":
    main()
