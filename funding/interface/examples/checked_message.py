"""Checks that a message about a published run comes from the portal. Needs Python 3.9 alone.

`key` is the one the portal showed; `signature` the header Portal-Signature; `body` the bytes as
they came.
"""

import hashlib
import hmac
import time

FIVE_MINUTES = 300


def is_from_portal(key: str, signature: str, body: bytes) -> bool:
    parts = dict(part.split("=", 1) for part in signature.split(","))
    if abs(time.time() - int(parts["t"])) > FIVE_MINUTES:
        return False
    expected = hmac.new(key.encode(), parts["t"].encode() + b"." + body, hashlib.sha256)
    return hmac.compare_digest(expected.hexdigest(), parts["v1"])
