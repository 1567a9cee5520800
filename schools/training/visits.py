"""Visits to schools are recorded with the advice given (rules.md R8)."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import School, SchoolVisit, User
from schools.training.actions import actions_on_visits, visit_actions
from schools.training.rules import problems_of_days

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
    check(visit, school)
    return SchoolVisit.objects.create(school=school, visitor=by, **asdict(visit))


@verb
def change_visit(*, visit: SchoolVisit, to: Visit, by: User) -> SchoolVisit:
    """Put right what one recorded oneself."""
    locked = SchoolVisit.objects.select_for_update().get(pk=visit.pk)
    visit_actions(locked, by).require("change")
    check(to, locked.school)
    for name, value in asdict(to).items():
        setattr(locked, name, value)
    locked.save(update_fields=list(asdict(to)))
    return locked


def check(visit: Visit, school: School) -> None:
    opened = school.opened_on
    problems = problems_of_days(visit.visited_on, visit.next_on, timezone.localdate(), opened)
    for field, problem in problems.items():
        raise RefusalError(f"{problem}.", field=field)
