"""What of a sent form is kept: what people typed or chose, never a password or a token."""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.crypto import salted_hmac

from banding_portal.refusals import RefusalError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, QueryDict
    from django.utils.datastructures import MultiValueDict

MOST = 400_000
"""Characters of one address, names and all: the grid of 1,000 pupils with a reason each."""
WISH, KEEP, DISCARD = "typed", "keep", "discard"
"""Name and values of the input that asks to keep what the form holds, or to forget it."""
TAB = "typed-in"
"""Name of the inputs by which the script tells one tab from another: the page’s own last, before it
that of the text it was shown.
"""
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (a name)
PERSON = "typed-by"
"""Name of the input by which the script says whose page it is (holding.mark_of)."""
NOT_TYPED = re.compile(r"^(do|choose|version|started|marks|before|seen|confirm|from)$|-was$|-last$")
"""Inputs that no person fills in: alone they are nothing to keep."""
SECRET = re.compile("csrf|passw|token|credential", re.IGNORECASE)
"""Names that are never kept, whatever page they stand on; pages that ask for one keep nothing."""
ABOUT, LONGEST = "page", 300
"""Name of the parameter that says which page a form is about; characters an address may have."""
TOO_LONG = "What you sent was too long to be kept. Go back in your browser to copy it."
"""Where the page that had it is not the page shown next."""
Typed = Mapping[str, list[str]]


class TooMuchTypedError(RefusalError):
    """Raised where a text is too long to be kept by itself."""

    def __init__(self) -> None:
        super().__init__("This is too long to be saved by itself. Save it with the button.")


def typed_in(data: "QueryDict") -> Typed:
    """Names and values to keep; raises TooMuchTypedError. Empty where nothing is filled in."""
    found = {
        name: [str(value) for value in values]
        for name, values in data.lists()
        if name not in (WISH, PERSON) and not SECRET.search(name)
    }
    if TAB in found:
        found[TAB] = found[TAB][-1:]
    if sum(len(name) + sum(map(len, values)) for name, values in found.items()) > MOST:
        raise TooMuchTypedError
    filled = {name for name, values in found.items() if any(values)}
    return found if any(name != TAB and not NOT_TYPED.search(name) for name in filled) else {}


def address_of(request: "HttpRequest") -> str:
    """Where text is kept: without filters, but with the page that the form is about, so that what
    was typed about one pupil never fills the form about another.
    """
    about = request.GET.get(ABOUT, "")
    address = f"{request.path}?{urlencode({ABOUT: about})}"
    return address if about.startswith("/") and len(address) <= LONGEST else request.path


def digest_of(path: str, data: "QueryDict", files: "MultiValueDict[str, UploadedFile]") -> str:
    """Tells what was sent from anything else, without keeping a word of it."""
    sent = [(name, values) for name, values in data.lists() if name not in (TOKEN, TAB, PERSON)]
    attached = [(name, [(f.name, f.size) for f in each]) for name, each in files.lists()]
    return salted_hmac(path, json.dumps([sent, attached]), algorithm="sha256").hexdigest()
