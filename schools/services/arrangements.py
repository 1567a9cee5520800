"""What pupils without a school have instead (rules.md S14)."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from banding_portal.jobs.locks import one_at_a_time
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day
from schools.actions.register import actions_on_arrangements, arrangement_actions
from schools.choices import PAID_ARRANGEMENTS, Arrangement, SchoolStatus, Sector
from schools.models import School, User
from schools.selectors.register import last_start

CODES = 7_114_707


@verb
def add_arrangement(*, kind: str, name: str = "", payee_reference: str = "", by: User) -> School:
    """Add one under the next code of the portal, like P00001. Pupils are placed there as at a
    school; what they are paid goes to the payee of that reference.

    Raises RefusalError where a provider has no name, or where the reference of a payee is missing
    or taken.
    """
    actions_on_arrangements(by).require("add")
    one_at_a_time(CODES)
    last = School.objects.exclude(arrangement="").order_by("urn").last()
    row = School(
        urn=f"P{int(last.urn[1:]) + 1 if last else 1:05d}",
        la_code=settings.LA_CODE,
        type_name=Arrangement(kind).label,
        sector=Sector.OUT_OF_SCHOOL,
        arrangement=kind,
        is_paid=kind in PAID_ARRANGEMENTS,
    )
    set_facts(row, name, payee_reference)
    row.save()
    return row


@verb
def change_arrangement(
    *,
    arrangement: School,
    name: str,
    payee_reference: str,
    ends_on: dt.date | None = None,
    by: User,
) -> School:
    """Change its name or reference, or the last day on which anybody is there.

    Raises RefusalError as for a new one, and for a day to come while somebody is placed there.
    """
    found = School.objects.select_for_update(of=("self",)).get(pk=arrangement.pk)
    arrangement_actions(found, by).require("edit")
    set_facts(found, name, payee_reference)
    if ends_on and ends_on > timezone.localdate():
        raise RefusalError("The last day must be today or earlier", field="ends_on")
    if ends_on and (later := last_start(found)) and later > ends_on:
        raise RefusalError(f"A pupil is placed there from {day(later)}", field="ends_on")
    found.closed_on = ends_on
    found.status = SchoolStatus.CLOSED if ends_on else SchoolStatus.OPEN
    found.save()
    return found


def set_facts(row: School, name: str, reference: str) -> None:
    """Nobody's name stands for a parent's account: its reference does."""
    name, reference = name.strip(), reference.strip()
    if row.arrangement == Arrangement.PROVIDER and not name:
        raise RefusalError("Enter the name of the provider", field="name")
    if not row.is_paid:
        reference = ""
    elif not reference:
        raise RefusalError("Enter the payment reference", field="payee_reference")
    elif School.objects.filter(payee_reference=reference).exclude(pk=row.pk).exists():
        raise RefusalError("There is a payee with this reference already", field="payee_reference")
    row.payee_reference = reference
    if row.arrangement == Arrangement.ACCOUNT:
        row.name = f"Account {reference}"
    elif row.arrangement == Arrangement.PROVIDER:
        row.name = name
    else:
        row.name = name or row.get_arrangement_display()
