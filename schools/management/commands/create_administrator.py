"""Makes the first administrators of an installation, who then invite everybody else.

Two of them give the roles of weight (rules.md S16).
"""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from banding_portal.commands import PortalCommand
from banding_portal.roles import Role
from schools.models import User
from schools.services.people import create_administrator, invitation_token, mail_link


class Command(PortalCommand):
    help = "Make an administrator and print the link to choose a password; it is mailed as well."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", required=True)

    def handle(self, *, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
            user = invited_before(email)
            created = user is None
            user = user or create_administrator(email=email, name=name)
        except ValidationError:
            self.refuse([f"{email} is not an email address."])
        mailed = was_mailed(user)
        path = reverse("schools:invitation", args=[invitation_token(user)])
        link = urljoin(settings.PORTAL_URL, path)
        days = settings.INVITATION_DAYS
        self.done(
            {"email": user.email, "created": created, "mailed": mailed, "link": link},
            f"{user.name} can choose a password here, once and within {days} days:\n{link}\n"
            + ("The link was mailed as well." if mailed else "It could not be mailed; pass it on."),
        )


def invited_before(email: str) -> User | None:
    """An administrator invited before who never chose a password; they get a new link."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None or user.has_usable_password() or not user.has_role(Role.ADMINISTRATOR):
        return None
    return user


def was_mailed(user: User) -> bool:
    try:
        mail_link(user)
    except OSError:
        return False
    return True
