"""Schools compared with last term, and why one is paid more or less (F9)."""

import datetime as dt
from decimal import Decimal
from random import Random

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from banding_portal.roles import Role
from funding.selectors.movements import run_before
from funding.selectors.school_differences import difference_of_school, schools_compared
from schools.services.pupils import end_placement
from tests.factories import PlacementFactory, SchoolFactory, person
from tests.funding.funded import agree, funded_pupil, set_value
from tests.funding.published import draft, published

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2026, 10, 31)
JANUARY = dt.date(2027, 1, 1)


@pytest.fixture
def school():
    return SchoolFactory(name="Alderbrook")


def rows(run):
    found = schools_compared(run, run_before(run))
    return [(row["name"], row["before"], row["now"], row["change"]) for row in found]


def test_largest_changes_come_first_and_add_up_to_the_control_totals(autumn, spring, school):
    stays = SchoolFactory(name="Beech")
    funded_pupil(school)
    funded_pupil(stays)
    before = published(autumn)
    for _ in range(2):
        funded_pupil(school)
    run = draft(spring)
    found = rows(run)
    assert [row[0] for row in found] == ["Alderbrook", "Beech"]
    assert found[1][1:] == (Decimal("1220.00"), Decimal("915.00"), Decimal("-305.00"))
    assert sum(row[1] for row in found) == before.control_total
    assert sum(row[2] for row in found) == run.control_total


def test_school_paid_in_one_of_the_two_is_there(autumn, spring, school):
    pupil = funded_pupil(school)
    published(autumn)
    pupil.placements.update(end=dt.date(2026, 12, 31))
    new = SchoolFactory(name="Beech")
    PlacementFactory(pupil=pupil, school=new, start=JANUARY)
    assert {row[0] for row in rows(draft(spring))} == {"Alderbrook", "Beech"}


def test_school_opens_to_a_sentence_its_reasons_and_its_pupils(autumn, spring, school):
    stays, leaves, raised = (funded_pupil(school) for _ in range(3))
    published(autumn)
    end_placement(placement=leaves.placements.get(), end=OCTOBER, by=person(Role.SEND_OFFICER))
    agree(raised, "C", JANUARY)
    joined = funded_pupil(school, start=JANUARY)
    run = draft(spring)
    found = difference_of_school(run, run_before(run), school)
    assert found.before == Decimal("3660.00")
    assert (
        found.now
        == Decimal("3050.00")
        == sum(line.amount for line in run.lines.filter(school=school))
    )
    assert sum(step.amount for step in found.movements) == found.change
    assert {step.reason: step.amount for step in found.movements if step.amount} == {
        "joiners": Decimal("915.00"),
        "leavers": Decimal("-1220.00"),
        "bands": Decimal("915.00"),
        "dates": Decimal("-610.00"),
        "adjustments": Decimal("-610.00"),
    }
    assert found.sentence.startswith(
        "Alderbrook is paid £3,050.00 for Spring term 2027, £610.00 less than the £3,660.00 for "
        "Autumn term 2026: pupils who joined +£915.00, "
    )
    reasons = {row.reference: row.reasons for row in found.pupils}
    assert reasons == {
        stays.reference: ["The term is 3/12 of a year, before 4/12"],
        leaves.reference: ["Left", "Adjustments −£610.00, before £0.00"],
        raised.reference: [
            "Band C, before Band B",
            "The term is 3/12 of a year, before 4/12",
        ],
        joined.reference: ["Joined"],
    }
    assert sum(row.change for row in found.pupils) == found.change


@pytest.mark.parametrize("seed", range(3))
def test_reasons_and_pupils_of_each_school_add_up(autumn, spring, seed):
    random = Random(seed)
    schools = [SchoolFactory() for _ in range(2)]
    pupils = [funded_pupil(random.choice(schools), random.choice("BC")) for _ in range(8)]
    published(autumn)
    for pupil in pupils:
        match random.randrange(4):
            case 0:
                agree(pupil, random.choice("BC"), random.choice([OCTOBER, JANUARY]))
            case 1:
                pupil.placements.update(end=random.choice([OCTOBER, JANUARY]))
            case 2:
                pupil.placements.update(school=random.choice(schools))
    set_value("B", "4000.00", effective_from=dt.date(2027, 2, 1))
    run = draft(spring)
    for row in schools_compared(run, run_before(run)):
        school = next(each for each in schools if each.pk == row["school_id"])
        found = difference_of_school(run, run_before(run), school)
        assert (found.before, found.now) == (row["before"], row["now"])
        assert sum(step.amount for step in found.movements) == found.change
        assert sum(each.change for each in found.pupils) == found.change
        assert all(each.reasons for each in found.pupils)


def test_pages_tell_it(autumn, spring, school, sign_in):
    funded_pupil(school)
    published(autumn)
    run = draft(spring)
    client = sign_in(Role.FINANCE_OFFICER)
    compared = reverse("funding:schools_compared", args=[run.pk])
    assertContains(client.get(reverse("funding:run_detail", args=[run.pk])), compared)
    opened = reverse("funding:school_compared", args=[run.pk, school.pk])
    assertContains(client.get(compared), opened)
    assertContains(client.get(compared, {"search": "nowhere"}), "No schools match")
    page = client.get(opened)
    assertContains(page, "£305.00 less than the £1,220.00 for Autumn term 2026")
    assertContains(page, "The term is 3/12 of a year, before 4/12")


def test_run_without_one_before_has_no_such_page(autumn, sign_in):
    funded_pupil()
    run = draft(autumn)
    client = sign_in(Role.FINANCE_OFFICER)
    assert client.get(reverse("funding:schools_compared", args=[run.pk])).status_code == 404


def test_list_asks_as_often_for_three_schools_as_for_one(
    autumn, spring, school, sign_in, django_assert_max_num_queries, django_assert_num_queries
):
    funded_pupil(school)
    published(autumn)
    run, client = draft(spring), sign_in(Role.FINANCE_OFFICER)
    address = reverse("funding:schools_compared", args=[run.pk])
    client.get(address)
    with django_assert_max_num_queries(30) as one:
        client.get(address)
    for _ in range(2):
        funded_pupil()
    draft(spring)
    with django_assert_num_queries(len(one)):
        client.get(address)
