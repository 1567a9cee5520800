"""Rolling over to a new academic year on 1 September (rules.md S7)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from banding.roll_over.selectors import PhaseLeaver, phase_leavers
from schools.models import Placement
from schools.register_rules import academic_year_name
from schools.services.following import hold_places, tell_followers

BATCH = 2_000


@dataclass(frozen=True)
class RollOver:
    """Who leaves and who stays on; only leavers' placements are ended."""

    new_year: int
    leavers: list[PhaseLeaver]
    staying: list[PhaseLeaver]

    @property
    def last_day(self) -> dt.date:
        return dt.date(self.new_year, 8, 31)

    @property
    def name(self) -> str:
        return academic_year_name(self.new_year)


def preview_roll_over(new_year: int) -> RollOver:
    """What rolling over to the academic year beginning in `new_year` would do; writes nothing."""
    found = phase_leavers(new_year)
    return RollOver(
        new_year,
        leavers=[each for each in found if not each.stays],
        staying=[each for each in found if each.stays],
    )


@transaction.atomic
def roll_over(new_year: int) -> RollOver:
    """End the placements of phase leavers on 31 August.

    Doing it again finds only who has been added since, so that it may be repeated.
    """
    hold_places()
    last_day = dt.date(new_year, 8, 31)
    # Read for the locks alone, in one order, so that two at once cannot block each other.
    list(Placement.objects.select_for_update().since(last_day).order_by("pk").values_list("pk"))
    found = preview_roll_over(new_year)
    ids = [each.placement.pk for each in found.leavers]
    for at in range(0, len(ids), BATCH):
        Placement.objects.filter(pk__in=ids[at : at + BATCH]).update(end=last_day)
    tell_followers({each.placement.pupil_id for each in found.leavers}, by=None)
    return found
