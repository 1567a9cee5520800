"""Pupils who joined: told by a school, placed by an officer (rules.md B6)."""

import datetime as dt
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from banding.choices import OPEN_STATES, JoinerState
from banding.models import Joiner, Return, ReturnPupil
from banding.services.open_returns import locked_return, mark_started, open_return
from banding_portal.words import day
from schools.models import Placement, Plan, Pupil, User


class JoinerError(ValueError):
    """Raised when a joiner cannot be added, placed or refused."""


@transaction.atomic
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

    Telling it twice gives the first joiner again. Raises JoinerError for impossible dates.
    """
    locked = open_return(pupil_return.pk)
    if joined_on <= date_of_birth:
        raise JoinerError(f"The date {forename} joined must be after the date of birth.")
    joiner, _ = Joiner.objects.get_or_create(
        pupil_return=locked,
        surname=surname.strip(),
        forename=forename.strip(),
        date_of_birth=date_of_birth,
        defaults={
            "upn": upn.strip().upper(),
            "joined_on": joined_on,
            "plan_type": plan_type,
            "primary_need": primary_need,
        },
    )
    mark_started(locked)
    return joiner


@transaction.atomic
def withdraw_joiner(*, joiner: Joiner, by: User) -> None:
    """Undo adding a joiner while the authority has not dealt with it."""
    open_return(joiner.pupil_return_id)
    locked = _waiting(joiner)
    locked.delete()


@transaction.atomic
def place_joiner(
    *, joiner: Joiner, pupil: Pupil | None, by: User, reference: str = "", note: str = ""
) -> Joiner:
    """Place a joiner at the school from the day they joined: a known pupil, or a new one (None).

    A placement elsewhere that is still open ends the day before. The pupil comes onto the
    return while that is open to the school. `reference` is the authority's own for a new pupil;
    without one the portal makes one. Raises JoinerError.
    """
    pupil_return = locked_return(joiner.pupil_return_id)
    locked = _waiting(joiner)
    known = pupil is not None
    pupil = pupil if pupil is not None else _new_pupil(locked, reference)
    if known:
        _end_earlier_placements(pupil, locked)
    if not Placement.objects.on(locked.joined_on).filter(pupil=pupil, school=pupil_return.school):
        Placement.objects.create(pupil=pupil, school=pupil_return.school, start=locked.joined_on)
    if not Plan.objects.on(locked.joined_on).filter(pupil=pupil, plan_type=locked.plan_type):
        Plan.objects.create(pupil=pupil, plan_type=locked.plan_type, start=locked.joined_on)
    if pupil_return.state in OPEN_STATES:
        ReturnPupil.objects.get_or_create(
            pupil_return=pupil_return, pupil=pupil, defaults={"plan_type": locked.plan_type}
        )
    locked.state, locked.pupil, locked.note = JoinerState.PLACED, pupil, note.strip()
    locked.save(update_fields=["state", "pupil", "note"])
    return locked


def put_placed_joiners_on(pupil_return: Return) -> None:
    """Bring joiners placed while the return was closed onto its list, not started."""
    placed = Joiner.objects.filter(pupil_return=pupil_return, state=JoinerState.PLACED)
    for joiner in placed.exclude(pupil=None):
        ReturnPupil.objects.get_or_create(
            pupil_return=pupil_return,
            pupil_id=joiner.pupil_id,
            defaults={"plan_type": joiner.plan_type},
        )


@transaction.atomic
def refuse_joiner(*, joiner: Joiner, by: User, note: str) -> Joiner:
    """Not accept a joiner; the school reads the note. Raises JoinerError without one."""
    if not note.strip():
        raise JoinerError("Tell the school why the joiner is not accepted.")
    locked = _waiting(joiner)
    locked.state, locked.note = JoinerState.REFUSED, note.strip()
    locked.save(update_fields=["state", "note"])
    return locked


def _waiting(joiner: Joiner) -> Joiner:
    locked = Joiner.objects.select_for_update().filter(pk=joiner.pk).first()
    if locked is None:
        raise JoinerError("The school has withdrawn this joiner.")
    if locked.state != JoinerState.WAITING:
        raise JoinerError(f"This joiner has been dealt with: {locked.get_state_display()}.")
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
        raise JoinerError(
            "There is a pupil with this reference or UPN already. Match the joiner to that pupil."
        ) from None


def _end_earlier_placements(pupil: Pupil, joiner: Joiner) -> None:
    """Close placements elsewhere the day before; one that began since cannot be closed so."""
    school = joiner.pupil_return.school
    elsewhere = Placement.objects.since(joiner.joined_on).filter(pupil=pupil).exclude(school=school)
    later = elsewhere.filter(start__gte=joiner.joined_on).select_related("school").first()
    if later is not None:
        raise JoinerError(
            f"{pupil.forename} is recorded at {later.school} from {day(later.start)}. "
            "Correct that placement first."
        )
    elsewhere.update(end=joiner.joined_on - dt.timedelta(days=1))
