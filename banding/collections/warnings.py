"""What somebody who opens a collection should know first, asked of every app (B4)."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.utils.module_loading import import_string

from banding.models import Framework


def warnings_of(framework: Framework, sectors: Sequence[str], day: dt.date) -> list[str]:
    """Sentences of the functions that the setting OPENING_WARNINGS names."""
    return [
        sentence
        for path in settings.OPENING_WARNINGS
        for sentence in import_string(path)(framework, sectors, day)
    ]
