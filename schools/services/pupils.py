"""Maintaining pupils, their placements and plans. The audit trail keeps each change."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.actions.pupils import (
    actions_on_pupils,
    placement_actions,
    plan_actions,
    pupil_actions,
)
from schools.choices import FactChange
from schools.facts import changed_facts, facts_of
from schools.matching import IDENTITY
from schools.models import Placement, Plan, Pupil, School, User
from schools.register_rules import academic_year_of
from schools.selectors.matches import identity_of, matches_for, matches_of_changed
from schools.services.answers import refuse_unanswered, tell_apart
from schools.services.following import hold_places, tell_followers
from schools.services.history import always_true, refuse_day, true_from
from schools.services.periods import check_order, refuse_birth, refuse_impossible, refuse_same

DAY = dt.timedelta(days=1)


@verb
def create_pupil(
    *,
    year_group: int | None = None,
    today: dt.date,
    apart_from: Collection[UUID] = (),
    why_apart: str = "",
    by: User,
    **fields: Any,
) -> Pupil:
    """Add a pupil. `year_group`, where given, is recorded for today's academic year (S5).

    `apart_from` are the pupils that a person said are another child; that is kept (S8). Raises
    RefusalError when the reference or UPN belongs to another pupil, or when there is one that
    is perhaps the same child and nobody said that it is not.
    """
    actions_on_pupils(by).require("create")
    hold_places()
    pupil = Pupil(**fields)
    matches = matches_for([identity_of(pupil)])[0]
    save_pupil(pupil, year_group, today)
    refuse_unanswered(matches, apart_from)
    tell_apart(pupil=pupil, others=[m.pupil for m in matches], reason=why_apart, by=by)
    return pupil


@verb
def update_pupil(
    *,
    pupil: Pupil,
    year_group: int | None = None,
    today: dt.date,
    why: str = FactChange.CHANGED,
    since: dt.date | None = None,
    apart_from: Collection[UUID] = (),
    why_apart: str = "",
    by: User,
    **fields: Any,
) -> Pupil:
    """Change a pupil's details: they changed on the day `since`, else today, or were wrong (S11).

    Raises RefusalError as create_pupil does, and for a day that cannot be. `apart_from` and
    `why_apart` are as there, of pupils it did not match before (S8).
    """
    hold_places()
    row = Pupil.objects.select_for_update().get(pk=pupil.pk)
    pupil_actions(row, by).require("edit")
    identity = {name: fields[name] for name in IDENTITY if name in fields}
    matches = [each for each in matches_of_changed(row, identity) if not each.match.is_taken]
    refuse_unanswered(matches, apart_from)
    tell_apart(pupil=row, others=[m.pupil for m in matches], reason=why_apart, by=by)
    before = facts_of(row)
    for name, value in fields.items():
        setattr(row, name, value)
    if why == FactChange.MISTAKE:
        with always_true():
            return save_pupil(row, year_group, today)
    day = since or today
    refuse_day(row, changed_facts(before, facts_of(row)), day, today)
    with true_from(day):
        return save_pupil(row, year_group, today)


def save_pupil(pupil: Pupil, year_group: int | None, today: dt.date) -> Pupil:
    pupil.recorded_year_group = year_group
    pupil.recorded_for = None if year_group is None else academic_year_of(today)
    refuse_birth(pupil, today)
    pupil.upn = pupil.upn or None  # empty texts would not be unique, nulls may be many
    others = Pupil.objects.exclude(pk=pupil.pk)
    if others.filter(reference=pupil.reference).exists():
        raise RefusalError("Another pupil has this reference")
    if pupil.upn and others.filter(upn=pupil.upn).exists():
        raise RefusalError("Another pupil has this UPN")
    try:
        with transaction.atomic():
            pupil.save()
    except IntegrityError as problem:
        raise RefusalError("Another pupil has this reference or UPN") from problem
    return pupil


@verb
def place_pupil(
    *,
    pupil: Pupil,
    school: School,
    start: dt.date,
    end: dt.date | None = None,
    end_others: bool = False,
    by: User,
) -> Placement:
    """Place a pupil at a school from a day to a day, both included.

    With `end_others` what is in force that day ends the day before; else an overlap stays, as
    an exception for funding to clear (F3). Raises RefusalError for a placement that is there.
    """
    check_order(start, end)
    hold_places()
    row = Pupil.objects.select_for_update(no_key=True).get(pk=pupil.pk)
    pupil_actions(row, by).require("place")
    placed = Placement(pupil=row, school=school, start=start, end=end)
    refuse_impossible(placed)
    refuse_same(placed)
    if end_others:
        end_earlier(Placement.objects.filter(pupil=row), start)
    placed.save()
    tell_followers([row.pk], by=by)
    return placed


@verb
def end_placement(*, placement: Placement, end: dt.date, by: User) -> Placement:
    """Give a placement its last day. Raises RefusalError when that is before its first."""
    hold_places()
    row = Placement.objects.select_for_update().get(pk=placement.pk)
    placement_actions(row, by).require("end")
    return end_row(row, end, by)


@verb
def start_plan(
    *,
    pupil: Pupil,
    plan_type: str,
    start: dt.date,
    end: dt.date | None = None,
    end_others: bool = False,
    by: User,
) -> Plan:
    """Add a plan from a day to a day. Raises RefusalError when one of the type is in force.

    With `end_others` one of the other type that is in force that day ends the day before.
    """
    check_order(start, end)
    hold_places()
    row = Pupil.objects.select_for_update(no_key=True).get(pk=pupil.pk)
    pupil_actions(row, by).require("plan")
    plan = Plan(pupil=row, plan_type=plan_type, start=start, end=end)
    refuse_impossible(plan)
    refuse_same(plan)
    if end_others:
        end_earlier(Plan.objects.filter(pupil=row), start)
    plan.save()
    tell_followers([row.pk], by=by)
    return plan


@verb
def end_plan(*, plan: Plan, end: dt.date, by: User) -> Plan:
    """Give a plan its last day. Raises RefusalError when that is before its first."""
    hold_places()
    row = Plan.objects.select_for_update().get(pk=plan.pk)
    plan_actions(row, by).require("end")
    return end_row(row, end, by)


def end_earlier(rows: Any, start: dt.date) -> None:
    """End what began before a day and is in force on it on the day before."""
    for row in rows.on(start).filter(start__lt=start).select_for_update():
        row.end = start - DAY
        row.save(update_fields=["end"])


def end_row(row: Any, end: dt.date, by: User) -> Any:
    check_order(row.start, end)
    row.end = end
    row.save(update_fields=["end"])
    tell_followers([row.pupil_id], by=by)
    return row
