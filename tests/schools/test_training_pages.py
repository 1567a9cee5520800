"""The pages of training and visits: planned, signed up for, watched; recorded and read."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.notices.models import Notice
from banding_portal.roles import Role
from schools.models import Place, SchoolVisit, TrainingSession
from tests.factories import (
    CollectionFactory,
    PupilFactory,
    ReturnFactory,
    SchoolFactory,
    UserFactory,
    person,
)
from tests.pages import flat
from tests.schools.training import place, soon, training

pytestmark = pytest.mark.django_db
TODAY, DAY = timezone.localdate(), dt.timedelta(days=1)


def day_of(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def filled(**given):
    return {
        "kind": "live",
        "title": "The descriptors",
        "text": "How to choose a level.",
        "place": "https://meet.example.org/send",
        **day_of("starts_on", TODAY + 5 * DAY),
        "starts_at": "16.00",
        "minutes": "60",
        "places": "1",
        "roles": [Role.SENCO],
        **given,
    }


def no_day():
    return dict.fromkeys(["starts_on_0", "starts_on_1", "starts_on_2", "starts_at", "places"], "")


RECORDING = {"kind": "recording", "question": "Which?", "answers": "Right\n\n Wrong ", **no_day()}


@pytest.fixture
def school():
    return SchoolFactory(name="Alderbrook")


@pytest.fixture
def senco(school):
    return person(Role.SENCO, school=school, name="Nadia")


def url_of(session, name="detail"):
    return reverse(f"schools:training_{name}", args=[session.pk])


def test_officer_plans_and_a_senco_signs_up_or_waits(client, senco, school):
    client.force_login(person(Role.SEND_OFFICER))
    saved = client.post(reverse("schools:training_create"), filled())
    session = TrainingSession.objects.get()
    assert saved.url == url_of(session)
    assert timezone.localtime(session.starts_at).hour == 16
    client.force_login(senco)
    assert "The descriptors" in client.get(reverse("schools:training_list")).content.decode()
    client.post(url_of(session, "sign_up"), {"preferred": "before"})
    assert "You have a place" in flat(client.get(url_of(session)).content.decode())
    client.force_login(person(Role.SENCO, school=SchoolFactory()))
    sign = client.get(url_of(session, "sign_up")).content.decode()
    assert "Every place is taken" in flat(sign)
    waits = client.post(url_of(session, "sign_up"), {"preferred": "after"}, follow=True)
    assert "You are on the waiting list" in waits.content.decode()
    client.force_login(senco)
    client.post(url_of(session, "give_up"))
    assert list(session.taken.values_list("state", flat=True)) == ["given_up", "booked"]


@pytest.mark.parametrize(
    ("given", "field", "problem"),
    [
        ({"title": ""}, "title", "Enter the title"),
        ({"starts_at": ""}, "starts_at", "Enter the day and the time"),
        ({"starts_at": "later"}, "starts_at", "in figures, like 16:00"),
        (day_of("starts_on", TODAY - DAY), "starts_on", "must lie ahead"),
        ({"minutes": "0"}, "minutes", "5"),
        ({"places": "0"}, "places", "1"),
        ({"roles": []}, "roles", "Choose at least one role"),
        (RECORDING | {"question": ""}, "question", "only somebody who has watched it"),
        (RECORDING | {"answers": "One"}, "answers", "2 to 5 answers"),
        (RECORDING | {"answers": "x" * 201 + "\nOne"}, "answers", "200 characters or fewer"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_kept(client, given, field, problem):
    client.force_login(person(Role.ADMINISTRATOR))
    response = client.post(reverse("schools:training_create"), filled(**given))
    assert problem in str(response.context["form"].errors[field])
    assert not TrainingSession.objects.exists()


def test_recording_is_watched_with_the_right_answer(client, senco):
    client.force_login(person(Role.ADMINISTRATOR))
    client.post(reverse("schools:training_create"), filled(**RECORDING))
    session = TrainingSession.objects.get()
    assert session.answers == ["Right", "Wrong"]
    client.force_login(senco)
    watch = url_of(session, "watch")
    wrong = client.post(watch, {"answer": "Wrong"})
    assert "That is not the right answer" in wrong.content.decode()
    assert client.post(watch, {"answer": "Right"}).url == url_of(session)
    assert "You watched this on" in flat(client.get(url_of(session)).content.decode())
    assert client.get(watch).url == url_of(session)


def test_change_begins_with_what_is_planned(client):
    session = training(kind="recording")
    client.force_login(person(Role.ADMINISTRATOR))
    initial = client.get(url_of(session, "edit")).context["form"].initial
    assert initial["answers"] == "Green\nBlue\nRed"
    planned = client.get(url_of(training(), "edit")).context["form"].initial
    assert planned["starts_on"] == timezone.localtime(soon()).date()


def test_who_was_there_is_noted_and_followed(client, senco):
    over = training(starts_at=soon(-1))
    people = [senco, *(UserFactory(name=f"Visitor {number:02}") for number in range(39))]
    for each in people:
        place(over, each)
    client.force_login(person(Role.SEND_OFFICER))
    assert url_of(over, "attendance") in client.get(url_of(over, "people")).content.decode()
    page = client.get(url_of(over, "attendance"))
    assert page.content.decode().count(" checked") == 0
    assert f"{senco.name}, Alderbrook" in page.content.decode()
    nobody = client.post(url_of(over, "attendance"), {})
    assert "unless nobody was" in nobody.content.decode()
    assert not over.taken.filter(missed=True).exists()
    came = [str(each.pk) for each in people[:37]]
    told = client.post(url_of(over, "attendance"), {"there": came}, follow=True)
    assert "It is noted: 37 people were there." in told.content.decode()
    assert over.taken.filter(missed=True).count() == 3
    again = client.get(url_of(over, "attendance"))
    assert again.context["form"].initial["there"] == sorted_by_name(people[:37])
    refused = client.post(url_of(over, "attendance"), {"there": [str(UserFactory().pk)]})
    assert refused.context["form"].errors
    assert over.taken.filter(missed=True).count() == 3
    client.post(url_of(over, "attendance"), {"sure": "on"})
    assert over.taken.filter(missed=True).count() == 40
    client.force_login(person(Role.AUDITOR))
    assert client.post(url_of(over, "attendance"), {"there": came}).status_code == 403


def sorted_by_name(people):
    return [str(each.pk) for each in sorted(people, key=lambda each: each.name)]


def test_attendance_leads_back_before_the_session_begins(client, senco):
    session = place(training(), senco).session
    client.force_login(person(Role.SEND_OFFICER))
    page = client.get(url_of(session, "attendance"), follow=True)
    assert "This session has not begun yet." in page.content.decode()
    assert "Note who was there" not in page.content.decode()


def test_cancelled_session_says_why(client, senco):
    session = training()
    client.force_login(person(Role.SEND_OFFICER))
    assert "reason" in client.post(url_of(session, "cancel"), {}).context["form"].errors
    client.post(url_of(session, "cancel"), {"reason": "The speaker is ill."})
    client.force_login(senco)
    page = flat(client.get(url_of(session)).content.decode())
    assert "The speaker is ill." in page
    assert "Sign up" not in page


def test_recording_speaks_of_watching(client, senco):
    recording = training(kind="recording", place="https://example.org/film")
    client.force_login(senco)
    client.post(url_of(recording, "watch"), {"answer": "Green"})
    client.force_login(person(Role.SEND_OFFICER))
    page = flat(client.get(url_of(recording)).content.decode())
    assert ("Who has watched it" in page, "Take it down" in page) == (True, True)
    assert ("Who signed up" in page, "Cancel it" in page) == (False, False)
    people = flat(client.get(url_of(recording, "people")).content.decode())
    assert ("Has watched it" in people, "Has a place" in people) == (True, False)
    assert "Take this recording down" in client.get(url_of(recording, "cancel")).content.decode()
    taken = client.post(url_of(recording, "cancel"), {"reason": "It is out of date."}, follow=True)
    assert "This recording has been taken down. It is out of date." in flat(taken.content.decode())
    assert "session" not in taken.content.decode().split("<main")[1].split("</main>")[0]
    assert not Notice.objects.exists()


def test_training_for_others_is_not_found(client, senco):
    client.force_login(senco)
    assert client.get(url_of(training(roles=[Role.AUDITOR]))).status_code == 404


def test_collection_counts_schools_with_nobody_trained(client, school, senco):
    collection = CollectionFactory()
    ReturnFactory(collection=collection, school=school)
    PupilFactory(school=school)
    client.force_login(person(Role.SEND_OFFICER))
    page = reverse("banding:collection_detail", args=[collection.pk])
    assert "with nobody trained" not in flat(client.get(page).content.decode())
    recording = training(kind="recording")
    assert "1 school with nobody trained" in flat(client.get(page).content.decode())
    other, gone = SchoolFactory(name="Elsewhere"), SchoolFactory(name="Without pupils")
    PupilFactory(school=other)
    ReturnFactory(collection=collection, school=gone)
    assert "1 school with nobody trained" in flat(client.get(page).content.decode())
    of_collection = f"{reverse('schools:untrained_list')}?collection={collection.pk}"
    assert of_collection in client.get(page).content.decode()
    listed = client.get(of_collection)
    assert list(listed.context["page_obj"]) == [school]
    assert len(client.get(reverse("schools:untrained_list")).context["page_obj"]) == 2
    place(recording, senco, done_at=timezone.now())
    assert "with nobody trained" not in flat(client.get(page).content.decode())


def test_schools_of_the_list_as_it_is_narrowed_are_reminded_once_a_day(client, school, senco):
    collection = CollectionFactory()
    ReturnFactory(collection=collection, school=school)
    PupilFactory(school=school)
    PupilFactory(school=SchoolFactory(name="Elsewhere"))
    training(kind="recording")
    client.force_login(person(Role.SEND_OFFICER))
    of_collection = f"{reverse('schools:untrained_list')}?collection={collection.pk}"
    listed = client.get(of_collection)
    remind = listed.context["can"].get("remind")
    reminded = client.post(remind.url, remind.hidden, follow=True)
    assert "1 school reminded." in flat(reminded.content.decode())
    assert list(reminded.context["page_obj"]) == [school]
    again = flat(client.post(remind.url, remind.hidden, follow=True).content.decode())
    assert "No school reminded. 1 school has been reminded today already." in again
    rest = flat(client.post(remind.url, follow=True).content.decode())
    assert "1 school has nobody on the portal to remind." in rest
    assert Notice.objects.get().recipient == senco
    wrong = flat(client.post(remind.url, {"collection": "x"}, follow=True).content.decode())
    assert "Choose them again" in wrong


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("training_list", 5), ("untrained_list", 6), ("visit_list", 5), ("training_people", 6)],
)
def test_list_takes_as_many_queries_for_one_as_for_three(
    client, count, name, queries, django_assert_num_queries
):
    officer, session = person(Role.SEND_OFFICER), training(starts_at=soon(-1))
    for _ in range(count):
        school = SchoolFactory()
        PupilFactory(school=school)
        training()
        place(session, person(Role.SENCO, school=school))
        visit_to(school, officer)
    client.force_login(officer)
    args = [session.pk] if name == "training_people" else []
    with django_assert_num_queries(queries):
        client.get(reverse(f"schools:{name}", args=args))


def visit_to(school, visitor):
    return SchoolVisit.objects.create(
        school=school, visited_on=TODAY, visitor=visitor, spoke_to="The SENCO", advice="Look again."
    )


def visited(at, **given):
    return {
        "school": str(at.pk),
        "spoke_to": "The SENCO",
        "advice": "Look at it again.",
        **day_of("visited_on", TODAY),
        **given,
    }


def test_partner_records_a_visit_and_the_school_reads_it(client, school, senco):
    partner = person(Role.INCLUSION_PARTNER, school=school, name="Leila")
    client.force_login(partner)
    saved = client.post(reverse("schools:visit_create"), visited(school))
    assert saved.url == reverse("schools:visit_list")
    visit = SchoolVisit.objects.get()
    edit = reverse("schools:visit_edit", args=[visit.pk])
    assert client.get(edit).context["form"].initial["advice"] == "Look at it again."
    client.post(edit, visited(school, advice="Another advice"))
    client.force_login(senco)
    assert "Another advice" in client.get(saved.url).content.decode()
    client.force_login(person(Role.SEND_OFFICER))
    assert client.get(edit).url == saved.url


@pytest.mark.parametrize(
    ("given", "field", "problem"),
    [
        (day_of("visited_on", TODAY + DAY), "visited_on", "must be today or earlier"),
        (day_of("next_on", TODAY), "next_on", "must be after this one"),
        ({"advice": " "}, "advice", "Enter the advice given"),
        ({"spoke_to": ""}, "spoke_to", "Say who you spoke to"),
    ],
)
def test_bad_visit_is_told_at_its_field_and_nothing_kept(client, school, given, field, problem):
    client.force_login(person(Role.SEND_OFFICER))
    given = visited(school, **given)
    response = client.post(reverse("schools:visit_create"), given)
    assert problem in str(response.context["form"].errors[field])
    assert not SchoolVisit.objects.exists()


def test_partner_records_no_visit_to_a_school_of_others(client, school):
    other = SchoolFactory()
    client.force_login(person(Role.INCLUSION_PARTNER, school=school))
    response = client.post(reverse("schools:visit_create"), visited(other))
    assert "school" in response.context["form"].errors
    assert not Place.objects.exists()


def test_session_is_saved_for_a_calendar(sign_in):
    client = sign_in(Role.SENCO, school=SchoolFactory())
    session = training(title="The descriptors", place="Room 4")
    url = reverse("schools:training_calendar", args=[session.pk])
    assert url in client.get(reverse("schools:training_detail", args=[session.pk])).text
    saved = client.get(url)
    assert saved["Content-Disposition"] == 'attachment; filename="training.ics"'
    assert "SUMMARY:Live session: The descriptors" in saved.text
    TrainingSession.objects.update(cancelled_because="The trainer is ill.")
    assert client.get(url).status_code == 404
    recording = training(kind="recording")
    assert client.get(reverse("schools:training_calendar", args=[recording.pk])).status_code == 404
