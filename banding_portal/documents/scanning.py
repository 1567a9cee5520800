"""Asking the virus scanner of the authority, clamd, where one is set up (setting CLAMD_URL)."""

import io
from enum import Enum
from urllib.parse import urlsplit

import structlog
from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

log = structlog.get_logger()
SECONDS = 20
EICAR = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!"
"""In two parts, so that no scanner takes this file for the test itself."""


class Scan(Enum):
    """What came of a scan. `AWAY`: nobody could say; it is asked again."""

    CLEAN = "clean"
    INFECTED = "infected"
    AWAY = "away"


def scan(content: bytes) -> Scan:
    """Without a scanner everything passes but what every scanner is tested with; one that does not
    answer passes nothing.
    """
    if not settings.CLAMD_URL:
        return Scan.INFECTED if EICAR in content else Scan.CLEAN
    try:
        answers = client().instream(io.BytesIO(content))
    except (ClamdError, OSError) as problem:
        log.warning("scanner_away", problem=type(problem).__name__)
        return Scan.AWAY
    status, _ = answers.get("stream", ("ERROR", None))
    return {"OK": Scan.CLEAN, "FOUND": Scan.INFECTED}.get(status, Scan.AWAY)


def client() -> ClamdNetworkSocket:
    url = urlsplit(settings.CLAMD_URL)
    if url.scheme == "unix":
        return ClamdUnixSocket(url.path, timeout=SECONDS)
    return ClamdNetworkSocket(url.hostname or "", url.port or 3310, timeout=SECONDS)
