"""How many wrong passwords are taken, and from whom (decision 0015).

In a browser the person has signed in with, their own mistakes alone count. Elsewhere mistakes
count by person and address, by person from everywhere, and by address. A right password is not
counted.
"""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from banding_portal.sign_in.browsers import known_mark

APP = "banding_portal.sign_in"
RATES = {
    "known_browser": "10/5m/key",
    "person_and_address": "5/5m/key",
    "person": "100/1h/key",
    "address": "60/10m/ip",
}


class Tries:
    """One try to sign in: `refused` after too many; to `forget` where it was right."""

    def __init__(self, request: HttpRequest, email: str) -> None:
        self.request, self.counted, self.refused = request, [], False
        for action, key in keys_of(request, email).items():
            usage = ratelimit.consume(request, app=APP, action=action, config=RATES, key=key)
            if usage is None:
                self.refused = True
                self.forget()
                return
            self.counted.append(usage)

    def forget(self) -> None:
        for usage in self.counted:
            usage.rollback()


def keys_of(request: HttpRequest, email: str) -> dict[str, str]:
    """What a wrong password counts against."""
    person = email.strip().lower()
    if mark := known_mark(request, email):
        return {"known_browser": f"{person}|{mark}"}
    address = ratelimit.get_ip(request)
    return {"person_and_address": f"{person}|{address}", "person": person, "address": ""}
