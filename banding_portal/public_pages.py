"""What else everybody may read, in the footer of every page; asked anew each minute.

The setting PUBLIC_PAGES names functions of the apps, each giving the pages that are there today.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

KEPT = 60
"""Seconds for which a process remembers the answer, so that no page asks by itself."""


@dataclass(frozen=True)
class PublicPage:
    words: str
    url: str


class Known:
    """What this process was last told."""

    until = 0.0
    pages: Sequence[PublicPage] = ()


def public_pages() -> Sequence[PublicPage]:
    if time.monotonic() >= Known.until:
        Known.pages = [page for path in settings.PUBLIC_PAGES for page in import_string(path)()]
        Known.until = time.monotonic() + KEPT
    return Known.pages
