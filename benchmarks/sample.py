"""A return of one invented school, to measure what a school does with it."""

import datetime as dt
import json
from pathlib import Path

from django.utils import timezone

from banding.choices import CollectionKind, FrameworkState
from banding.collections.services import open_collection
from banding.frameworks.services import load_framework
from banding.models import Framework, Return
from banding_portal.roles import Role
from schools.choices import PlanType, Sector
from schools.models import Membership, Placement, Plan, Pupil, School, User

FRAMEWORK = Path(__file__).parents[1] / "banding/demo/frameworks/needs.json"
SINCE = dt.date(2021, 9, 1)


def measured_framework() -> Framework:
    """The demonstration's, published, without the earlier one it compares itself with."""
    made = load_framework(json.loads(FRAMEWORK.read_text()) | {"earlier": None}).framework
    made.move(FrameworkState.PUBLISHED, by=None)
    return made


def invented_return(pupils: int) -> tuple[Return, User]:
    """An open return with so many pupils, and its school's SENCO."""
    school = School.objects.create(urn="900001", name="Invented School", sector=Sector.MAINSTREAM)
    senco = User.objects.create_user("senco@example.org", name="Sam Carter")
    Membership.objects.create(user=senco, role=Role.SENCO, school=school)
    named = [
        Pupil(
            reference=f"S{number:05}",
            surname=f"Invented{number}",
            forename="Pupil",
            date_of_birth=dt.date(2014, 9, 1) + dt.timedelta(days=number % 1000),
        )
        for number in range(pupils)
    ]
    rows = Pupil.objects.bulk_create(named)
    Placement.objects.bulk_create(Placement(pupil=one, school=school, start=SINCE) for one in rows)
    kind = PlanType.EHCP
    Plan.objects.bulk_create(Plan(pupil=one, plan_type=kind, start=SINCE) for one in rows)
    today = timezone.localdate()
    collection = open_collection(
        code="measured",
        name="Measured",
        kind=CollectionKind.EXERCISE,
        framework=measured_framework(),
        sectors=[Sector.MAINSTREAM],
        reference_date=today,
        opens_on=today,
        deadline=today + dt.timedelta(days=30),
    )
    return collection.returns.get(), senco
