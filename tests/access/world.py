"""Two schools in two quadrants with work of every kind, and a person in every role at the first.

What belongs to the second school carries CANARY in its name: no page may show it to a person of
the first.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from banding.choices import JoinerState
from banding.models import CaseloadUpload, Joiner, TemplateUpload
from funding.models import Line, RunException
from moderation.models import SampleDecision
from schools.choices import ROLES_AT_A_SCHOOL, ROLES_IN_A_QUADRANT, Role
from schools.models import RegisterUpload, School, User
from tests.factories import (
    BandDecisionFactory,
    BandValueFactory,
    CaseFactory,
    CollectionFactory,
    PupilFactory,
    QuadrantFactory,
    ReturnFactory,
    ReturnPupilFactory,
    RunFactory,
    SampleFactory,
    SchoolFactory,
    UserFactory,
    person,
)

CANARY = "Zebedee"


@dataclass
class Side:
    """The objects of one school, by the noun a URL rule names them with."""

    school: School
    objects: dict[str, Model] = field(default_factory=dict)


@dataclass
class World:
    own: Side
    other: Side
    people: dict[str, User]

    def side(self, name: str) -> Side:
        return self.own if name == "own" else self.other


def build_world() -> World:
    """Everything the matrix needs; one query set a call, no state shared between tests."""
    north, south = QuadrantFactory(code="north"), QuadrantFactory(code="south")
    own = SchoolFactory(name="Alderbrook School", quadrant=north)
    other = SchoolFactory(name=f"{CANARY} School", quadrant=south)
    people = {role: _person(role, own, north) for role in Role.values}
    officer = UserFactory()
    collection = CollectionFactory()
    sample = SampleFactory(collection=CollectionFactory())
    run = RunFactory()
    value = BandValueFactory()
    shared: dict[str, Any] = {
        "collection": collection,
        "framework": collection.framework,
        "sample": sample,
        "run": run,
        "period": run.period,
        "calendar": run.period.calendar,
        "band_value": value,
    }
    sides = []
    for school, surname in ((own, "Alder"), (other, CANARY)):
        side = Side(school, dict(shared, school=school, quadrant=school.quadrant))
        _add_pupils(side, surname, officer)
        _add_funding(side)
        sides.append(side)
    return World(sides[0], sides[1], people)


def _person(role: str, school: School, quadrant: Any) -> User:
    return person(
        role,
        school=school if role in ROLES_AT_A_SCHOOL else None,
        quadrant=quadrant if role in ROLES_IN_A_QUADRANT else None,
        name=f"The {role}",
    )


def _add_pupils(side: Side, surname: str, officer: User) -> None:
    collection = side.objects["collection"]
    pupil_return = ReturnFactory(collection=collection, school=side.school)
    pupil = PupilFactory(school=side.school, surname=surname)
    row = ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)
    sampled = ReturnPupilFactory(
        pupil_return=ReturnFactory(
            collection=side.objects["sample"].collection, school=side.school
        ),
        pupil=pupil,
    )
    decision = BandDecisionFactory(return_pupil=sampled)
    case = CaseFactory(sample=side.objects["sample"], decision=decision)
    SampleDecision.objects.create(
        sample=side.objects["sample"],
        decision=decision,
        urn=side.school.urn,
        quadrant=side.school.quadrant.code,
        sector=side.school.sector,
        band="B",
        hash="0" * 64,
        stratum_size=1,
        stratum_sample=1,
        selected=True,
    )
    joiner = Joiner.objects.create(
        pupil_return=pupil_return,
        surname=surname,
        forename="Joan",
        date_of_birth=pupil.date_of_birth,
        joined_on=collection.reference_date,
        plan_type="EHCP",
        state=JoinerState.WAITING,
    )
    side.objects |= {
        "return": pupil_return,
        "return_pupil": row,
        "pupil": pupil,
        "placement": pupil.placements.get(),
        "plan": pupil.plans.get(),
        "decision": decision,
        "case": case,
        "joiner": joiner,
        "template_upload": _upload(TemplateUpload, officer, pupil_return=pupil_return),
        "caseload_upload": _upload(CaseloadUpload, officer),
        "register_upload": _upload(RegisterUpload, officer),
        "person": person(Role.SENCO, school=side.school, name=f"SENCO {surname}"),
    }


def _upload(model: type, officer: User, **fields: Any) -> Model:
    upload = model(uploaded_by=officer, **fields)
    upload.set_file("file.xlsx", b"not a workbook")
    upload.save()
    return upload


def _add_funding(side: Side) -> None:
    run, pupil, value = side.objects["run"], side.objects["pupil"], side.objects["band_value"]
    period = run.period
    side.objects["line"] = Line.objects.create(
        run=run,
        period=period,
        pupil=pupil,
        school=side.school,
        kind="allocation",
        basis="EHCP",
        framework=value.band.framework,
        band=value.band,
        decision=side.objects["decision"],
        annual_value=value.annual_value,
        value_from=value.effective_from,
        start=period.start,
        end=period.end,
        days=period.days,
        period_days=period.days,
        numerator=period.numerator,
        denominator=period.denominator,
        amount="746.67",
    )
    side.objects["run_exception"] = RunException.objects.create(
        run=run,
        kind="overlap",
        pupil=pupil,
        school=side.school,
        start=period.start,
        end=period.end,
    )
