"""Who moves on in September, and who may be coming (rules.md S6, S7, B6)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from banding.choices import TransferState
from banding.models import Transfer
from banding.transfers.rules import moving_year
from banding_portal.roles import SENCO
from schools.models import Placement, Pupil, User
from schools.register_rules import academic_year_of


@dataclass(frozen=True)
class MovingOn:
    """A placement that ends with its school's last year group, and the school named, if any."""

    placement: Placement
    year: int
    transfer: Transfer | None = None

    @property
    def pupil(self) -> Pupil:
        return self.placement.pupil

    @property
    def has_moved(self) -> bool:
        """Whether that September has come."""
        return dt.date(self.year, 9, 1) <= timezone.localdate()

    def words(self) -> str:
        """What it may be found by."""
        named = self.transfer.to_school if self.transfer else ""
        return f"{self.pupil} {self.placement.school} {named}"


def year_of(placement: Placement) -> int | None:
    """The September in which the pupil moves on from there; None for who does not."""
    school, pupil = placement.school, placement.pupil
    ages = (school.low_age, school.high_age)
    today = timezone.localdate()
    return moving_year(pupil.year_group_on, ages, placement.start, placement.end, today)


def moving_on_from(schools: Collection[UUID]) -> list[MovingOn]:
    """Those who reach the end of these schools this academic year, or did last summer, with the
    newest answer for each. Two queries.
    """
    last_summer = dt.date(academic_year_of(timezone.localdate()), 8, 31)
    placed = Placement.objects.since(last_summer).filter(school__in=schools)
    found = [
        (placement, year)
        for placement in placed.select_related("pupil", "school").order_by(
            "school__name", "pupil__surname", "pupil__forename"
        )
        if (year := year_of(placement)) and not placement.pupil.merged_into_id
    ]
    named = Transfer.objects.filter(from_school__in=schools).select_related("to_school", "pupil")
    latest = {(each.pupil_id, each.year): each for each in named.order_by("named_at")}
    return [
        MovingOn(placement, year, latest.get((placement.pupil_id, year)))
        for placement, year in found
    ]


def arrivals_of(user: User) -> QuerySet[Transfer]:
    """Pupils for whom the person's schools are named; those to be answered first."""
    seen = Transfer.objects.coming_to(user).select_related("pupil", "from_school", "to_school")
    return seen.order_by("state", "-year", "pupil__surname", "pupil__forename")


def to_confirm(user: User) -> QuerySet[Transfer]:
    own = user.school_ids_as(*SENCO)
    return Transfer.objects.filter(to_school__in=own, state=TransferState.ASKED)
