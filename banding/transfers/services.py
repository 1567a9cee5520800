"""Naming the school a pupil moves on to, and that school's answer (rules.md S7)."""

import datetime as dt

from django.utils import timezone

from banding.choices import NamedBy, TransferState
from banding.joiners.services import tell_joiner
from banding.models import Transfer
from banding.returns.telling import tell_people_of
from banding.transfers.actions import transfer_actions
from banding.transfers.selectors import year_of
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.roles import SENCO, SEND_OFFICER
from banding_portal.verbs import verb
from schools.choices import PlanType, SchoolStatus
from schools.models import Placement, Plan, Pupil, School, User


@verb
def name_school(*, placement: Placement, to_school: School, by: User) -> Transfer:
    """Name the school a pupil goes to after this one; it is asked whether the pupil comes.

    By the present school's SENCO, or by an officer as the plan names it. Naming another one
    replaces what nobody has answered. Raises RefusalError for who does not move on.
    """
    if not (by.has_role(*SEND_OFFICER) or placement.school_id in by.school_ids_as(*SENCO)):
        raise RefusalError("Only the present school’s SENCO and the authority name the next one.")
    pupil = Pupil.objects.select_for_update(no_key=True).get(pk=placement.pupil_id)
    problem, year = problem_of_naming(placement, to_school), year_of(placement)
    if problem or year is None:
        raise RefusalError(problem)
    live = Transfer.objects.live().filter(pupil=pupil, year=year).select_related("to_school")
    there = live.select_for_update(of=("self",)).first()
    if there and there.to_school_id == to_school.pk:
        return there
    if there and there.state == TransferState.COMING:
        raise RefusalError(
            f"{there.to_school} has confirmed already that {pupil.forename} is coming."
        )
    if there:
        there.delete()
    transfer = Transfer.objects.create(
        pupil=pupil,
        from_school=placement.school,
        to_school=to_school,
        year=year,
        named_by=NamedBy.PLAN if by.has_role(*SEND_OFFICER) else NamedBy.SCHOOL,
    )
    tell(transfer, to_school, NoticeKind.TRANSFER_ASKED, "banding:arrival_list")
    return transfer


def problem_of_naming(placement: Placement, to_school: School | None = None) -> str:
    """Why no school can be named for a placement, or not this one; empty where it can."""
    name = placement.pupil.forename
    if year_of(placement) is None:
        return f"{name} does not reach the last year group of {placement.school} this year."
    if to_school is None:
        return ""
    if to_school.pk == placement.school_id:
        return f"If {name} stays at {to_school}, say so on the return: staying on, and why."
    if to_school.status == SchoolStatus.CLOSED:
        return f"{to_school} has closed."
    return ""


@verb
def withdraw_transfer(*, transfer: Transfer, by: User) -> None:
    """Take back a school that was named while it has not answered."""
    locked = locked_transfer(transfer)
    transfer_actions(locked, by).require("withdraw")
    locked.delete()


@verb
def answer_transfer(*, transfer: Transfer, coming: bool, note: str = "", by: User) -> Transfer:
    """The named school says whether the pupil comes. Who comes is its joiner on 1 September,
    whom an officer places; the present school is told either way. Not coming needs a reason.
    """
    locked = locked_transfer(transfer)
    transfer_actions(locked, by).require("answer")
    if not coming and not note.strip():
        raise RefusalError("Say why the pupil is not coming.")
    state = TransferState.COMING if coming else TransferState.NOT_COMING
    locked.move(state, by=by, note=note.strip(), answered_by=by, answered_at=timezone.now())
    if coming:
        make_joiner(locked, by)
    tell(locked, locked.from_school, NoticeKind.TRANSFER_ANSWERED, "banding:transfer_list")
    return locked


def make_joiner(transfer: Transfer, by: User) -> None:
    """Unless the authority has placed the pupil there already, or no plan is known of that day:
    then nobody has said what the joiner would be funded for.
    """
    pupil, first = transfer.pupil, dt.date(transfer.year, 9, 1)
    if Placement.objects.since(first).filter(pupil=pupil, school=transfer.to_school).exists():
        return
    plans = set(Plan.objects.on(first).filter(pupil=pupil).values_list("plan_type", flat=True))
    if not plans:
        return
    tell_joiner(
        school=transfer.to_school,
        by=by,
        surname=pupil.surname,
        forename=pupil.forename,
        date_of_birth=pupil.date_of_birth,
        joined_on=first,
        plan_type=PlanType.EHCP if PlanType.EHCP in plans else PlanType.SEN_SUPPORT,
        upn=pupil.upn or "",
    )


def tell(transfer: Transfer, school: School, kind: NoticeKind, url_name: str) -> None:
    tell_people_of(school, kind, key=f"{transfer.pk} {transfer.state}", url_name=url_name)


def locked_transfer(transfer: Transfer) -> Transfer:
    found = Transfer.objects.select_for_update(of=("self",))
    locked = found.select_related("pupil", "from_school", "to_school").filter(pk=transfer.pk)
    if (row := locked.first()) is None:
        raise RefusalError("The pupil’s present school has taken this back.")
    return row
