"""Which messages a page showed, as its form sends them back."""

from contextlib import suppress
from uuid import UUID

from django.http import QueryDict

SHOWN = "marks"


def shown_marks(sent: QueryDict) -> list[str]:
    """The ids that are any; so a page that is older than a message says nothing of it."""
    found = []
    for text in sent.get(SHOWN, "").split(","):
        with suppress(ValueError):
            found.append(str(UUID(text)))
    return found
