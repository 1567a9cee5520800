"""Amounts agreed beside a band (rules.md B11)."""

from typing import Any

from django.db.models import QuerySet

from banding.choices import RequestState
from banding.models import ExceptionalRequest


def agreed_amounts() -> QuerySet[ExceptionalRequest]:
    """What funding pays beside the bands' values."""
    return ExceptionalRequest.objects.filter(state=RequestState.AGREED)


def agreed_for(pupil: Any) -> QuerySet[ExceptionalRequest]:
    """Amounts agreed for a pupil, the one that begins last first."""
    return agreed_amounts().filter(return_pupil__pupil=pupil).order_by("-starts_on")
