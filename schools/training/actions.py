"""What a person may do with training and visits now."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import (
    COLLECTION_RUNNERS,
    TRAINING_KEEPERS,
    TRAINING_READERS,
    UNTRAINED_READERS,
    VISIT_READERS,
    VISITORS,
)
from schools.choices import PlaceState
from schools.models import SchoolVisit, TrainingSession, User
from schools.models.audiences import is_for
from schools.training.rules import state_for
from schools.training.selectors import place_of

CANCELLED = "This session has been cancelled."
TAKEN_DOWN = "This recording has been taken down."
BEGUN = "This session has begun already."
NOT_YET = "This session has not begun yet."
NO_PLACE = "You have no place at this session."
GIVEN_UP = "You have given up your place already."
HAS_ONE: dict[str, str] = {
    PlaceState.BOOKED: "You have a place at this session already.",
    PlaceState.WAITING: "You are on the waiting list already.",
}


def actions_on_training(user: User) -> Actions:
    """What a person may do beside the list."""
    plan = Action("plan", "Plan training", reverse("schools:training_create"), primary=True)
    untrained = Action(
        "untrained", "Schools with nobody trained", reverse("schools:untrained_list")
    )
    visits = Action("visits", "Visits to schools", reverse("schools:visit_list"))
    return Actions(
        plan if user.has_role(*TRAINING_KEEPERS) else None,
        untrained if user.has_role(*UNTRAINED_READERS) else None,
        visits if user.has_role(*VISIT_READERS) else None,
    )


def actions_on_untrained(user: User, wanted: Mapping[str, Any] | None = None) -> Actions:
    """What is done with the schools of the list as it is narrowed."""
    if not user.has_role(*COLLECTION_RUNNERS):
        return Actions()
    url = reverse("schools:untrained_remind")
    hidden = {name: str(value) for name, value in (wanted or {}).items() if value}
    words = "Remind these schools"
    return Actions(Action("remind", words, url, posts=True, primary=True, hidden=hidden))


@actions_for.register
def training_actions(session: TrainingSession, user: User) -> Actions:
    """Sign up, give a place up or answer the question; keepers change it and note who was there."""
    found: list[Action] = own_actions(session, user)
    if user.has_role(*TRAINING_READERS):
        who = "Who has watched it" if session.is_recording else "Who signed up"
        found.append(Action("people", who, url_of(session, "people")))
    if user.has_role(*TRAINING_KEEPERS):
        over = why_over(session)
        found += attendance_actions(session, user)
        found.append(Action("change", "Change it", url_of(session, "edit"), why_not=over))
        words = "Take it down" if session.is_recording else "Cancel it"
        found.append(Action("cancel", words, url_of(session, "cancel"), why_not=over))
    return Actions(*found)


def attendance_actions(session: TrainingSession, user: User) -> Actions:
    """Once a session has begun its keepers note who was there."""
    if session.is_recording or not user.has_role(*TRAINING_KEEPERS):
        return Actions()
    return Actions(
        Action(
            "attendance",
            "Note who was there",
            url_of(session, "attendance"),
            primary=True,
            why_not=lambda: why_not_noted(session),
        )
    )


def why_not_noted(session: TrainingSession) -> list[str]:
    if session.cancelled_because:
        return [CANCELLED]
    return [] if session.has_begun else [NOT_YET]


def own_actions(session: TrainingSession, user: User) -> list[Action]:
    mine = place_of(session, user)
    held = mine.state if mine and mine.state != PlaceState.GIVEN_UP else ""
    for_me = TrainingSession.objects.filter(is_for(user), pk=session.pk).exists()
    if session.is_recording:
        done = ["You have watched it already."] if mine and mine.done_at else []
        no = done or why_over(session)
        watch = Action(
            "watch", "I have watched it", url_of(session, "watch"), primary=True, why_not=no
        )
        return [watch] if for_me else []
    over = why_over(session)
    words = "Leave the waiting list" if held == PlaceState.WAITING else "Give up my place"
    none = [] if held else [GIVEN_UP if mine else NO_PLACE]
    up = Action("give_up", words, url_of(session, "give_up"), why_not=over or none)
    words = "Join the waiting list" if is_full(session) else "Sign up"
    url, has = url_of(session, "sign_up"), [HAS_ONE[held]] if held else []
    sign = Action("sign_up", words, url, primary=True, why_not=over or has)
    return [sign, up] if for_me or held else [up]


def is_full(session: TrainingSession) -> bool:
    """Whether the next one to sign up goes onto the waiting list."""
    booked = session.taken.filter(state=PlaceState.BOOKED).count()
    return state_for(session.places, booked) == PlaceState.WAITING


def why_over(session: TrainingSession) -> list[str]:
    if session.cancelled_because:
        return [TAKEN_DOWN if session.is_recording else CANCELLED]
    return [BEGUN] if session.has_begun else []


def actions_on_visits(user: User) -> Actions:
    if not user.has_role(*VISITORS):
        return Actions()
    return Actions(
        Action("record", "Record a visit", reverse("schools:visit_create"), primary=True)
    )


@actions_for.register
def visit_actions(visit: SchoolVisit, user: User) -> Actions:
    """Whoever was there puts right what they recorded."""
    if visit.visitor_id != user.pk or not user.has_role(*VISITORS):
        return Actions()
    return Actions(Action("change", "Change", reverse("schools:visit_edit", args=[visit.pk])))


def url_of(session: TrainingSession, name: str) -> str:
    return reverse(f"schools:training_{name}", args=[session.pk])
