"""Dates that cannot be are refused on screen; those that hardly can are asked about (S13)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Placement, Plan, Pupil
from schools.services import corrections, pupils
from tests.factories import PlanFactory, PupilFactory, SchoolFactory, person
from tests.schools.test_details import details_of, send

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 17)
SEPTEMBER, LAST_YEAR = dt.date(2026, 9, 1), dt.date(2025, 9, 1)
BORN = dt.date(2018, 3, 4)
SURE = {"sure": "on"}


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


@pytest.fixture
def by(db):
    return person(Role.SEND_OFFICER)


def dates(name, day) -> dict[str, str]:
    return {f"{name}_{i}": str(part) for i, part in enumerate((day.day, day.month, day.year))}


def at(name, row) -> str:
    return reverse(f"schools:{name}", args=[row.pk])


def place(client, pupil, school, start=SEPTEMBER, **more):
    data = {"school": school.pk} | dates("start", start) | more
    return client.post(at("placement_add", pupil), data, follow=True).text


# A pupil's own details


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("R", 0),
        ("Reception", 0),
        ("n1", -2),
        ("N2", -1),
        ("E1", -3),
        ("Year 4", 4),
        ("y5", 5),
        ("03", 3),
        ("X", None),
        ("", None),
    ],
)
def test_year_group_is_read_in_every_spelling(officer, text, group):
    pupil = PupilFactory(date_of_birth=BORN)
    page = send(officer, pupil, year_group=text, **SURE)
    assert "The details are saved" in page.text
    pupil.refresh_from_db()
    year = None if group is None else 2026
    assert (pupil.recorded_year_group, pupil.recorded_for) == (group, year)


@pytest.mark.parametrize("group", [17, 20, 21])
def test_year_group_goes_up_to_21(officer, group):
    pupil = PupilFactory(date_of_birth=dt.date(2022 - group, 3, 4), primary_need="ASD")
    page = send(officer, pupil, year_group=f"{group}", **SURE)
    assert "The details are saved" in page.text
    pupil.refresh_from_db()
    assert pupil.recorded_year_group == group


@pytest.mark.parametrize("text", ["22", "-4", "four", "13 or so"])
def test_year_group_that_is_none_is_refused(officer, text):
    page = send(officer, PupilFactory(), year_group=text)
    assert "Enter a year group: 1 to 21, R for Reception, N1 or N2, or X for none" in page.text


def test_form_says_for_which_year(officer):
    page = officer.get(at("pupil_edit", PupilFactory()))
    assert "In 2026-27: R, N1, Year 4 or 4, up to 21." in page.text


def test_recorded_year_group_is_shown_again_as_it_is_now(officer):
    pupil = PupilFactory(recorded_year_group=5, recorded_for=2025)
    assert 'value="6"' in officer.get(at("pupil_edit", pupil)).text


def test_year_group_far_from_the_date_of_birth_is_asked_about(officer):
    pupil = PupilFactory(date_of_birth=BORN)
    page = send(officer, pupil, year_group="6")
    assert "usually in Year 4 in 2026-27, not in Year 6" in page.text
    assert "It is right anyway" in page.text
    pupil.refresh_from_db()
    assert pupil.recorded_year_group is None
    assert "The details are saved" in send(officer, pupil, year_group="6", **SURE).text


def test_one_year_ahead_is_nothing_odd(officer):
    assert "are saved" in send(officer, PupilFactory(date_of_birth=BORN), year_group="5").text


def test_birth_in_the_future_is_refused_sure_or_not(officer):
    pupil = PupilFactory()
    born = {f"date_of_birth_{i}": text for i, text in enumerate(("18", "11", "2026"))}
    page = send(officer, pupil, why="mistake", **born, **SURE)
    assert "The date of birth is in the future" in page.text
    pupil.refresh_from_db()
    assert pupil.date_of_birth == BORN


def test_new_pupil_born_in_the_future_is_refused(officer):
    given = details_of(PupilFactory.build(), date_of_birth_2="2027")
    assert "is in the future" in officer.post("/pupils/new/", given).text
    assert not Pupil.objects.exists()


@pytest.mark.parametrize("what", ["placement", "plan"])
def test_birth_after_something_began_is_refused(by, what):
    pupil = PupilFactory(school=SchoolFactory())
    (pupil.plans if what == "placement" else pupil.placements).all().delete()
    born = dt.date(2025, 10, 1)
    with pytest.raises(RefusalError, match=f"The {what} begins before the pupil was born"):
        pupils.update_pupil(pupil=pupil, today=TODAY, why="mistake", by=by, date_of_birth=born)


# Placements and plans


def test_placement_before_birth_is_refused(officer, school):
    pupil = PupilFactory(date_of_birth=BORN)
    text = place(officer, pupil, school, BORN - dt.timedelta(1), **SURE)
    assert "The placement begins before the pupil was born: 4 March 2018" in text
    assert not Placement.objects.exists()


def test_plan_after_25_is_refused(officer):
    pupil = PupilFactory(date_of_birth=dt.date(2001, 3, 4))
    data = {"plan_type": "EHCP"} | dates("start", SEPTEMBER) | SURE
    page = officer.post(at("plan_add", pupil), data)
    assert "The plan begins after the academic year in which the pupil turns 25" in page.text
    assert not Plan.objects.exists()


def test_placement_without_a_school_is_not_called_a_plan(officer):
    pupil = PupilFactory(date_of_birth=dt.date(2001, 3, 4))
    page = officer.post(at("placement_add", pupil), {"school": ""} | dates("start", SEPTEMBER))
    assert "The placement begins after the academic year in which" in page.text
    assert "The plan begins" not in page.text


@pytest.mark.parametrize(
    ("about_school", "told"),
    [
        ({"opened_on": TODAY}, "before the school opened: 17 November 2026"),
        ({"closed_on": dt.date(2026, 8, 31)}, "after the school closed: 31 August 2026"),
        ({"low_age": 11, "high_age": 16}, "too young for the school: it has Year 7 to Year 11"),
        ({"low_age": 2, "high_age": 5}, "too old for the school: it has Nursery 1 to Reception"),
    ],
)
def test_what_hardly_can_be_is_asked_about_once(officer, about_school, told):
    pupil, school = PupilFactory(date_of_birth=BORN), SchoolFactory(**about_school)
    text = place(officer, pupil, school)
    assert told in text
    assert "It is right anyway" in text
    assert not Placement.objects.exists()
    assert "The placement is saved" in place(officer, pupil, school, **SURE)


def test_nothing_odd_asks_nothing(officer, school):
    text = place(officer, PupilFactory(date_of_birth=BORN), school)
    assert "The placement is saved" in text


def test_last_day_after_25_is_asked_about(officer):
    plan = PlanFactory(pupil=PupilFactory(date_of_birth=BORN))
    far = dates("end", dt.date(2099, 12, 31))
    page = officer.post(at("plan_end", plan), far)
    assert "The plan ends after the academic year in which the pupil turns 25" in page.text
    officer.post(at("plan_end", plan), far | SURE)
    plan.refresh_from_db()
    assert plan.end == dt.date(2099, 12, 31)


def test_ending_asks_nothing_about_the_start(officer):
    """The placement began before its school opened: whoever ends it need not answer for that."""
    school = SchoolFactory(opened_on=SEPTEMBER)
    placement = PupilFactory(school=school).placements.get()
    page = officer.post(at("placement_end", placement), dates("end", TODAY), follow=True)
    assert "last day is saved" in page.text


def test_correction_asks_and_keeps_the_answer(officer):
    school = SchoolFactory(opened_on=SEPTEMBER)
    placement = PupilFactory(school=school).placements.get()
    given = {"school": school.pk, "reason": "Typed wrongly"} | dates("start", LAST_YEAR)
    given |= dates("end", TODAY)
    page = officer.post(at("placement_correct", placement), given)
    assert "before the school opened" in page.text
    page = officer.post(at("placement_correct", placement), given | SURE)
    assert "What will happen" in page.text
    assert 'name="sure" value="on"' in page.text
    officer.post(at("placement_correct", placement), given | SURE | {"confirm": "yes"})
    placement.refresh_from_db()
    assert placement.end == TODAY


def test_services_refuse_what_cannot_be(by):
    pupil = PupilFactory(school=SchoolFactory(), date_of_birth=BORN)
    before = BORN - dt.timedelta(1)
    calls = [
        lambda: pupils.place_pupil(pupil=pupil, school=SchoolFactory(), start=before, by=by),
        lambda: pupils.start_plan(pupil=pupil, plan_type="SEN_SUPPORT", start=before, by=by),
        lambda: corrections.correct_placement(
            placement=pupil.placements.get(),
            school=SchoolFactory(),
            start=before,
            end=None,
            reason="Typed wrongly",
            by=by,
        ),
        lambda: corrections.correct_plan(
            plan=pupil.plans.get(),
            plan_type="EHCP",
            start=before,
            end=None,
            reason="Typed wrongly",
            by=by,
        ),
    ]
    for call in calls:
        with pytest.raises(RefusalError, match="before the pupil was born"):
            call()


# Two kinds of plan at once


def plan(client, pupil, plan_type, **more):
    data = {"plan_type": plan_type} | dates("start", SEPTEMBER) | more
    return client.post(at("plan_add", pupil), data, follow=True).text


def open_plans(pupil) -> list[tuple[str, dt.date | None]]:
    return list(pupil.plans.order_by("start").values_list("plan_type", "end"))


def test_new_plan_ends_the_one_before_it_where_that_is_ticked(officer):
    pupil = PupilFactory(date_of_birth=BORN)
    PlanFactory(pupil=pupil, plan_type="SEN_SUPPORT", start=LAST_YEAR)
    assert "The plan is saved" in plan(officer, pupil, "EHCP", end_others="on")
    assert open_plans(pupil) == [("SEN_SUPPORT", dt.date(2026, 8, 31)), ("EHCP", None)]


def test_second_kind_of_plan_beside_the_first_is_asked_about(officer):
    pupil = PupilFactory(date_of_birth=BORN)
    PlanFactory(pupil=pupil, plan_type="EHCP", start=LAST_YEAR)
    said = "The pupil has an EHCP then too, from 1 September 2025"
    assert said in plan(officer, pupil, "SEN_SUPPORT")
    assert open_plans(pupil) == [("EHCP", None)]
    assert "The plan is saved" in plan(officer, pupil, "SEN_SUPPORT", **SURE)
    assert open_plans(pupil) == [("EHCP", None), ("SEN_SUPPORT", None)]


def test_plan_after_the_other_is_over_is_not_asked_about(officer):
    pupil = PupilFactory(date_of_birth=BORN)
    PlanFactory(pupil=pupil, plan_type="SEN_SUPPORT", start=LAST_YEAR, end=dt.date(2026, 8, 31))
    assert "The plan is saved" in plan(officer, pupil, "EHCP")


def test_correcting_a_plan_into_another_asks_too(officer):
    pupil = PupilFactory(date_of_birth=BORN)
    PlanFactory(pupil=pupil, plan_type="EHCP", start=LAST_YEAR)
    row = PlanFactory(
        pupil=pupil, plan_type="SEN_SUPPORT", start=dt.date(2024, 9, 1), end=dt.date(2025, 8, 31)
    )
    data = {"plan_type": "SEN_SUPPORT", "reason": "A slip"} | dates("start", row.start)
    page = officer.post(at("plan_correct", row), data).text
    assert "The pupil has an EHCP then too, from 1 September 2025" in page
    row.refresh_from_db()
    assert row.end == dt.date(2025, 8, 31)
