"""Puts the sample register, caseload, framework and values into the database, quickly."""

import datetime as dt
import json

from django.utils import timezone

from banding.choices import DecisionSource, DecisionState
from banding.models import Band, BandDecision, Framework
from funding.models import BandValue, PaymentCalendar, Period
from schools.models import Placement, Plan, Pupil, School
from tests.banding.caseload_files import upn
from tests.funding.caseload_sample import read_pupils, read_sectors, read_values
from tests.shared_data import SHARED_DATA


def load_sample() -> None:
    """Schools, pupils, placements, plans, agreed bands and values of the sample authority."""
    schools = {
        urn: School(urn=str(urn), la_code="881", name=f"School {urn}", sector=sector)
        for urn, sector in read_sectors().items()
    }
    School.objects.bulk_create(schools.values())
    bands = make_bands()
    histories = read_pupils()
    pupils = {
        history.pupil_id: Pupil(
            reference=history.pupil_id,
            upn=upn(number),
            surname="Sample",
            forename="Pupil",
            date_of_birth=dt.date(2016, 1, 1),
            responsible_la=history.responsible_la,
        )
        for number, history in enumerate(histories)
    }
    Pupil.objects.bulk_create(pupils.values())
    Placement.objects.bulk_create(
        Placement(pupil=pupils[h.pupil_id], school=schools[p.urn], start=p.start, end=p.end)
        for h in histories
        for p in h.placements
    )
    Plan.objects.bulk_create(
        Plan(pupil=pupils[h.pupil_id], plan_type=p.basis, start=p.start, end=p.end)
        for h in histories
        for p in h.plans
    )
    BandDecision.objects.bulk_create(
        BandDecision(
            pupil=pupils[h.pupil_id],
            framework=bands[agreed.band].framework,
            band=bands[agreed.band],
            source=DecisionSource.AUTHORITY,
            state=DecisionState.SUBMITTED,
            effective_from=agreed.effective_from,
            submitted_at=timezone.now(),
        )
        for h in histories
        for agreed in h.agreed_bands
    )


def make_bands() -> dict[str, Band]:
    """The sample's framework with bands 1 to 3 and their values; returns the bands by code."""
    framework = Framework.objects.create(
        code="norfolk-2018",
        version="1",
        name="Norfolk 2018",
        effective_from=dt.date(2018, 9, 1),
        plan_types=["EHCP", "SEN_SUPPORT"],
        combine_kind="highest_need",
    )
    bands = {
        code: Band.objects.create(framework=framework, code=code, name=f"Band {code}", rank=rank)
        for rank, code in enumerate("123", start=1)
    }
    BandValue.objects.bulk_create(
        BandValue(
            band=bands[value.band],
            sector=value.sector,
            annual_value=value.annual,
            effective_from=value.effective_from,
        )
        for value in read_values()
    )
    return bands


def load_sample_calendar(name: str) -> PaymentCalendar:
    data = json.loads((SHARED_DATA / name).read_text(encoding="utf-8"))
    calendar = PaymentCalendar.objects.create(year=data["year"], proration=data["proration"])
    for period in data["periods"]:
        Period.objects.create(calendar=calendar, **period)
    return calendar
