"""Who is told what of a return, its joiners and its files."""

import datetime as dt

import pytest

from banding.joiners.services import add_joiner, place_joiner, refuse_joiner
from banding.returns.services import accept_return, return_for_correction
from banding_portal.models import Notice
from banding_portal.notices.choices import NoticeKind
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils, senco_of, submitted_return
from tests.factories import person

pytestmark = pytest.mark.django_db


def told():
    return set(Notice.objects.values_list("recipient", "kind"))


def test_school_is_told_of_acceptance_and_of_every_return_for_correction():
    pupil_return, _ = submitted_return()
    officer = person(Role.SEND_OFFICER)
    senco, head = senco_of(pupil_return), person(Role.HEADTEACHER, school=pupil_return.school)
    person(Role.SCHOOL_FINANCE, school=pupil_return.school)
    accept_return(pupil_return=pupil_return, by=officer)
    return_for_correction(pupil_return=pupil_return, by=officer, reason="Look at Amira again")
    people = {*Notice.objects.values_list("recipient", flat=True)}
    assert {senco.pk, head.pk} <= people
    kinds = {NoticeKind.SUBMITTED, NoticeKind.ACCEPTED, NoticeKind.RETURNED}
    assert {kind for _, kind in told()} == kinds
    assert not Notice.objects.filter(title__contains="Amira").exists()
    assert not Notice.objects.filter(recipient__memberships__role=Role.SCHOOL_FINANCE).exists()


def joiner_on(pupil_return, surname):
    return add_joiner(
        pupil_return=pupil_return,
        by=senco_of(pupil_return),
        surname=surname,
        forename="Amira",
        date_of_birth=dt.date(2018, 3, 4),
        joined_on=dt.date(2026, 9, 1),
        plan_type="EHCP",
    )


def test_school_is_told_what_became_of_its_joiners():
    pupil_return, _ = return_with_pupils()
    officer = person(Role.SEND_OFFICER)
    place_joiner(joiner=joiner_on(pupil_return, "Khan"), pupil=None, by=officer)
    refuse_joiner(joiner=joiner_on(pupil_return, "Lowe"), by=officer, note="Not ours")
    kinds = {kind for person, kind in told() if person != officer.pk}
    assert kinds == {NoticeKind.JOINER_PLACED, NoticeKind.JOINER_REFUSED}
    assert not Notice.objects.filter(title__regex="Khan|Lowe|Amira").exists()
