"""Reminders of a deadline that moves: those sent stay, counted from the new day (R1)."""

from django.db.models import F, Q

from banding.models import Collection

ASIDE = 10_000
"""Away from every offset there is, so that no two are the same for a moment."""


def shift_reminders(collection: Collection, days: int) -> None:
    """Count what was sent from a deadline so many days later, so that each day of the new one
    is due again. Returns with more time keep their own deadline.
    """
    moved = collection.reminders.filter(Q(pupil_return=None) | Q(pupil_return__extended_to=None))
    ids = list(moved.values_list("pk", flat=True))
    collection.reminders.filter(pk__in=ids).update(offset=F("offset") - ASIDE)
    collection.reminders.filter(pk__in=ids).update(offset=F("offset") + (ASIDE - days))
