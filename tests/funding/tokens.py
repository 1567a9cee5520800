"""A token of a finance system, and what it opens, for tests."""

import datetime as dt

from django.test import Client
from django.utils import timezone

from funding.interface.services import make_token


def a_token(owner, scope="upns", name="Ledger", days=30):
    """The token and its secret."""
    until = timezone.localdate() + dt.timedelta(days=days)
    return make_token(name=name, scope=scope, expires_on=until, by=owner)


def get(address, secret, **headers):
    return Client().get(address, headers={"Authorization": f"Bearer {secret}", **headers})
