"""Planning training, signing up, the waiting list, and who was there (rules.md R7)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.notices.services import Happening, notify
from banding_portal.refusals import RefusalError
from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.states import move_all
from banding_portal.verbs import verb
from banding_portal.words import counted, day_time
from schools.choices import PlaceState
from schools.models import Membership, Place, School, TrainingSession, User
from schools.training.actions import (
    actions_on_training,
    actions_on_untrained,
    training_actions,
)
from schools.training.rules import (
    Planned,
    problem_of_far,
    problem_of_places,
    problems_of,
    state_for,
    to_move_up,
)
from schools.training.selectors import place_of, untrained_matching

WRONG_ANSWER = "That is not the right answer. Watch that part again, then try again"
BEFORE_NOW = "The day and time must lie ahead"


@verb
def plan_training(*, planned: Planned, by: User) -> TrainingSession:
    """Raises RefusalError where something is missing, or it lies in the past."""
    actions_on_training(by).require("plan")
    check(planned)
    return TrainingSession.objects.create(**fields_of(planned))


@verb
def change_training(*, session: TrainingSession, planned: Planned, by: User) -> TrainingSession:
    """Change what is to come. Who signed up is told of another time or place; more places go to
    the waiting list. Nobody who has a place loses it.
    """
    locked = locked_session(session)
    training_actions(locked, by).require("change")
    if locked.is_recording != planned.is_recording:
        raise RefusalError("A session cannot become a recording, nor a recording a session.")
    check(planned)
    booked = locked.taken.filter(state=PlaceState.BOOKED).count()
    if few := problem_of_places(planned.places, booked):
        raise RefusalError(f"{few}.", field="places")
    moved = (locked.starts_at, locked.place) != (planned.starts_at, planned.place)
    values = fields_of(planned)
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    if moved and not locked.is_recording:
        tell_signed_up(locked, f"Changed: {about(locked)}")
    move_up(locked)
    return locked


@verb
def cancel_training(*, session: TrainingSession, reason: str, by: User) -> None:
    """Who signed up is told, those who waited too; nobody of a recording that is taken down."""
    locked = locked_session(session)
    training_actions(locked, by).require("cancel")
    locked.cancelled_because = reason.strip()
    locked.save(update_fields=["cancelled_because"])
    if not locked.is_recording:
        tell_signed_up(locked, f"Cancelled: {about(locked)}")


@verb
def sign_up(*, session: TrainingSession, preferred: str, by: User) -> Place:
    """A place, or one on the waiting list once all are taken. Raises RefusalError otherwise."""
    locked = locked_session(session)
    training_actions(locked, by).require("sign_up")
    booked = locked.taken.filter(state=PlaceState.BOOKED).count()
    state = state_for(locked.places, booked)
    said = {"preferred": preferred, "signed_up_at": timezone.now()}
    before = place_of(locked, by)
    if before is None:
        return Place.objects.create(session=locked, person=by, state=state, **said)
    before.move(state, by=by, **said)
    return before


@verb
def give_up_place(*, session: TrainingSession, by: User) -> str:
    """The first of the waiting list gets the place, and is told. Returns what it was: a place, or
    one on that list.
    """
    locked = locked_session(session)
    training_actions(locked, by).require("give_up")
    mine = locked.taken.get(person=by)
    held = mine.state
    mine.move(PlaceState.GIVEN_UP, by=by)
    move_up(locked)
    return str(held)


@verb
def answer_question(*, session: TrainingSession, answer: str, by: User) -> Place:
    """Note that somebody has watched a recording. Raises RefusalError for a wrong answer."""
    locked = locked_session(session)
    training_actions(locked, by).require("watch")
    if answer != locked.answers[0]:
        raise RefusalError(f"{WRONG_ANSWER}.", field="answer")
    now = timezone.now()
    return Place.objects.create(session=locked, person=by, state=PlaceState.BOOKED, done_at=now)


@verb
def note_attendance(
    *, session: TrainingSession, there: Collection[UUID], also: Sequence[User] = (), by: User
) -> int:
    """Who of those with a place was at a session, by person; all others with a place were not.
    `also` came without one, and have one from now on. Said anew it is corrected. Returns how many
    were there.
    """
    locked = locked_session(session)
    training_actions(locked, by).require("attendance")
    for person in also:
        give_place(locked, person, by)
    there = {*there, *(person.pk for person in also)}
    places = locked.taken.filter(state=PlaceState.BOOKED)
    places.exclude(person__in=there).update(done_at=None, missed=True)
    return places.filter(person__in=there).update(done_at=locked.starts_at, missed=False)


def give_place(session: TrainingSession, person: User, by: User) -> None:
    """Of who came without one; whether all are taken does not matter any more."""
    before = place_of(session, person)
    if before is None:
        Place.objects.create(session=session, person=person, state=PlaceState.BOOKED)
    elif before.state != PlaceState.BOOKED:
        before.move(PlaceState.BOOKED, by=by)


@dataclass(frozen=True)
class Reminded:
    """Schools that were told now, had been told today already, and have nobody to tell."""

    now: int
    before: int
    nobody: int

    @property
    def words(self) -> str:
        said = [f"{counted(self.now, 'school') if self.now else 'No school'} reminded."]
        if self.before:
            have = "has" if self.before == 1 else "have"
            said.append(f"{counted(self.before, 'school')} {have} been reminded today already.")
        if self.nobody:
            has = "has" if self.nobody == 1 else "have"
            said.append(f"{counted(self.nobody, 'school')} {has} nobody on the portal to remind.")
        return " ".join(said)


@verb
def remind_untrained(*, wanted: Mapping[str, Any], by: User) -> Reminded:
    """Tell the SENCOs and headteachers of the schools that the list shows for the filters, once a
    day. Raises RefusalError where there is nothing to go to or to watch.
    """
    actions_on_untrained(by).require("remind")
    if not TrainingSession.objects.teaching().to_come().exists():
        raise RefusalError("Plan a session or put up a recording first: there is nothing to go to.")
    schools = list(untrained_matching(by, wanted))
    happenings = list(happenings_for(schools))
    keys = [each.key for each in happenings]
    told = Notice.objects.filter(kind=NoticeKind.TRAINING, key__in=keys)
    before = len(set(told.values_list("key", flat=True)))
    notify(NoticeKind.TRAINING, happenings)
    return Reminded(len(happenings) - before, before, len(schools) - len(happenings))


def happenings_for(schools: list[School]) -> list[Happening]:
    """One a school where somebody can be told."""
    held = Membership.objects.current().filter(
        school__in=schools, role__in=BANDING_SCHOOL_ROLES, user__is_active=True
    )
    people: dict[object, set] = {}
    for school, user in held.values_list("school", "user"):
        people.setdefault(school, set()).add(user)
    today, path = timezone.localdate(), reverse("schools:training_list")
    return [
        Happening(
            sorted(people[school.pk]),
            key=f"{school.pk} {today}",
            title="Nobody at your school has had training on the bands yet",
            path=path,
            school=school.name,
        )
        for school in schools
        if school.pk in people
    ]


def check(planned: Planned) -> None:
    for field, problem in problems_of(planned).items():
        raise RefusalError(f"{problem}.", field=field)
    if planned.starts_at and planned.starts_at <= timezone.now():
        raise RefusalError(f"{BEFORE_NOW}.", field="starts_on")
    if far := problem_of_far(planned.starts_at, timezone.now()):
        raise RefusalError(f"{far}.", field="starts_on")


def fields_of(planned: Planned) -> dict[str, object]:
    many = ("roles", "sectors", "quadrants", "answers")
    kept = asdict(planned)
    return kept | {name: list(kept[name]) for name in many}


def move_up(session: TrainingSession) -> None:
    """Give free places to those who have waited longest, and tell them."""
    booked = session.taken.filter(state=PlaceState.BOOKED).count()
    waiting = list(session.taken.filter(state=PlaceState.WAITING))
    now = waiting[: to_move_up(session.places, booked, len(waiting))]
    move_all(now, PlaceState.BOOKED, by=None)
    tell(session, [place.person_id for place in now], f"You have a place: {about(session)}")


def tell_signed_up(session: TrainingSession, title: str) -> None:
    held = session.taken.exclude(state=PlaceState.GIVEN_UP)
    tell(session, list(held.values_list("person", flat=True)), title)


def tell(session: TrainingSession, people: list, title: str) -> None:
    path = reverse("schools:training_detail", args=[session.pk])
    key = f"{session.pk} {timezone.now():%Y%m%d%H%M%S%f}"
    notify(NoticeKind.TRAINING, [Happening(people, key=key, title=title, path=path)])


def about(session: TrainingSession) -> str:
    when = f", {day_time(session.starts_at)}" if session.starts_at else ""
    return f"{session.title}{when}"


def locked_session(session: TrainingSession) -> TrainingSession:
    return TrainingSession.objects.select_for_update().get(pk=session.pk)
