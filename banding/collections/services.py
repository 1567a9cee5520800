"""Opening a collection and keeping its lists of pupils (rules.md B6, B7)."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from banding.choices import CollectionKind, FrameworkState
from banding.collections.milestones import problems_of_order
from banding.collections.telling import tell_office
from banding.collections.terms import WORDS, Terms, code_of
from banding.models import Collection, Framework
from banding.returns.following import follow, follow_in
from banding.rounds.selectors import count_parts
from banding_portal.files.dates import FIRST_YEAR, LAST_YEAR
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day
from schools.choices import Sector
from schools.models import Placement, Plan, User
from schools.services.following import hold_places

SLUG = re.compile(r"[a-zA-Z0-9_-]{1,40}")
LONGEST_NAME = 120
ARRIVALS = dt.timedelta(days=7)
"""How long somebody who arrived is looked at again, should the portal have been down."""


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
    processing_from: dt.date | None = None,
    moderation_from: dt.date | None = None,
    feedback_on: dt.date | None = None,
    allows_no_change: bool = False,
    needs_headteacher: bool = False,
    by: User | None = None,
) -> Collection:
    """Make a collection and a return for every school of the sectors that has pupils on it.

    Raises RefusalError with every problem.
    """
    problems = [
        *problems_with_names(code, name, kind),
        *problems_to_open(framework, sectors, reference_date, opens_on, deadline),
    ]
    later = {"processing": processing_from, "moderation": moderation_from, "feedback": feedback_on}
    if not problems_of_years(reference_date, opens_on, deadline):
        problems += problems_of_years(*filter(None, later.values()))
    out_of_order = problems_of_order(deadline=deadline, **later)
    problems += [f"{sentence}." for sentence in out_of_order.values()]
    if problems:
        raise RefusalError(*problems)
    hold_places()
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
            "processing_from": processing_from,
            "moderation_from": moderation_from,
            "feedback_on": feedback_on,
            "allows_no_change": allows_no_change,
            "needs_headteacher": needs_headteacher,
        },
    )
    if not is_new:
        raise RefusalError(code_taken(code))
    follow_in(collection, None, by=by, is_opening=True)
    tell_office(collection, "is open", key=collection.pk, by=by)
    return collection


def count_of_round(**asked: Any) -> dict[str, int]:
    """The parts of a round that would be opened so, counted: it is opened, and taken back. Empty
    where it would be refused.
    """
    with transaction.atomic():
        try:
            return count_parts(open_collection(**asked))
        except RefusalError:
            return {}
        finally:
            transaction.set_rollback(True)


@verb
def open_exercise(
    *, code: str, framework: Framework, terms: Sequence[Terms], by: User | None = None
) -> list[Collection]:
    """Open an exercise sector by sector, a collection for each, all or none (decisions/0016).

    Each of the terms names one sector. Raises RefusalError with every problem of each.
    """
    opened: list[Collection] = []
    problems: list[str] = []
    for each in terms:
        (sector,) = each.sectors
        given = {name: getattr(each, name) for name in WORDS} | {"code": code_of(code, sector)}
        try:
            opened.append(
                open_collection(kind=CollectionKind.EXERCISE, framework=framework, by=by, **given)
            )
        except RefusalError as refusal:
            problems += [f"{Sector(sector).label}: {problem}" for problem in refusal.problems]
    if problems or not opened:
        raise RefusalError(*problems or ["Choose at least one sector."])
    return opened


def code_taken(code: str) -> str:
    return f"There is a collection with the code {code} already."


def problems_with_names(code: str, name: str, kind: str) -> list[str]:
    """What speaks against a collection called so, as sentences."""
    problems = []
    if not SLUG.fullmatch(code):
        problems.append(
            "The code must be 1 to 40 letters, digits, hyphens and underscores, like autumn-2026."
        )
    elif Collection.objects.filter(code=code).exists():
        problems.append(code_taken(code))
    if not name.strip() or len(name) > LONGEST_NAME:
        problems.append(f"The name must have 1 to {LONGEST_NAME} characters.")
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
    problems = problems_of_years(reference_date, opens_on, deadline)
    unknown = [sector for sector in sectors if sector not in Sector.values]
    if unknown or not sectors:
        listed = ", ".join(unknown) or "none"
        problems.append(f"Sectors are {', '.join(Sector.values)}. You gave {listed}.")
    if deadline < opens_on:
        problems.append(
            f"The deadline, {day(deadline)}, is before the day it opens, {day(opens_on)}."
        )
    if framework and framework.state != FrameworkState.PUBLISHED:
        problems.append(f"{framework} is not published.")
    if framework and framework.effective_from > reference_date:
        start = day(framework.effective_from)
        problems.append(f"{framework} starts on {start}, after the reference date.")
    return problems


def problems_of_years(*days: dt.date) -> list[str]:
    """Of days that nobody here can mean, as on the screen."""
    if all(FIRST_YEAR <= each.year <= LAST_YEAR for each in days):
        return []
    return [f"Enter dates between {FIRST_YEAR} and {LAST_YEAR}."]


@verb
def sync_return_pupils(collection: Collection, *, by: User | None = None) -> int:
    """Bring the lists of a collection up to date for everybody; returns how many were added.

    Who left since stays on the list of the last school: absence is never a leaver (B5).
    """
    hold_places()
    return follow_in(collection, None, by=by).added


@verb
def follow_arrivals(*, on: dt.date) -> int:
    """Bring onto the lists whose placement or plan begins on a day, or began in the week before.

    Whoever was entered ahead of time stands on no list until then. Run daily; run twice, it does
    nothing more. Returns how many pupils it looked at.
    """
    hold_places()
    begun = {"start__gt": on - ARRIVALS, "start__lte": on}
    pupils = {
        *Placement.objects.filter(**begun).values_list("pupil", flat=True),
        *Plan.objects.filter(**begun).values_list("pupil", flat=True),
    }
    if pupils:
        follow(pupils, by=None)
    return len(pupils)
