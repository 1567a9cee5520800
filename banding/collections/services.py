"""Opening a collection and keeping its lists of pupils (rules.md B6, B7)."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from banding.choices import OPEN_STATES, CollectionKind
from banding.models import Collection, Framework, Return, ReturnPupil
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day
from schools.choices import PlanType, Sector
from schools.models import Placement, Plan, User

SLUG = re.compile(r"[a-zA-Z0-9_-]{1,40}")
LONGEST_NAME = 120


@dataclass(frozen=True)
class Roll:
    """Whom a collection asks about: plan type by pupil, by school."""

    by_school: dict[UUID, dict[UUID, str]]

    @property
    def schools(self) -> int:
        return len(self.by_school)

    @property
    def pupils(self) -> int:
        return sum(len(pupils) for pupils in self.by_school.values())


@verb
def open_collection(
    *,
    code: str,
    name: str,
    kind: str,
    framework: Framework,
    sectors: Sequence[str],
    reference_date: dt.date,
    opens_on: dt.date,
    deadline: dt.date,
    by: User | None = None,
) -> Collection:
    """Make a collection and a return for every school of the sectors that has pupils on it.

    Raises RefusalError with every problem.
    """
    problems = [
        *problems_with_names(code, name, kind),
        *problems_to_open(framework, sectors, reference_date, opens_on, deadline),
    ]
    if problems:
        raise RefusalError(*problems)
    collection, is_new = Collection.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "kind": kind,
            "framework": framework,
            "sectors": list(sectors),
            "reference_date": reference_date,
            "opens_on": opens_on,
            "deadline": deadline,
        },
    )
    if not is_new:
        raise RefusalError(code_taken(code))
    sync_return_pupils(collection, by=by)
    return collection


def code_taken(code: str) -> str:
    return f"There is a collection with the code {code} already."


def problems_with_names(code: str, name: str, kind: str) -> list[str]:
    """What speaks against a collection called so, as sentences."""
    problems = []
    if not SLUG.fullmatch(code):
        problems.append(
            "The code is 1 to 40 letters, digits, hyphens and underscores, like autumn-2026."
        )
    elif Collection.objects.filter(code=code).exists():
        problems.append(code_taken(code))
    if not name.strip() or len(name) > LONGEST_NAME:
        problems.append(f"The name has 1 to {LONGEST_NAME} characters.")
    if kind not in CollectionKind.values:
        problems.append(f"A collection is {' or '.join(CollectionKind.values)}, not “{kind}”.")
    return problems


def problems_to_open(
    framework: Framework | None,
    sectors: Sequence[str],
    reference_date: dt.date,
    opens_on: dt.date,
    deadline: dt.date,
) -> list[str]:
    """What speaks against these sectors, days and framework, as sentences."""
    problems = []
    unknown = [sector for sector in sectors if sector not in Sector.values]
    if unknown or not sectors:
        listed = ", ".join(unknown) or "none"
        problems.append(f"Sectors are {', '.join(Sector.values)}. You gave {listed}.")
    if deadline < opens_on:
        problems.append(f"The deadline, {day(deadline)}, is before the opening, {day(opens_on)}.")
    if framework and framework.effective_from > reference_date:
        start = day(framework.effective_from)
        problems.append(f"{framework} starts on {start}, after the reference date.")
    return problems


@verb
def sync_return_pupils(collection: Collection, *, by: User | None = None) -> int:
    """Add pupils who are on roll by now to the returns still open; returns how many were added.

    Nobody is taken off: absence is never a leaver (B5), the school accounts for who is gone.
    """
    roll = roll_of(
        collection.framework, collection.sectors, collection.reference_date, timezone.localdate()
    )
    Return.objects.bulk_create(
        (Return(collection=collection, school_id=school) for school in roll.by_school),
        ignore_conflicts=True,
    )
    found = collection.returns.select_for_update(of=("self",)).filter(state__in=OPEN_STATES)
    before = ReturnPupil.objects.filter(pupil_return__collection=collection).count()
    ReturnPupil.objects.bulk_create(
        (
            ReturnPupil(pupil_return=pupil_return, pupil_id=pupil, plan_type=plan_type)
            for pupil_return in found
            for pupil, plan_type in roll.by_school.get(pupil_return.school_id, {}).items()
        ),
        ignore_conflicts=True,
        batch_size=2000,
    )
    return ReturnPupil.objects.filter(pupil_return__collection=collection).count() - before


def roll_of(
    framework: Framework, sectors: Sequence[str], reference_date: dt.date, today: dt.date
) -> Roll:
    """Pupils placed on the reference date or since (B6) with a plan the framework covers.

    Of two plans in that time an EHCP goes before SEN Support. Placements and plans that start
    after both days are not there yet.
    """
    known_by = max(reference_date, today)
    plans: dict[UUID, str] = {}
    covered = Plan.objects.since(reference_date).filter(
        start__lte=known_by, plan_type__in=framework.plan_types
    )
    for pupil, plan_type in covered.values_list("pupil", "plan_type"):
        if plans.get(pupil) != PlanType.EHCP:
            plans[pupil] = plan_type
    by_school: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    placed = Placement.objects.since(reference_date).filter(
        start__lte=known_by, school__sector__in=sectors
    )
    for school, pupil in placed.values_list("school", "pupil"):
        if pupil in plans:
            by_school[school][pupil] = plans[pupil]
    return Roll(dict(by_school))
