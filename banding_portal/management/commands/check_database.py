"""`check_database`: whether the database defends itself."""

from typing import Any

from banding_portal.commands import PortalCommand
from banding_portal.database.checking import problems_of_database


class Command(PortalCommand):
    help = (
        "Says what is wrong with the rights of the portal’s role, with triggers and with what "
        "PostgreSQL logs. Changes nothing; ends with 1 where something is wrong."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if problems := problems_of_database():
            self.refuse(problems)
        self.done({"problems": []}, "The rights of the portal’s role are as they should be.")
