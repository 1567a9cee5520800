"""Where a message may go, how it is signed, when it is tried again (F21). Pure."""

import datetime as dt
import hashlib
import hmac
import ipaddress
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

HTTPS, HTTP = "https", "http"
PORTS = {HTTPS: 443, HTTP: 80}
WAITS = tuple(dt.timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720, 1440))
"""After the first try that failed, the second, and so on; after as many tries and one it is given
up."""
MOST_TRIES = len(WAITS) + 1
LEFT_OPEN = "The address has to be one on the internet, or its host among those allowed."


@dataclass(frozen=True, slots=True)
class Target:
    """An address in its parts."""

    scheme: str
    host: str
    port: int
    path: str


def target_of(url: str) -> Target | None:
    """None where it is no address of a web server, or holds what no such address needs."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or parts.fragment:
        return None
    if parts.username is not None or parts.password is not None or not url.isascii():
        return None
    if any(each.isspace() or ord(each) < ord("!") for each in url):
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname.lower(), port or PORTS[parts.scheme], path)


def problems_of(url: str, allowed: Collection[str]) -> Iterator[str]:
    """Sentences why nothing may be sent there; `allowed` are hosts that the installation names."""
    target = target_of(url)
    if target is None:
        yield "Enter an address like https://finance.example.gov.uk/portal"
    elif target.host in allowed:
        return
    elif target.scheme != HTTPS:
        yield "The address has to begin with https://"
    elif is_number(target.host) or "." not in target.host:
        yield "Give the host by its full name, like finance.example.gov.uk"


def is_number(host: str) -> bool:
    """Whether a host is given as an IP address, however it is written."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # 0x7f.1, 2130706433 and the like, which some resolvers take for an address.
        return all(part.isdigit() or part.startswith("0x") for part in host.split("."))
    return True


def may_be_reached(host: str, found: Iterable[str], allowed: Collection[str]) -> bool:
    """Whether a message to a host may go to the addresses its name was looked up as: to every one
    or none, so that no name of the outside leads into the authority's own network.
    """
    addresses = [ipaddress.ip_address(each) for each in found]
    return bool(addresses) and (host in allowed or all(map(is_outside, addresses)))


def is_outside(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None:
        address = inner
    return address.is_global and not address.is_multicast


def sign(key: str, at: int, body: bytes) -> str:
    """The header by which the finance system knows that a message is the portal's and how old it
    is: seconds since 1970, and the HMAC-SHA256 of these, a dot and the message.
    """
    signed = hmac.new(key.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"


def next_try(tries: int, now: dt.datetime) -> dt.datetime | None:
    """When it is tried again after so many tries that failed; None where it is given up."""
    return now + WAITS[tries - 1] if tries < MOST_TRIES else None
