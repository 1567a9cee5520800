"""Pages of an authority with 600 schools and of a school with 300 pupils, against small ones."""

import datetime as dt
from collections.abc import Iterator
from statistics import median

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding.choices import CollectionKind, ReturnState
from banding.collections.services import open_collection
from banding.models import Collection, Framework, Return
from banding_portal.roles import Role
from benchmarks.runs import timed
from benchmarks.sample import SINCE, measured_framework
from schools.choices import PlanType, Sector
from schools.models import Membership, Placement, Plan, Pupil, School, User

SCHOOLS, PUPILS_EACH, LONG_LIST = 600, 12, 300
SMALLER = 10
"""How many times smaller the authority and the school are that the pages are held against."""
IN_HAND = 2
"""Every second return is submitted."""


def measure_pages(rounds: int) -> Iterator[str]:
    """Yield the report, a line at a time."""
    settings.REQUIRE_SECOND_FACTOR = settings.SECURE_SSL_REDIRECT = False
    settings.ALLOWED_HOSTS = ["testserver"]
    framework = measured_framework()
    officer = member("officer@example.org", Role.SEND_OFFICER)
    large = opened(framework, Sector.MAINSTREAM, [PUPILS_EACH] * (SCHOOLS - 1) + [LONG_LIST])
    few = [PUPILS_EACH] * (SCHOOLS // SMALLER - 1) + [LONG_LIST // SMALLER]
    small = opened(framework, Sector.SPECIAL, few)
    yield from compared(
        f"overview of {SCHOOLS} schools ÷ {SCHOOLS // SMALLER}",
        officer,
        [reverse("banding:collection_detail", args=[each.pk]) for each in (large, small)],
        rounds,
    )
    long, short = longest(large), longest(small)
    senco = member("senco@example.org", Role.SENCO, long.school, short.school)
    for name, words in (("return_detail", "list"), ("return_grid", "grid")):
        yield from compared(
            f"{words} of {LONG_LIST} pupils ÷ {LONG_LIST // SMALLER}",
            senco,
            [reverse(f"banding:{name}", args=[each.pk]) for each in (long, short)],
            rounds,
        )


def opened(framework: Framework, sector: str, sizes: list[int]) -> Collection:
    """An exercise of so many schools, each with so many pupils."""
    first = 900000 + 1000 * list(Sector).index(Sector(sector))
    schools = School.objects.bulk_create(
        School(urn=str(first + number), name=f"School {number}", sector=sector)
        for number in range(len(sizes))
    )
    placed = [school for school, size in zip(schools, sizes, strict=True) for _ in range(size)]
    pupils = Pupil.objects.bulk_create(
        Pupil(
            reference=f"{sector[:2]}{number:06}",
            surname=f"Invented{number}",
            forename="Pupil",
            date_of_birth=dt.date(2014, 9, 1) + dt.timedelta(days=number % 1000),
        )
        for number in range(len(placed))
    )
    Placement.objects.bulk_create(
        Placement(pupil=pupil, school=school, start=SINCE)
        for pupil, school in zip(pupils, placed, strict=True)
    )
    kind = PlanType.EHCP
    Plan.objects.bulk_create(Plan(pupil=one, plan_type=kind, start=SINCE) for one in pupils)
    today = timezone.localdate()
    collection = open_collection(
        code=sector,
        name=sector,
        kind=CollectionKind.EXERCISE,
        framework=framework,
        sectors=[sector],
        reference_date=today,
        opens_on=today,
        deadline=today + dt.timedelta(days=30),
    )
    submit_some(collection)
    return collection


def submit_some(collection: Collection) -> None:
    head = User.objects.first()
    short = collection.returns.exclude(pk=longest(collection).pk).order_by("school__urn")
    some = [each.pk for each in short][::IN_HAND]
    given = {"submitted_by": head, "submitted_at": timezone.now()}
    Return.objects.filter(pk__in=some).update(state=ReturnState.SUBMITTED, **given)


def longest(collection: Collection) -> Return:
    """The return of the last school, which has the long list."""
    return collection.returns.select_related("school").order_by("-school__urn")[0]


def member(email: str, role: str, *schools: School) -> User:
    user = User.objects.create_user(email, name="Sam Carter")
    for school in schools or (None,):
        Membership.objects.create(user=user, role=role, school=school)
    return user


def compared(label: str, user: User, urls: list[str], rounds: int) -> Iterator[str]:
    """The median of both, once each was seen."""
    client = Client()
    client.force_login(user)
    for url in urls:
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answers {response.status_code}")
    large, small = (
        median(timed(lambda u=url: client.get(u)) for _ in range(rounds)) for url in urls
    )
    yield f"{label}: {large / small:.2f} ({large * 1000:.0f} ms; {small * 1000:.0f} ms)"
