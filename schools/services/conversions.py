"""Moving what belongs to a closed school to the school, or schools, it became (rules.md S1)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from banding_portal.files.previews import Change
from banding_portal.jobs.locks import one_at_a_time
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import counted, day, lower_first, short_day
from schools.actions.pupils import actions_on_pupils
from schools.actions.register import school_actions
from schools.choices import ImportKind, SchoolStatus
from schools.models import ImportRecord, Membership, Placement, School, User
from schools.oddities import oddities_of_place
from schools.selectors.conversions import (
    Conversion,
    conversion_of,
    placements_left,
    queries_left,
)
from schools.selectors.successors import Successors
from schools.services.following import hold_places, tell_followers
from schools.services.import_records import LOCKS, Written, keep_record
from schools.services.register_records import (
    CarriedPlacements,
    changed_school,
    facts,
    who_is,
)
from schools.services.successors import DAY, carry

QUERY_FACTS = ("school_id",)
ROLE_FACTS = ("user_id", "role", "school_id", "quadrant_id", "started_on", "ended_on")


@dataclass
class Moved:
    """What a conversion moved: rows for its record, and sentences."""

    written: list[Written] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    record: ImportRecord | None = None


@verb
def place_elsewhere(
    *, placements: Iterable[UUID], school: School, since: dt.date | None = None, by: User
) -> Moved:
    """Place pupils of closed schools at another school, from the day after theirs closed.

    `since` is a later first day there. Of placements that are not at a closed school any more
    nothing is done. Kept and undone like an import. Raises RefusalError where none is left, for
    a school that has closed, and where the register has no close date.
    """
    actions_on_pupils(by).require("stranded")
    one_at_a_time(LOCKS[ImportKind.CONVERSION])
    hold_places()
    if school.status == SchoolStatus.CLOSED:
        raise RefusalError(f"{school} has closed as well", field="school")
    stuck = Placement.objects.outlasting().filter(pk__in=placements)
    rows = list(stuck.select_related("pupil", "school").select_for_update(of=("self",)))
    if not rows:
        raise RefusalError("None of these pupils is at a closed school any more")
    for row in rows:
        refuse_first_day(row, since)
    before = CarriedPlacements(stuck)
    carry(rows, school, since)
    pupils = {row.pupil_id for row in rows}
    words = f"{counted(len(pupils), 'pupil')} placed at {school}"
    moved = Moved(before.written(), [f"{words}.", *odd_about(rows, school)])
    tell_followers(pupils, by=by)
    moved.record = keep_record(
        kind=ImportKind.CONVERSION, filename=words[:200], written=moved.written, by=by, job=None
    )
    return moved


def refuse_first_day(row: Placement, since: dt.date | None) -> None:
    """Raises RefusalError for a day before the school closed, and for one to come."""
    closed_on = row.school.closed_on
    if closed_on is None:
        raise RefusalError(f"The register gives no closing date for {row.school}")
    if since and since <= closed_on:
        raise RefusalError(
            f"{row.school} closed on {day(closed_on)}. Its pupils begin on the day after at the "
            "earliest.",
            field="since",
        )
    if since and since > timezone.localdate():
        raise RefusalError(
            "Enter today or an earlier day. Place pupils who start later on their own pages.",
            field="since",
        )


def odd_about(rows: Iterable[Placement], school: School) -> list[str]:
    """What is odd about placing these pupils there, as sentences (S13)."""
    today = timezone.localdate()
    return [
        f"{row.pupil}: {lower_first(odd.sentence)}."
        for row in rows
        for odd in oddities_of_place(row.pupil.date_of_birth, today, None, school, today)
    ]


@verb
def convert_school(
    *,
    school: School,
    pupils: Mapping[UUID, School] | None = None,
    roles: Mapping[UUID, Iterable[School]],
    ends_roles: bool = False,
    by: User,
) -> Moved:
    """Move pupils, roles and the quadrant of a closed school to its successors.

    `pupils` says the school of each after a split; who has none stays for another time. Of one
    successor None says: all. `roles` says, by id of the membership, where somebody gets the
    same role; with `ends_roles` those at the closed school end today. Open returns follow. Kept
    like an import, and undone as one. Raises RefusalError where nothing has to move.
    """
    school_actions(school, by).require("convert")
    one_at_a_time(LOCKS[ImportKind.CONVERSION])
    hold_places()
    conversion = found_now(school)
    moved = Moved()
    move_quadrant(conversion, moved)
    move_roles(conversion, roles, ends_roles, moved)
    move_queries(conversion, moved)
    moved_pupils = move_pupils(conversion, pupils, moved)
    tell_followers(moved_pupils, by=by)
    if not moved.written:
        raise RefusalError("Nothing was chosen to be moved")
    moved.record = keep_record(
        kind=ImportKind.CONVERSION,
        filename=f"{school.name}, closed {day(conversion.school.closed_on)}"[:200],
        written=moved.written,
        by=by,
        job=None,
    )
    return moved


def found_now(school: School) -> Conversion:
    conversion = conversion_of(School.objects.select_related("quadrant").get(pk=school.pk))
    if conversion is None or not conversion.successors:
        raise RefusalError("The register names no open school that took the place of this one")
    if conversion.school.closed_on is None:
        raise RefusalError("The register gives no closing date for this school")
    return conversion


def move_quadrant(conversion: Conversion, moved: Moved) -> None:
    for new in conversion.outside:
        quadrant = conversion.quadrant
        new.quadrant = quadrant
        new.save(update_fields=["quadrant"])
        told = Change(who_is(new), "Quadrant", "none", quadrant.name)
        moved.written.append(changed_school(new, {"quadrant_id": None}, [told]))
        moved.said.append(f"{new} comes into the quadrant {quadrant}.")


def move_roles(
    conversion: Conversion, roles: Mapping[UUID, Iterable[School]], ends: bool, moved: Moved
) -> None:
    """Give each the same role where it was chosen, and end the old one where that is wished."""
    today = timezone.localdate()
    given: dict[School, int] = defaultdict(int)
    held = Membership.objects.current().select_for_update(of=("self",)).select_related("user")
    ended = 0
    for old in held.filter(school=conversion.school).order_by("pk"):
        for new in roles.get(old.pk, ()):
            if new not in conversion.successors:
                raise RefusalError(f"{new} did not take the place of {conversion.school}")
            if give_role(old, new, moved):
                given[new] += 1
        if ends:
            before = facts(old, ROLE_FACTS)
            old.ended_on = today
            old.save(update_fields=["ended_on"])
            moved.written.append(
                role_row(old, conversion.school, before, "held", f"ended {short_day(today)}")
            )
            ended += 1
    for new, count in given.items():
        moved.said.append(f"{counted(count, 'role')} given at {new}.")
    if ended:
        moved.said.append(f"{counted(ended, 'role')} at {conversion.school} end today.")


def move_queries(conversion: Conversion, moved: Moved) -> None:
    """What is not closed passes to the one school it became, with what was merged into it. After
    a split nobody can tell which of them asks: those stay.
    """
    new = conversion.only_successor
    if new is None:
        return
    found = list(queries_left([conversion.school]).select_for_update(of=("self",)))
    for query in found:
        before = facts(query, QUERY_FACTS)
        query.school = new
        query.save(update_fields=["school"])
        told = f"Query of {short_day(query.asked_on)}"
        after = facts(query, QUERY_FACTS)
        old_name = conversion.school.name
        moved.written.append(Written(query, told, "School", old_name, new.name, before, after))
    if found:
        words = "1 query passes" if len(found) == 1 else f"{len(found):,} queries pass"
        moved.said.append(f"{words} to {new}.")


def give_role(old: Membership, new: School, moved: Moved) -> bool:
    """The same role at a successor; False where the person has it there already."""
    made, is_new = Membership.objects.current().get_or_create(
        user=old.user, role=old.role, school=new, quadrant=None, ended_on=None
    )
    if is_new:
        moved.written.append(role_row(made, new, {}, "", f"since {short_day(made.started_on)}"))
    return is_new


def role_row(
    row: Membership, school: School, before: dict[str, object], was: str, is_now: str
) -> Written:
    return Written(
        row=row,
        who=str(row.user),
        what=f"{row.get_role_display()}, {school}",
        old=was,
        new=is_now,
        before=before,
        after=facts(row, ROLE_FACTS),
    )


def move_pupils(
    conversion: Conversion, pupils: Mapping[UUID, School] | None, moved: Moved
) -> set[UUID]:
    """Carry the placements; returns the pupils who moved."""
    stuck = placements_left(conversion.school).select_for_update(of=("self",))
    if pupils is None:
        only = conversion.only_successor
        pupils = {row.pupil_id: only for row in stuck} if only else {}
    before = CarriedPlacements(Placement.objects.filter(pk__in=[row.pk for row in stuck]))
    by_school: dict[School, list[Placement]] = defaultdict(list)
    for row in stuck:
        new = pupils.get(row.pupil_id)
        if new is None:
            continue
        if new not in conversion.successors:
            raise RefusalError(f"{new} did not take the place of {conversion.school}")
        by_school[new].append(row)
    for new, rows in by_school.items():
        carry(rows, new, between=Successors.read().between(conversion.school, new))
        count = counted(len({row.pupil_id for row in rows}), "pupil")
        closed_on = conversion.school.closed_on
        since = f" from {day(closed_on + DAY)}" if closed_on else ""
        moved.said.append(f"{count} placed at {new}{since}.")
    moved.written += before.written()
    return {row.pupil_id for rows in by_school.values() for row in rows}
