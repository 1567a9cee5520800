"""Pupils on screen: who sees whom, until when (rules.md B6), and maintaining them."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from schools.models import Placement, Plan, Pupil
from tests.factories import (
    BandDecisionFactory,
    MembershipFactory,
    PlacementFactory,
    PlanFactory,
    PupilFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/pupils/"
LEFT = dt.date(2026, 3, 31)


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def found(page):
    return [pupil.surname for pupil in page.context["page_obj"]]


def page_of(pupil):
    return reverse("schools:pupil_detail", args=[pupil.pk])


@pytest.fixture
def leaver():
    """Left the first school in March 2026 for a second one, where a new plan came."""
    first, second = SchoolFactory(name="First School"), SchoolFactory(name="Second School")
    pupil = PupilFactory(surname="Leaver")
    PlacementFactory(pupil=pupil, school=first, end=LEFT)
    PlacementFactory(pupil=pupil, school=second, start=LEFT + dt.timedelta(days=1))
    PlanFactory(pupil=pupil, plan_type="SEN_SUPPORT", end=LEFT + dt.timedelta(days=20))
    PlanFactory(pupil=pupil, plan_type="EHCP", start=LEFT + dt.timedelta(days=21))
    pupil.first, pupil.second = first, second
    return pupil


@pytest.mark.parametrize(
    "text",
    ["khan", "Amira Kh", "Khan, Am", "a801200001001", "A801 2000\u200b 01001", "999-77", "Amira"],
)
def test_search_by_name_upn_and_reference(officer, text):
    PupilFactory(surname="Khan", upn="A801200001001", reference="999-77")
    PupilFactory(surname="Lowe", forename="Finn")
    assert found(officer.get(LIST, {"q": text})) == ["Khan"]


def test_filter_by_school_plan_and_need(officer):
    school = SchoolFactory()
    PupilFactory(surname="A", school=school)
    other = PupilFactory(surname="B", primary_need="ASD")
    PlanFactory(pupil=other, plan_type="SEN_SUPPORT")
    assert found(officer.get(LIST, {"school": school.pk})) == ["A"]
    assert found(officer.get(LIST, {"plan_type": "SEN_SUPPORT"})) == ["B"]
    assert found(officer.get(LIST, {"need": "ASD"})) == ["B"]


@pytest.mark.parametrize(
    ("roll", "at_first", "at_all"),
    [("", ["Stays", "Today"], ["Leaver", "New", "Stays", "Today"]),
     ("left", ["Leaver"], []),
     ("all", ["Leaver", "Stays", "Today"], ["Leaver", "New", "Stays", "Today"])],
)  # fmt: skip
def test_list_shows_those_on_roll_unless_asked(sign_in, leaver, roll, at_first, at_all):
    for surname, end in (("Stays", None), ("Today", timezone.localdate())):
        PlacementFactory(pupil=PupilFactory(surname=surname), school=leaver.first, end=end)
    PupilFactory(surname="New")
    asked = {"roll": roll} if roll else {}
    assert found(sign_in(Role.SENCO, school=leaver.first).get(LIST, asked)) == at_first
    assert found(sign_in(Role.SEND_OFFICER).get(LIST, asked)) == at_all


def test_school_sees_its_pupils_only(sign_in):
    school = SchoolFactory()
    PupilFactory(surname="Ours", school=school)
    theirs = PupilFactory(surname="Theirs", school=SchoolFactory())
    client = sign_in(Role.SENCO, school=school)
    assert found(client.get(LIST)) == ["Ours"]
    assert client.get(page_of(theirs)).status_code == 404


def test_finance_is_told_who_can_see_pupils(sign_in):
    assert sign_in(Role.FINANCE_OFFICER).get(LIST).status_code == 403


def test_list_shows_a_leaver_as_the_school_knew_it(sign_in, leaver):
    client = sign_in(Role.SENCO, school=leaver.first)
    (pupil,) = client.get(LIST, {"roll": "left"}).context["page_obj"]
    seen = (pupil.school_name, pupil.left_on, pupil.plan_now, pupil.as_of)
    assert seen == ("First School", LEFT, "SEN_SUPPORT", LEFT)


def test_plan_filter_tells_nothing_newer_of_a_leaver(sign_in, leaver):
    client = sign_in(Role.SENCO, school=leaver.first)
    left = {"roll": "left"}
    assert found(client.get(LIST, left | {"plan_type": "EHCP"})) == []
    assert found(client.get(LIST, left | {"plan_type": "SEN_SUPPORT"})) == ["Leaver"]


def test_list_shows_the_new_school_and_plan_to_others(officer, leaver):
    (pupil,) = officer.get(LIST).context["page_obj"]
    assert (pupil.school_name, pupil.left_on, pupil.plan_now) == ("Second School", None, "EHCP")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_are_constant(officer, rows, django_assert_num_queries):
    for _ in range(rows):
        PupilFactory(school=SchoolFactory())
    with django_assert_num_queries(9):
        officer.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_queries_are_constant(officer, rows, django_assert_num_queries):
    pupil = PupilFactory()
    for _ in range(rows):
        PlacementFactory(pupil=pupil)
        PlanFactory(pupil=pupil, start=dt.date(2025, 1, 1 + rows + pupil.plans.count()))
        BandDecisionFactory(return_pupil__pupil=pupil)
    with django_assert_num_queries(20):
        officer.get(page_of(pupil))


def test_page_shows_placements_plans_and_decisions(officer, leaver):
    BandDecisionFactory(return_pupil__pupil=leaver, band_code="C")
    page = officer.get(page_of(leaver)).text
    for text in ("First School", "Second School", "SEN Support", "EHCP", "Band C", "<svg"):
        assert text in page


def test_former_school_sees_nothing_newer(sign_in, leaver):
    BandDecisionFactory(
        return_pupil__pupil=leaver, school=leaver.second, effective_from=LEFT + dt.timedelta(9)
    )
    page = sign_in(Role.SENCO, school=leaver.first).get(page_of(leaver))
    assert "This pupil has left your school" in page.text
    assert "Second School" not in page.text
    assert [plan.plan_type for plan in page.context["plans"]] == ["SEN_SUPPORT"]
    assert page.context["plans"][0].end is None
    assert leaver.get_primary_need_display() not in page.text
    assert page.context["sections"][0].context["decisions"] == []


def test_former_school_keeps_its_own_decision(sign_in, leaver):
    decision = BandDecisionFactory(
        return_pupil__pupil=leaver, school=leaver.first, effective_from=dt.date(2025, 10, 1)
    )
    page = sign_in(Role.SENCO, school=leaver.first).get(page_of(leaver))
    assert page.context["sections"][0].context["decisions"] == [decision]


DETAILS = {
    "surname": "Khan",
    "forename": "Amira",
    "date_of_birth_0": "31",
    "date_of_birth_1": "3",
    "date_of_birth_2": "2018",
    "reference": "999-1",
    "upn": "",
    "primary_need": "SLCN",
    "responsible_la": "999",
    "year_group": "",
}


def test_officer_adds_a_pupil(officer):
    page = officer.post("/pupils/new/", DETAILS, follow=True)
    assert "The pupil is added" in page.text
    pupil = Pupil.objects.get()
    assert (pupil.reference, pupil.upn, pupil.recorded_year_group) == ("999-1", None, None)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"upn": "B801200001001"}, "does not match the rest"),
        ({"upn": "12"}, "A UPN has 13 characters"),
        ({"responsible_la": "x"}, "Enter the three digits of the authority’s code"),
        ({"reference": "999-9"}, "Another pupil has this reference"),
        ({"surname": ""}, "Enter the surname"),
    ],
)
def test_bad_details_are_refused(officer, changes, told):
    PupilFactory(reference="999-9")
    page = officer.post("/pupils/new/", DETAILS | changes)
    assert told in page.text
    assert Pupil.objects.count() == 1


def test_officer_changes_details_and_records_a_year_group(officer):
    pupil = PupilFactory(surname="Before", reference="999-1")
    url = reverse("schools:pupil_edit", args=[pupil.pk])
    assert "Before" in officer.get(url).text
    officer.post(url, DETAILS | {"year_group": "5", "why": "mistake"})
    pupil.refresh_from_db()
    assert (pupil.surname, pupil.year_group_on(timezone.localdate())) == ("Khan", 5)


def dates(name, day):
    return {f"{name}_{i}": str(part) for i, part in enumerate((day.day, day.month, day.year))}


def test_new_placement_ends_the_one_before(officer):
    pupil, school = PupilFactory(school=SchoolFactory()), SchoolFactory()
    data = {"school": school.pk, "end_others": "on", **dates("start", dt.date(2026, 9, 1))}
    page = officer.post(reverse("schools:placement_add", args=[pupil.pk]), data, follow=True)
    assert "The placement is saved" in page.text
    rows = list(pupil.placements.values_list("start", "end"))
    assert rows == [
        (dt.date(2025, 9, 1), dt.date(2026, 8, 31)),
        (dt.date(2026, 9, 1), None),
    ]


def test_same_placement_twice_is_refused(officer, school):
    pupil = PupilFactory(school=school)
    data = {"school": school.pk, **dates("start", dt.date(2026, 9, 1))}
    page = officer.post(reverse("schools:placement_add", args=[pupil.pk]), data)
    assert "on that day" in page.text
    assert Placement.objects.count() == 1


def test_placement_ends(officer, school):
    placement = PupilFactory(school=school).placements.get()
    url = reverse("schools:placement_end", args=[placement.pk])
    assert "must not be before" in officer.post(url, dates("end", dt.date(2025, 8, 31))).text
    officer.post(url, dates("end", LEFT))
    placement.refresh_from_db()
    assert placement.end == LEFT


def test_plans_start_once_and_end(officer):
    pupil = PupilFactory()
    url = reverse("schools:plan_add", args=[pupil.pk])
    data = {"plan_type": "EHCP", **dates("start", LEFT)}
    officer.post(url, data)
    assert "on that day" in officer.post(url, data).text
    plan = Plan.objects.get()
    officer.post(reverse("schools:plan_end", args=[plan.pk]), dates("end", LEFT))
    plan.refresh_from_db()
    assert (plan.start, plan.end) == (LEFT, LEFT)


def test_schools_cannot_maintain_pupils(sign_in, school):
    pupil = PupilFactory(school=school)
    client = sign_in(Role.SENCO, school=school)
    for name in ("pupil_edit", "placement_add", "plan_add"):
        url = reverse(f"schools:{name}", args=[pupil.pk])
        assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)


def test_upn_with_spaces_is_read_on_the_form(officer):
    pupil = PupilFactory(upn=None)
    details = {
        "surname": "Khan",
        "forename": "Amira",
        "date_of_birth_0": "4",
        "date_of_birth_1": "3",
        "date_of_birth_2": "2018",
        "reference": pupil.reference,
        "upn": "b801 2000 \u200b05001",
        "why": "mistake",
        "responsible_la": "999",
    }
    officer.post(reverse("schools:pupil_edit", args=[pupil.pk]), details)
    pupil.refresh_from_db()
    assert pupil.upn == "B801200005001"


def test_school_stands_in_the_title_for_who_works_for_several(sign_in, leaver):
    client = sign_in(Role.SENCO, school=leaver.first)
    assert "First School" not in title(client.get(page_of(leaver)))
    MembershipFactory(user=client.user, role=Role.SENCO, school=leaver.second)
    page = client.get(page_of(leaver))
    assert "Amira Leaver, Second School" in " ".join(title(page).split())
    assert page.text.count("· Second School") == 1


def title(page):
    return page.text.split("</title>")[0]


def test_senco_of_one_school_has_no_filter_of_schools(sign_in, school):
    client = sign_in(Role.SENCO, school=school)
    PupilFactory(school=school)
    page = client.get(reverse("schools:pupil_list"))
    assert "school" not in page.context["filters"].fields
