"""Helps an administrator who has lost the second factor, where nobody else can."""

from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand
from schools.management.people import person
from schools.models import User
from schools.services.accounts import mail_about_reset, reset_on_the_server


class Command(PortalCommand):
    help = "Take away an administrator’s second factor; they sign in and set up another."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("administrator", metavar="EMAIL", type=person)

    def handle(self, *, administrator: User, **options: Any) -> None:
        user = reset_on_the_server(person=administrator)
        mailed = was_told(user)
        self.done(
            {"email": user.email, "mailed": mailed},
            f"{user.name} signs in with the password and sets up a new second factor. They are "
            "signed out everywhere. "
            + ("They were told by email." if mailed else "No email could be sent; tell them."),
        )


def was_told(user: User) -> bool:
    try:
        mail_about_reset(person=user, by=None)
    except OSError:
        return False
    return True
