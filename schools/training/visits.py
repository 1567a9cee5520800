"""Visits to schools are recorded with the advice given (rules.md R8)."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import School, SchoolVisit, User
from schools.training.actions import actions_on_visits, visit_actions

AHEAD = "The day of the visit must be today or earlier"
NEXT_FIRST = "The next visit must be after this one"
NOT_SEEN = "You can record visits to the schools you look after"


@dataclass(frozen=True)
class Visit:
    """When somebody was at a school, with whom they spoke and what they advised."""

    visited_on: dt.date
    spoke_to: str
    advice: str
    next_on: dt.date | None = None


@verb
def record_visit(*, school: School, visit: Visit, by: User) -> SchoolVisit:
    """Raises RefusalError for a day ahead, or a school the person does not look after."""
    actions_on_visits(by).require("record")
    if not School.objects.visible_to(by).filter(pk=school.pk).exists():
        raise RefusalError(f"{NOT_SEEN}.", field="school")
    check(visit)
    return SchoolVisit.objects.create(school=school, visitor=by, **asdict(visit))


@verb
def change_visit(*, visit: SchoolVisit, to: Visit, by: User) -> SchoolVisit:
    """Put right what one recorded oneself."""
    locked = SchoolVisit.objects.select_for_update().get(pk=visit.pk)
    visit_actions(locked, by).require("change")
    check(to)
    for name, value in asdict(to).items():
        setattr(locked, name, value)
    locked.save(update_fields=list(asdict(to)))
    return locked


def check(visit: Visit) -> None:
    if visit.visited_on > timezone.localdate():
        raise RefusalError(f"{AHEAD}.", field="visited_on")
    if visit.next_on and visit.next_on <= visit.visited_on:
        raise RefusalError(f"{NEXT_FIRST}.", field="next_on")
