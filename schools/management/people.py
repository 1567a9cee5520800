"""People as arguments of commands."""

import argparse

from schools.models import User


def person(email: str) -> User:
    """For `type=`: wrong usage (exit 2) when nobody has this email address."""
    found = User.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise argparse.ArgumentTypeError(f"Nobody has the email address {email}.")
    return found
