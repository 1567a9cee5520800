"""Pupils who joined: told by a school, placed by an officer (rules.md B6)."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from banding.choices import JoinerState
from banding.joiners.actions import joiner_actions
from banding.joiners.rules import Told, Unclear, told_before
from banding.joiners.selectors import joiners_shown_on, matches_of_joiner, told_of
from banding.models import Joiner, Return, ReturnPupil
from banding.returns.locks import ReturnClosedError, locked_return, mark_started
from banding.returns.putting_aside import put_aside
from banding.returns.telling import tell_officers, tell_people_of, tell_school
from banding_portal.folding import clean_code
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.roles import SENCO
from banding_portal.verbs import verb
from banding_portal.words import day
from schools.choices import SchoolStatus
from schools.models import Placement, Plan, Pupil, School, User
from schools.services.answers import refuse_unanswered, tell_apart
from schools.services.following import hold_places, tell_followers
from schools.services.successors import carry_on

OLDEST = 25
"""Years; plans go no further."""
YEAR = dt.timedelta(days=366)


def problem_of_joiner_dates(
    reference_date: dt.date, born: dt.date, joined: dt.date
) -> tuple[str, str]:
    """Which of the dates cannot be, and why as a sentence; both empty when they can.

    `reference_date` is that of the collection. Pupils are 0 to 25 years old on the day they join.
    """
    today = timezone.localdate()
    if born > today:
        return "date_of_birth", "The date of birth must be in the past"
    if joined <= born:
        return "joined_on", "The date joined must be after the date of birth"
    age = joined.year - born.year - ((joined.month, joined.day) < (born.month, born.day))
    if age > OLDEST:
        return "date_of_birth", f"The pupil must be {OLDEST} or younger on the date joined"
    earliest, latest = reference_date - YEAR, today + YEAR
    if joined < earliest:
        return "joined_on", f"The date joined must be on or after {day(earliest)}"
    if joined > latest:
        return "joined_on", f"The date joined must be on or before {day(latest)}"
    return "", ""


@verb
def add_joiner(
    *,
    pupil_return: Return,
    by: User,
    surname: str,
    forename: str,
    date_of_birth: dt.date,
    joined_on: dt.date,
    plan_type: str,
    primary_need: str = "",
    upn: str = "",
) -> Joiner:
    """Tell the authority of a pupil who joined; an officer will match and place them.

    Telling it twice gives the first joiner again; a twin or namesake has another UPN. Raises
    RefusalError for impossible dates, and where it isn't clear whether it was told before.
    """
    locked = locked_return(pupil_return.pk)
    if closed := locked.why_closed_to_joiners:
        raise ReturnClosedError(closed)
    upn, names = clean_code(upn), (surname.strip(), forename.strip())
    told = Told(*names, date_of_birth, upn, joined_on, plan_type, primary_need)
    check_dates(told, locked.collection.reference_date)
    on_it = Pupil.objects.filter(return_pupils__in=ReturnPupil.objects.filter(pupil_return=locked))
    if upn and (there := on_it.filter(upn=upn).first()):
        raise RefusalError(f"{there} has this UPN and is on your return already.", field="upn")
    joiner, is_new = told_or_new(told, locked.school, list(joiners_shown_on(locked)), locked)
    if is_new and locked.is_open:
        mark_started(locked, by)
    return joiner


@verb
def tell_joiner(
    *,
    school: School,
    by: User,
    surname: str,
    forename: str,
    date_of_birth: dt.date,
    joined_on: dt.date,
    plan_type: str,
    primary_need: str = "",
    upn: str = "",
) -> Joiner:
    """The same out of a return, at any time of the year. Refused for a school that has closed."""
    if school.pk not in by.school_ids_as(*SENCO):
        raise RefusalError("Only the school’s own SENCO can add a pupil who joined.")
    if school.status == SchoolStatus.CLOSED:
        raise RefusalError(f"{school} has closed. Add the pupil at the school that took its place.")
    School.objects.select_for_update(no_key=True).get(pk=school.pk)  # Of two at once the second
    upn, names = clean_code(upn), (surname.strip(), forename.strip())  # finds the first's joiner.
    told = Told(*names, date_of_birth, upn, joined_on, plan_type, primary_need)
    check_dates(told, timezone.localdate())
    placed = Placement.objects.on(timezone.localdate()).filter(school=school)
    here = Pupil.objects.filter(pk__in=placed.values("pupil"))
    if upn and (there := here.filter(upn=upn).first()):
        raise RefusalError(f"{there} has this UPN and is with you already.", field="upn")
    return told_or_new(told, school, list(waiting_at(school)), None)[0]


def check_dates(told: Told, reference_date: dt.date) -> None:
    _, problem = problem_of_joiner_dates(reference_date, told.date_of_birth, told.joined_on)
    if problem:
        raise RefusalError(f"{problem}.")


def waiting_at(school: School) -> QuerySet[Joiner]:
    return Joiner.objects.filter(school=school, state=JoinerState.WAITING)


class ToldBeforeError(RefusalError):
    """Raised where the school has reported somebody of whom this may be said once more."""


def told_or_new(
    told: Told, school: School, others: list[Joiner], pupil_return: Return | None
) -> tuple[Joiner, bool]:
    """The one of the others that was told before, or a new one, and whether it is new."""
    found = told_before(told, map(told_of, others))
    if isinstance(found, Unclear):
        raise ToldBeforeError(found.sentence, field=found.field)
    if found is not None:
        return with_need(others[found], told), False
    facts = told._asdict()
    joiner = Joiner.objects.create(school=school, pupil_return=pupil_return, **facts)
    tell_officers(
        NoticeKind.REPORTED,
        school,
        key=str(joiner.pk),
        title="A school has reported a pupil who joined",
        url_name="banding:joiner_list",
    )
    return joiner, True


def with_need(joiner: Joiner, told: Told) -> Joiner:
    """What was left blank when it was told first, while nobody has dealt with it."""
    if told.primary_need and not joiner.primary_need and joiner.state == JoinerState.WAITING:
        joiner.primary_need = told.primary_need
        joiner.save(update_fields=["primary_need"])
    return joiner


@verb
def withdraw_joiner(*, joiner: Joiner, by: User) -> None:
    """Undo adding a joiner while the authority has not dealt with it."""
    locked = locked_with_return(joiner)
    joiner_actions(locked, by).require("withdraw")
    locked.delete()
    dealt_with(locked)


@verb
def place_joiner(
    *,
    joiner: Joiner,
    pupil: Pupil | None,
    by: User,
    reference: str = "",
    note: str = "",
    apart_from: Collection[UUID] = (),
) -> Joiner:
    """Place a joiner at the school from the day they joined: a known pupil, or a new one (None).

    A placement elsewhere that is still open ends the day before. The pupil comes onto the
    return while that is with the school; once it is submitted, the school is told (S10). Of a
    school that has become one other since, they go on there (S1). `reference` is the authority's
    own for a new pupil; without one the portal makes one. `apart_from` are the pupils of whom the
    officer said that a new one is another child; that is kept (S8). Raises RefusalError, also
    where there is a pupil like a new one of whom nobody said so.
    """
    hold_places()
    locked = locked_with_return(joiner)
    joiner_actions(locked, by).require("place")
    known = pupil is not None
    if pupil is None:
        matches = matches_of_joiner(locked)
        pupil = _new_pupil(locked, reference)
        refuse_unanswered(matches, apart_from)
        tell_apart(pupil=pupil, others=[each.pupil for each in matches], by=by)
    if known:
        _end_earlier_placements(pupil, locked)
    school = locked.school
    if not Placement.objects.since(locked.joined_on).filter(pupil=pupil, school=school):
        carry_on(Placement.objects.create(pupil=pupil, school=school, start=locked.joined_on))
    # What the authority has recorded of the plan is not put earlier by a school's word.
    if not Plan.objects.since(locked.joined_on).filter(pupil=pupil, plan_type=locked.plan_type):
        Plan.objects.create(pupil=pupil, plan_type=locked.plan_type, start=locked.joined_on)
    locked.move(JoinerState.PLACED, by=by, pupil=pupil, note=note.strip())
    tell_followers([pupil.pk], by=by)
    dealt_with(locked, NoticeKind.JOINER_PLACED)
    return locked


@verb
def refuse_joiner(*, joiner: Joiner, by: User, note: str) -> Joiner:
    """Not accept a joiner; the school reads the note. Raises RefusalError without one."""
    if not note.strip():
        raise RefusalError("Tell the school why the joiner is not accepted.")
    locked = locked_with_return(joiner)
    joiner_actions(locked, by).require("refuse")
    locked.move(JoinerState.REFUSED, by=by, note=note.strip())
    dealt_with(locked, NoticeKind.JOINER_REFUSED)
    return locked


def dealt_with(joiner: Joiner, kind: NoticeKind | None = None) -> None:
    """Whoever told it is told so; its return may have nobody to wait for any more."""
    key = str(joiner.pk)
    if joiner.pupil_return is None:
        if kind:
            tell_people_of(joiner.school, kind, key=key, url_name="banding:told_list")
        return
    put_aside([joiner.pupil_return.pk])
    if kind:
        tell_school(joiner.pupil_return, kind, key)


def locked_with_return(joiner: Joiner) -> Joiner:
    """The return it was told on is locked first."""
    if joiner.pupil_return_id:
        locked_return(joiner.pupil_return_id)
    related = ("school", "pupil_return__collection", "pupil_return__school")
    found = Joiner.objects.select_for_update(of=("self",)).select_related(*related)
    locked = found.filter(pk=joiner.pk).first()
    if locked is None:
        raise RefusalError("The school has withdrawn this joiner.")
    return locked


def _new_pupil(joiner: Joiner, reference: str) -> Pupil:
    fallback = f"{settings.LA_CODE}-J{uuid4().hex[:8].upper()}"
    try:
        with transaction.atomic():
            return Pupil.objects.create(
                reference=reference.strip() or fallback,
                upn=joiner.upn or None,
                surname=joiner.surname,
                forename=joiner.forename,
                date_of_birth=joiner.date_of_birth,
                primary_need=joiner.primary_need,
                responsible_la=settings.LA_CODE,
            )
    except IntegrityError:
        raise RefusalError(
            "There is a pupil with this reference or UPN already. Match the joiner to that pupil."
        ) from None


def _end_earlier_placements(pupil: Pupil, joiner: Joiner) -> None:
    """Close placements elsewhere the day before; one that began since cannot be closed so."""
    school = joiner.school
    here = Placement.objects.since(joiner.joined_on).filter(pupil=pupil, school=school)
    if begun := here.filter(start__gt=joiner.joined_on).order_by("start").first():
        raise RefusalError(
            f"{pupil.forename} is recorded at {school} from {day(begun.start)}, not from "
            f"{day(joiner.joined_on)}. Correct that placement first, or do not accept the joiner."
        )
    elsewhere = Placement.objects.since(joiner.joined_on).filter(pupil=pupil).exclude(school=school)
    later = elsewhere.filter(start__gte=joiner.joined_on).select_related("school").first()
    if later is not None:
        raise RefusalError(
            f"{pupil.forename} is recorded at {later.school} from {day(later.start)}. "
            "Correct that placement first."
        )
    elsewhere.update(end=joiner.joined_on - dt.timedelta(days=1))
