"""An officer changes a pupil's details: they changed on a day, or were wrong before (S11)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import Fact
from schools.facts import changed_facts, facts_of
from schools.models import FormerFact, Pupil, PupilAnswer
from schools.selectors.history import history_of
from schools.services.history import true_from
from schools.services.pupils import update_pupil
from tests.banding.races import at_once
from tests.factories import PupilFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
TODAY, SEPTEMBER = dt.date(2026, 11, 17), dt.date(2026, 9, 1)
AUGUST_ENDS = dt.date(2026, 8, 31)


@pytest.fixture
def pupil(db):
    return PupilFactory(surname="Khan", reference="999-1", upn="H801200001001")


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def details_of(pupil: Pupil, **changes: str) -> dict[str, str]:
    born = pupil.date_of_birth
    own = {
        "surname": pupil.surname,
        "forename": pupil.forename,
        "date_of_birth_0": str(born.day),
        "date_of_birth_1": str(born.month),
        "date_of_birth_2": str(born.year),
        "reference": pupil.reference,
        "upn": pupil.upn or "",
        "primary_need": pupil.primary_need,
        "responsible_la": pupil.responsible_la,
        "year_group": "",
    }
    return own | changes


def since(day: dt.date) -> dict[str, str]:
    parts = {f"since_{i}": str(part) for i, part in enumerate((day.day, day.month, day.year))}
    return {"why": "changed"} | parts


def send(client, pupil, **changes):
    url = reverse("schools:pupil_edit", args=[pupil.pk])
    return client.post(url, details_of(pupil, **changes), follow=True)


def kept(pupil) -> list[tuple]:
    rows = FormerFact.objects.filter(pupil=pupil).order_by("kind")
    return [(row.kind, row.value, row.until) for row in rows]


# What differs


def test_nothing_differs():
    pupil = PupilFactory.build()
    assert changed_facts(facts_of(pupil), facts_of(pupil)) == []


def test_what_was_blank_is_only_filled_in():
    before, after = PupilFactory.build(upn=None, primary_need=""), PupilFactory.build()
    after.surname, after.reference, after.upn = before.surname, before.reference, "H801200001001"
    assert changed_facts(facts_of(before), facts_of(after)) == []


@pytest.mark.parametrize(
    ("field", "value", "fact"),
    [
        ("upn", None, Fact.UPN),
        ("surname", "Other", Fact.NAME),
        ("forename", "Other", Fact.NAME),
        ("date_of_birth", dt.date(2018, 4, 3), Fact.BIRTH_DATE),
        ("reference", "999-B", Fact.REFERENCE),
        ("responsible_la", "998", Fact.RESPONSIBLE_LA),
        ("primary_need", "", Fact.NEED),
    ],
)
def test_each_kind_differs_by_its_own(field, value, fact):
    pupil = PupilFactory.build(upn="H801200001001")
    before = facts_of(pupil)
    setattr(pupil, field, value)
    assert changed_facts(before, facts_of(pupil)) == [fact]


# The service


def test_change_from_a_day(pupil):
    officer = person(Role.SEND_OFFICER)
    update_pupil(pupil=pupil, today=TODAY, since=SEPTEMBER, by=officer, responsible_la="998")
    assert kept(pupil) == [("responsible_la", "999", AUGUST_ENDS)]


def test_change_without_a_day_is_true_from_today(pupil):
    officer = person(Role.SEND_OFFICER)
    update_pupil(pupil=pupil, today=TODAY, by=officer, surname="Lowe")
    assert kept(pupil) == [("name", "Khan, Amira", dt.date(2026, 11, 16))]


def test_mistake_leaves_no_history_whatever_day_is_given(pupil):
    by = person(Role.SEND_OFFICER)
    update_pupil(pupil=pupil, today=TODAY, why="mistake", since=SEPTEMBER, by=by, surname="Lowe")
    assert kept(pupil) == []


def test_future_is_refused(pupil):
    by, tomorrow = person(Role.SEND_OFFICER), TODAY + dt.timedelta(days=1)
    with pytest.raises(RefusalError, match="must not be in the future"):
        update_pupil(pupil=pupil, today=TODAY, since=tomorrow, by=by, surname="Lowe")
    assert kept(pupil) == []


@pytest.mark.parametrize(("day", "refused"), [(31, True), (1, False)])
def test_day_before_the_last_change_is_refused(pupil, day, refused):
    """It changed on 1 September: from that day it may be another one still, not from before."""
    with true_from(SEPTEMBER):
        Pupil.objects.filter(pk=pupil.pk).update(responsible_la="998")
    by = person(Role.SEND_OFFICER)
    earlier = AUGUST_ENDS if refused else SEPTEMBER
    assert earlier.day == day
    if refused:
        told = "Responsible authority: this changed on 1 September 2026 already"
        with pytest.raises(RefusalError, match=told):
            update_pupil(pupil=pupil, today=TODAY, since=earlier, by=by, responsible_la="997")
    else:
        update_pupil(pupil=pupil, today=TODAY, since=earlier, by=by, responsible_la="997")
    assert kept(pupil) == [("responsible_la", "999", AUGUST_ENDS)]


def test_another_fact_may_have_changed_earlier(pupil):
    with true_from(SEPTEMBER):
        Pupil.objects.filter(pk=pupil.pk).update(responsible_la="998")
    pupil.refresh_from_db()
    by, may = person(Role.SEND_OFFICER), dt.date(2026, 5, 1)
    update_pupil(pupil=pupil, today=TODAY, since=may, by=by, surname="Lowe")
    assert kept(pupil) == [
        ("name", "Khan, Amira", dt.date(2026, 4, 30)),
        ("responsible_la", "999", AUGUST_ENDS),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_leave_one_history():
    pupil, by = PupilFactory(), person(Role.SEND_OFFICER)

    def change(code):
        update_pupil(pupil=pupil, today=TODAY, since=SEPTEMBER, by=by, responsible_la=code)

    results = at_once([lambda: change("998"), lambda: change("997")])
    assert not [each for each in results if isinstance(each, Exception)]
    assert kept(pupil) == [("responsible_la", "999", AUGUST_ENDS)]


# The form


def test_form_asks_why(officer, pupil):
    page = send(officer, pupil, surname="Lowe")
    assert "Say whether the details have changed or were wrong before" in page.text
    pupil.refresh_from_db()
    assert pupil.surname == "Khan"


@pytest.mark.parametrize(
    "changes",
    [{"year_group": "5"}, {}],
    ids=["the year group alone", "nothing"],
)
def test_form_asks_nothing_where_no_fact_changes(officer, pupil, changes):
    assert "The details are saved" in send(officer, pupil, **changes).text
    assert kept(pupil) == []


def test_form_asks_nothing_to_fill_in_what_is_missing(officer, pupil):
    Pupil.objects.update(upn=None, primary_need="")
    page = send(officer, pupil, upn="H801200001001", primary_need="ASD")
    assert "The details are saved" in page.text


def test_form_asks_for_the_day(officer, pupil):
    page = send(officer, pupil, surname="Lowe", why="changed")
    assert "Enter the day from which the new details are true" in page.text
    assert kept(pupil) == []


def test_officer_says_from_when(officer, pupil):
    page = send(officer, pupil, surname="Lowe", **since(SEPTEMBER))
    assert "The details are saved" in page.text
    assert kept(pupil) == [("name", "Khan, Amira", AUGUST_ENDS)]


def test_officer_says_that_it_was_wrong(officer, pupil):
    page = send(officer, pupil, surname="Lowe", why="mistake")
    assert "The details are saved" in page.text
    assert kept(pupil) == []


def test_day_that_cannot_be_stands_at_its_field(officer, pupil):
    page = send(officer, pupil, surname="Lowe", **since(dt.date(2026, 12, 1)))
    assert 'href="#id_since_0">The day must not be in the future' in page.text


# The pupil's page


def changed(pupil) -> None:
    with true_from(SEPTEMBER):
        Pupil.objects.filter(pk=pupil.pk).update(
            surname="Lowe",
            responsible_la="998",
            primary_need="ASD",
            upn=None,
            date_of_birth=dt.date(2018, 4, 3),
            reference="999-2",
        )
    Pupil.objects.filter(pk=pupil.pk).update(responsible_la="997")


def test_history_in_words_by_kind_latest_first(pupil):
    changed(pupil)
    assert [row.sentence for row in history_of(pupil, person(Role.SEND_OFFICER))] == [
        "Had the UPN H801200001001 until 31 August 2026.",
        "Known as Amira Khan until 31 August 2026.",
        "Recorded as born on 4 March 2018 until 31 August 2026.",
        "Had the authority’s reference 999-1 until 31 August 2026.",
        "Eastmere (998) was responsible from 1 September 2026 until 16 November 2026.",
        "Westmere (999) was responsible until 31 August 2026.",
        "Primary need Speech, language and communication needs until 31 August 2026.",
    ]


@pytest.mark.parametrize("role", [Role.SEND_OFFICER, Role.AUDITOR])
def test_page_shows_the_history(sign_in, pupil, role):
    changed(pupil)
    page = sign_in(role).get(reverse("schools:pupil_detail", args=[pupil.pk]))
    assert "Known as Amira Khan until 31 August 2026." in page.text
    assert ("Correct the date" in page.text) == (role == Role.SEND_OFFICER)


def test_page_without_a_past_has_no_history(officer, pupil):
    page = officer.get(reverse("schools:pupil_detail", args=[pupil.pk]))
    assert ">History<" not in page.text


def test_school_sees_no_former_name(sign_in):
    school = SchoolFactory()
    pupil = PupilFactory(surname="Khan", school=school)
    changed(pupil)
    page = sign_in(Role.SENCO, school=school).get(reverse("schools:pupil_detail", args=[pupil.pk]))
    assert "Amira Lowe" in page.text
    assert "Khan" not in page.text


def test_school_that_a_pupil_left_sees_the_name_of_then(sign_in):
    """What became of the pupil since is nothing the school may know (B6)."""
    school = SchoolFactory()
    pupil = PupilFactory(surname="Khan", school=school)
    pupil.placements.update(end=dt.date(2026, 7, 31))
    changed(pupil)
    page = sign_in(Role.SENCO, school=school).get(reverse("schools:pupil_detail", args=[pupil.pk]))
    assert "Amira Khan" in page.text
    assert "Lowe" not in page.text
    assert "998" not in page.text


# Whether it is another pupil that is known (S8)


@pytest.fixture
def zoe(pupil):
    return PupilFactory(surname="Lowe", forename=pupil.forename, date_of_birth=pupil.date_of_birth)


def test_changed_name_of_another_pupil_is_a_question(officer, pupil, zoe):
    page = send(officer, pupil, surname="Lowe", **since(SEPTEMBER))
    assert "Say whether this is a pupil the portal knows already" in page.text
    assert f"/pupils/{zoe.pk}/" in page.text
    pupil.refresh_from_db()
    assert pupil.surname == "Khan"


def test_another_child_is_saved_and_the_answer_kept(officer, pupil, zoe):
    answered = {"known": "another", "why_apart": "Cousins"}
    page = send(officer, pupil, surname="Lowe", **since(SEPTEMBER), **answered)
    assert "The details are saved." in page.text
    pupil.refresh_from_db()
    answer = PupilAnswer.objects.get()
    assert ({answer.one, answer.other}, answer.reason) == ({pupil, zoe}, "Cousins")
    assert "The details are saved." in send(officer, pupil, primary_need="ASD", why="mistake").text


def test_same_child_leads_to_both_records_and_saves_nothing(officer, pupil, zoe):
    page = send(officer, pupil, surname="Lowe", **since(SEPTEMBER), known=str(zoe.pk))
    assert page.redirect_chain[-1][0] == f"/pupils/{pupil.pk}/and/{zoe.pk}/"
    pupil.refresh_from_db()
    assert pupil.surname == "Khan"


def test_details_that_name_nobody_else_ask_nothing(officer, pupil, zoe):
    zoe.surname = "Khan"
    zoe.save()
    page = send(officer, pupil, primary_need="ASD", why="mistake")
    assert "The details are saved." in page.text


def test_service_refuses_an_unanswered_match(pupil, zoe):
    by = person(Role.SEND_OFFICER)
    with pytest.raises(RefusalError, match="may be the same child"):
        update_pupil(pupil=pupil, today=TODAY, by=by, surname="Lowe")
