"""What training must have, and who gets a place (rules.md R7). Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from schools.choices import PlaceState, TrainingKind

LEAST_ANSWERS, MOST_ANSWERS = 2, 5


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
