"""A school becomes an academy in the middle of an exercise: found, shown, moved, banded on."""

from django.urls import reverse

from banding.collections.services import sync_return_pupils
from banding.models import BandDecision, Return, ReturnPupil
from banding_portal.roles import Role
from schools.choices import SchoolStatus
from tests.banding.helpers import decide
from tests.factories import CollectionFactory, PupilFactory
from tests.schools.conversions import CLOSED_ON, converted


def test_conversion_in_the_middle_of_an_exercise(visit, member):
    old, new = converted("Brook Academy", status=SchoolStatus.OPEN, closed_on=None)
    senco = member(Role.SENCO, school=old)
    for number in range(2):
        PupilFactory(school=old, surname=f"Pupil{number}")
    sync_return_pupils(CollectionFactory())
    decide(ReturnPupil.objects.first(), senco)
    old.status, old.closed_on = SchoolStatus.CLOSED, CLOSED_ON
    old.save()

    officer = visit(member(Role.SEND_OFFICER))
    officer.go(reverse("schools:conversion_list"))
    officer.sees_heading("Schools that converted, merged or split")
    officer.follow("Brook Primary School")
    officer.sees("Pupils still placed there")
    officer.page.get_by_label("End their roles at the school that closed").check()
    officer.press("Show what this will change")
    officer.sees("takes over 2 pupils, with what was done so far")
    officer.press("Move everything shown")
    officer.sees("Everything has moved")

    moved = Return.objects.get(school=new)
    assert moved.pupils.count() == 2
    assert BandDecision.objects.get().school == new
    school = visit(senco)
    school.go(reverse("banding:return_detail", args=[moved.pk]))
    school.sees("Brook Academy")
    school.sees("Pupil1")
