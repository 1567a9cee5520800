"""Sends one message over https, to the very address that was looked at before (F21)."""

import socket
import ssl
from collections.abc import Collection, Mapping
from http.client import HTTPConnection, HTTPException
from typing import Any

from funding.webhooks.rules import HTTPS, LEFT_OPEN, Target, may_be_reached, problems_of, target_of

SECONDS = 10


class NotDeliveredError(Exception):
    """Raised with a sentence that says why; a later try may do better."""


class Pinned(HTTPConnection):
    """Goes to one address, whatever the name means by the time it connects. It asks no proxy and
    follows no redirect.
    """

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self.target, self.address = target, address

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.target.port), SECONDS)
        if self.target.scheme != HTTPS:
            self.sock = plain
            return
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.target.host)


def post(url: str, body: bytes, headers: Mapping[str, str], allowed: Collection[str]) -> int:
    """Send it; returns the status. Raises NotDeliveredError where none came, or where nothing may
    be sent. What the answer says besides is not read: it is nobody's to see here.
    """
    target = target_of(url)
    if target is None or (problems := list(problems_of(url, allowed))):
        raise NotDeliveredError(problems[0] if target else LEFT_OPEN)
    connection = Pinned(target, address_of(target, allowed))
    try:
        connection.request("POST", target.path, body, dict(headers))
        return connection.getresponse().status
    except ssl.SSLError as problem:
        raise NotDeliveredError("Its certificate does not prove whose server it is.") from problem
    except TimeoutError as problem:
        raise NotDeliveredError(f"It did not answer within {SECONDS} seconds.") from problem
    except (OSError, HTTPException) as problem:
        raise NotDeliveredError("It did not answer.") from problem
    finally:
        connection.close()


def address_of(target: Target, allowed: Collection[str]) -> str:
    try:
        found: Any = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise NotDeliveredError("There is no server of this name.") from problem
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    if not may_be_reached(target.host, addresses, allowed):
        raise NotDeliveredError("Its name leads into a private network, so nothing was sent.")
    return addresses[0]
