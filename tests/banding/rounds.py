"""A round by exception, opened over pupils set up in a few words."""

import datetime as dt

from django.utils import timezone

from banding.choices import CollectionKind, DecisionSource, DecisionState
from banding.collections.services import open_collection
from banding.models import BandDecision, Collection, Return, ReturnPupil
from schools.choices import PlanType
from schools.models import Pupil, School
from tests.factories import FrameworkFactory, PlacementFactory, PlanFactory, PupilFactory

SEPTEMBER = dt.date(2026, 9, 1)
OCTOBER = dt.date(2026, 10, 1)


def pupil_at(
    school: School,
    *,
    band: str = "B",
    plan_type: str = PlanType.EHCP,
    source: str = DecisionSource.AUTHORITY,
    start: dt.date = dt.date(2025, 9, 1),
    **fields,
) -> Pupil:
    """A pupil with a plan, and a band in force since they came unless `band` is empty."""
    pupil = PupilFactory(**fields)
    PlacementFactory(pupil=pupil, school=school, start=start)
    PlanFactory(pupil=pupil, plan_type=plan_type)
    if band:
        framework = FrameworkFactory()
        BandDecision.objects.create(
            pupil=pupil,
            framework=framework,
            band=framework.bands.get(code=band),
            source=source,
            state=DecisionState.SUBMITTED,
            effective_from=start,
            submitted_at=timezone.now(),
        )
    return pupil


def open_round(code: str = "autumn", reference: dt.date = OCTOBER, **given) -> Collection:
    given = {"opens_on": reference, "deadline": reference + dt.timedelta(days=60)} | given
    return open_collection(
        code=code,
        name=f"{code.title()} round",
        kind=CollectionKind.ROUND,
        framework=FrameworkFactory(),
        sectors=["mainstream"],
        reference_date=reference,
        **given,
    )


def return_of(collection: Collection, school: School) -> Return:
    found = Return.objects.select_related("collection__framework", "school")
    return found.get(collection=collection, school=school)


def row_of(collection: Collection, pupil: Pupil) -> ReturnPupil:
    return ReturnPupil.objects.get(collection=collection, pupil=pupil)
