"""Forty invented schools of all sectors in four quadrants; no URN of theirs is in use."""

from dataclasses import dataclass

from django.conf import settings

from banding_portal.roles import Role
from schools.choices import Arrangement, Sector
from schools.models import Quadrant, School, User
from schools.register_rules import sector_of_school
from schools.services.arrangements import add_arrangement

QUADRANTS = ("North", "East", "South", "West")
FIRST_URN, FIRST_NUMBER = 990001, 2001


@dataclass(frozen=True)
class SchoolKind:
    """What the register says about schools of a kind."""

    type_code: int
    type_name: str
    group: int
    phase_code: int
    phase: str
    low_age: int
    high_age: int
    trust: str = ""


MERE_TRUST, VALE_TRUST = "Mere Learning Trust", "Vale Schools Trust"
PRIMARY = SchoolKind(1, "Community school", 4, 2, "Primary", 4, 11)
PRIMARY_ACADEMY = SchoolKind(34, "Academy converter", 10, 2, "Primary", 4, 11, MERE_TRUST)
SECONDARY = SchoolKind(5, "Foundation school", 4, 4, "Secondary", 11, 16)
SECONDARY_ACADEMY = SchoolKind(28, "Academy sponsor led", 10, 4, "Secondary", 11, 18, VALE_TRUST)
SPECIAL = SchoolKind(7, "Community special school", 5, 0, "Not applicable", 4, 19)
SPECIAL_ACADEMY = SchoolKind(
    44, "Academy special converter", 10, 0, "Not applicable", 4, 16, VALE_TRUST
)
UNIT = SchoolKind(14, "Pupil referral unit", 4, 0, "Not applicable", 8, 16)
UNIT_ACADEMY = SchoolKind(
    42, "Academy alternative provision converter", 10, 0, "Not applicable", 11, 16, MERE_TRUST
)
NURSERY = SchoolKind(15, "Local authority nursery school", 4, 1, "Nursery", 2, 5)
COLLEGE = SchoolKind(18, "Further education", 1, 6, "16 plus", 16, 19)
SPECIAL_COLLEGE = SchoolKind(32, "Special post 16 institution", 9, 6, "16 plus", 16, 25)
INDEPENDENT = SchoolKind(11, "Other independent school", 3, 0, "Not applicable", 3, 16)

SCHOOLS = (
    (PRIMARY, "Alderbrook Primary School"),
    (PRIMARY, "Birchfield Primary School"),
    (PRIMARY, "Cedar Lane Primary School"),
    (PRIMARY, "Dunmere Primary School"),
    (PRIMARY, "Elmstow Primary School"),
    (PRIMARY, "Fernley Primary School"),
    (PRIMARY, "Gorsedale Primary School"),
    (PRIMARY, "Hazelwick Primary School"),
    (PRIMARY_ACADEMY, "Ivybank Primary Academy"),
    (PRIMARY_ACADEMY, "Juniper Road Primary Academy"),
    (PRIMARY_ACADEMY, "Kingsmere Primary Academy"),
    (PRIMARY_ACADEMY, "Larkfield Primary Academy"),
    (PRIMARY_ACADEMY, "Meadowell Primary Academy"),
    (PRIMARY_ACADEMY, "Nettlecombe Primary Academy"),
    (SECONDARY, "Oakhaven School"),
    (SECONDARY, "Pinehurst School"),
    (SECONDARY, "Rowanbridge School"),
    (SECONDARY, "Saltmarsh High School"),
    (SECONDARY_ACADEMY, "Quarrydown Academy"),
    (SECONDARY_ACADEMY, "Thornwell Academy"),
    (SECONDARY_ACADEMY, "Upfield Academy"),
    (SECONDARY_ACADEMY, "Vale of Mere Academy"),
    (SPECIAL, "Willowmere School"),
    (SPECIAL, "Yewtree School"),
    (SPECIAL, "Copperbeech School"),
    (SPECIAL, "Heatherlea School"),
    (SPECIAL_ACADEMY, "Brackenside Academy"),
    (SPECIAL_ACADEMY, "Mossbank Academy"),
    (SPECIAL_ACADEMY, "Stonecrop Academy"),
    (UNIT, "Turnstone Centre"),
    (UNIT, "Lapwing Centre"),
    (UNIT_ACADEMY, "Harbourgate Academy"),
    (NURSERY, "Acorn Nursery School"),
    (NURSERY, "Bluebell Nursery School"),
    (NURSERY, "Catkin Nursery School"),
    (COLLEGE, "Westmere College"),
    (COLLEGE, "Mere Valley College"),
    (SPECIAL_COLLEGE, "Lanternwood College"),
    (INDEPENDENT, "Whitestone House School"),
    (INDEPENDENT, "Greycliff School"),
)


def seed_schools() -> list[School]:
    """Make the quadrants and schools; quadrants take turns so that each has every sort."""
    quadrants = [Quadrant(code=name.lower(), name=name) for name in QUADRANTS]
    Quadrant.objects.bulk_create(quadrants)
    schools = [
        invented_school(place, kind, name, quadrants[place % len(quadrants)])
        for place, (kind, name) in enumerate(SCHOOLS)
    ]
    return School.objects.bulk_create(schools)


def seed_arrangements() -> None:
    """What pupils without a school have: nobody is paid for the first."""
    officer = User.objects.filter(memberships__role=Role.SEND_OFFICER).get()
    add_arrangement(kind=Arrangement.HOME_EDUCATION, by=officer)
    add_arrangement(
        kind=Arrangement.PROVIDER, name="Kestrel Tuition", payee_reference="S-20817", by=officer
    )
    School.objects.filter(sector=Sector.OUT_OF_SCHOOL).update(low_age=5, high_age=16)


def invented_school(place: int, kind: SchoolKind, name: str, quadrant: Quadrant | None) -> School:
    codes = {"type_code": kind.type_code, "phase_code": kind.phase_code, "group_code": kind.group}
    return School(
        urn=str(FIRST_URN + place),
        la_code=settings.LA_CODE,
        establishment_number=str(FIRST_NUMBER + place),
        name=name,
        type_code=kind.type_code,
        type_name=kind.type_name,
        type_group_code=kind.group,
        phase=kind.phase,
        sector=sector_of_school(**codes) or "",
        low_age=kind.low_age,
        high_age=kind.high_age,
        trust=kind.trust,
        town="Westmere",
        postcode="WM1 1AA",
        quadrant=quadrant,
    )
