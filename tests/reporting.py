"""What a school reports in a return: a change of a pupil, or a joiner."""

import datetime as dt

from django.utils import timezone

from banding.models import Joiner, Return, ReturnPupil
from banding_portal.roles import Role
from schools.models import Pupil
from tests.factories import PupilFactory, ReturnFactory, ReturnPupilFactory, person


def submit(pupil_return: Return) -> Return:
    """Make it submitted, whatever is on it."""
    Return.objects.filter(pk=pupil_return.pk).update(
        state="submitted",
        submitted_by=person(Role.SENCO, school=pupil_return.school),
        submitted_at=timezone.now(),
    )
    pupil_return.refresh_from_db()
    return pupil_return


def reported(
    change: str,
    pupil_return: Return,
    pupil: Pupil | None = None,
    change_date: dt.date | None = None,
) -> ReturnPupil:
    """A pupil accounted for by a change in a return that is then submitted."""
    row = ReturnPupilFactory(
        pupil_return=pupil_return,
        pupil=pupil or PupilFactory(school=pupil_return.school),
        change=change,
        change_date=change_date,
        change_reason="" if change == "left" else "They said so.",
    )
    submit(pupil_return)
    return row


def report_of(pupil: Pupil, change: str, change_date: dt.date | None = None, **fields) -> Return:
    """A submitted return of the pupil's school that says so of the pupil."""
    school = pupil.placements.order_by("-start")[0].school
    pupil_return = fields.pop("pupil_return", None) or ReturnFactory(school=school, **fields)
    return reported(change, pupil_return, pupil, change_date).pupil_return


def joiner_of(pupil_return: Return, joined_on: dt.date, **fields) -> Joiner:
    """A joiner that waits for the authority."""
    facts = {
        "surname": "Newcome",
        "forename": "Ines",
        "date_of_birth": dt.date(2018, 5, 4),
        "plan_type": "EHCP",
    }
    return Joiner.objects.create(
        school=pupil_return.school, pupil_return=pupil_return, joined_on=joined_on, **facts | fields
    )
