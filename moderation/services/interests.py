"""Declaring a relation that bars from judging, and giving cases back because of it (M4)."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.cases import case_actions
from moderation.models import Case, Interest
from moderation.services.assignment import take_off
from schools.models import School, User


@verb
def declare_interest(*, school: School, reason: str, by: User) -> int:
    """Put a relation to a school on record; returns how many cases went back because of it.

    Cases of the school that the person has still to judge are given to nobody. Raises
    RefusalError where it is declared already.
    """
    add_interest(by, reason, school=school)
    held = Case.objects.to_judge(by).filter(decision__school=school)
    cases = list(held.select_for_update(of=("self",)).order_by("pk"))
    for case in cases:
        take_off(case, by, by=by)
    return len(cases)


@verb
def hand_back(*, case: Case, reason: str, by: User) -> Case:
    """Give back a case of a pupil one knows; never given to the person again (M4)."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    case_actions(case, by).require("hand_back")
    add_interest(by, reason, case=case)
    return take_off(case, by, by=by)


@verb
def end_interest(*, interest: Interest, by: User) -> Interest:
    """A relation that is over: it stays on record. Raises RefusalError for somebody else's."""
    row = Interest.objects.select_for_update().get(pk=interest.pk)
    if row.person_id != by.pk:
        raise RefusalError("Only the person who declared a connection can end it.")
    if row.ended_at:
        raise RefusalError("This connection has ended already.")
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    return row


def add_interest(
    person: User, reason: str, *, school: School | None = None, case: Case | None = None
) -> Interest:
    if not reason.strip():
        raise RefusalError("Say what the connection is", field="reason")
    try:
        with transaction.atomic():
            return Interest.objects.create(
                person=person, school=school, case=case, reason=reason.strip()
            )
    except IntegrityError as problem:
        raise RefusalError("You have declared this already", field="school") from problem
