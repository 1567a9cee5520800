"""Putting right until when a school was in a sector; the register says that it is not (S11)."""

import datetime as dt

from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day as in_words
from schools.actions.register import sector_actions
from schools.choices import SectorChange
from schools.models import FormerSector, School, User
from schools.models.history import DAY


@verb
def correct_sector(
    *, former: FormerSector, what: str, since: dt.date | None = None, by: User
) -> None:
    """The school changed its sector on the day `since`, or was never in the former one.

    The next run adjusts what was published. Raises RefusalError for a day that cannot be.
    """
    School.objects.select_for_update(no_key=True).get(pk=former.school_id)
    row = FormerSector.objects.filter(pk=former.pk).first()
    if row is None:
        raise RefusalError("Somebody has removed it in the meantime")
    sector_actions(row, by).require("correct")
    if what == SectorChange.NEVER:
        row.delete()
        return
    if since is None:
        raise RefusalError("Enter the day on which the sector changed", field="since")
    check_since(row, since)
    row.until = since - DAY
    row.save(update_fields=["until"])


def check_since(row: FormerSector, since: dt.date) -> None:
    if since > timezone.localdate():
        raise RefusalError("The day must not be in the future", field="since")
    span = sorted([row.until, since - DAY])
    others = FormerSector.objects.filter(school=row.school_id, until__range=span)
    other = others.exclude(pk=row.pk).first()
    if other:
        changed = f"The sector changed on {in_words(other.until + DAY)} too"
        raise RefusalError(f"{changed}, so the order would change", field="since")
