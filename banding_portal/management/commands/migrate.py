"""Migrations are the owner’s work; then the portal’s role gets its rights, and no others."""

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate

from banding_portal.database.owner import as_owner
from banding_portal.database.rights import owns_tables, secure


class Command(migrate.Command):
    help = f"{migrate.Command.help} Then gives the portal’s role its rights, and no others."

    def handle(self, *args: Any, **options: Any) -> None:
        only_looks = options["plan"] or options["check_unapplied"]
        with as_owner() as role:
            if not (only_looks or owns_tables()):
                raise CommandError(
                    "The tables belong to another role than the one of DATABASE_URL. Say who "
                    "owns them in DATABASE_OWNER_URL, for this command alone."
                )
            super().handle(*args, **options)
            if not only_looks:
                secure(role)
