"""What training must have, and who gets a place (rules.md R7). Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from schools.choices import PlaceState, TrainingKind

LEAST_ANSWERS, MOST_ANSWERS = 2, 5
FARTHEST = dt.timedelta(days=731)
"""So far ahead a session or a visit is planned."""
LONGEST_AGO = dt.timedelta(days=2 * 366)
AHEAD = "The day of the visit must be today or earlier"
LONG_AGO = "The day of the visit must be within the last two years"
NEXT_FIRST = "The next visit must be after this one"


@dataclass(frozen=True)
class Planned:
    """What a session or a recording is, for whom and when."""

    kind: str
    title: str
    text: str
    place: str
    roles: Sequence[str]
    sectors: Sequence[str] = ()
    quadrants: Sequence[str] = ()
    starts_at: dt.datetime | None = None
    minutes: int = 60
    places: int | None = None
    question: str = ""
    answers: Sequence[str] = ()

    @property
    def is_recording(self) -> bool:
        return self.kind == TrainingKind.RECORDING


def problem_of_time(day: dt.date, time: dt.time, zone: dt.tzinfo) -> str:
    """Why a session cannot begin then: the clocks go forward over that time."""
    given = dt.datetime.combine(day, time, tzinfo=zone)
    if given.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == given.replace(tzinfo=None):
        return ""
    return (
        f"There is no {time:%H:%M} on {day.day} {day:%B %Y}: the clocks go forward that night. "
        "Enter another time"
    )


def problems_of_days(
    visited: dt.date, then: dt.date | None, today: dt.date, opened: dt.date | None = None
) -> dict[str, str]:
    """What is wrong with the days of a visit to a school that opened on a day, by field."""
    found: dict[str, str] = {}
    if visited > today:
        found["visited_on"] = AHEAD
    elif visited < today - LONGEST_AGO:
        found["visited_on"] = LONG_AGO
    elif opened and visited < opened:
        found["visited_on"] = f"The school opened on {opened.day} {opened:%B %Y}, after that day"
    if then and then <= visited:
        found["next_on"] = NEXT_FIRST
    elif then and then > today + FARTHEST:
        found["next_on"] = "The next visit must be within two years"
    return found


def problem_of_places(places: int | None, booked: int) -> str:
    """Nobody who has a place loses it."""
    if places is None or places >= booked:
        return ""
    have = "person has" if booked == 1 else "people have"
    return f"{booked} {have} a place already, so there must be at least {booked}"


def problem_of_far(begins: dt.datetime | None, now: dt.datetime) -> str:
    if begins is None or begins <= now + FARTHEST:
        return ""
    return "The day must be within the next two years"


def problems_of(planned: Planned) -> dict[str, str]:
    """What is missing or too much, by field, as sentences without a full stop."""
    found: dict[str, str] = {}
    if planned.is_recording:
        if planned.starts_at:
            found["starts_on"] = "A recording is watched at any time, so leave the day empty"
        if planned.places:
            found["places"] = "A recording has no limit, so leave the number of places empty"
        if not planned.question:
            found["question"] = "Enter a question that only somebody who has watched it can answer"
        if not LEAST_ANSWERS <= len(planned.answers) <= MOST_ANSWERS:
            found["answers"] = f"Enter {LEAST_ANSWERS} to {MOST_ANSWERS} answers, one a line"
        elif len(set(map(str.casefold, planned.answers))) < len(planned.answers):
            found["answers"] = "Enter each answer once"
        return found
    if planned.starts_at is None:
        found["starts_on"] = "Enter the day and the time at which it begins"
    if planned.question or planned.answers:
        found["question"] = "Only a recording has a question, so leave it and its answers empty"
    return found


def state_for(places: int | None, booked: int) -> PlaceState:
    """What the next one to sign up gets."""
    return PlaceState.BOOKED if places is None or booked < places else PlaceState.WAITING


def to_move_up(places: int | None, booked: int, waiting: int) -> int:
    """How many of the waiting list have a place now."""
    return waiting if places is None else max(0, min(waiting, places - booked))
