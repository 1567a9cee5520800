"""A form that was opened before somebody else saved undoes nothing of theirs unseen."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.choices import RecipientKind
from banding.reminders.scheduling import set_reminder
from banding.reminders.selectors import steps_of
from banding.reminders.steps import Step
from banding_portal.roles import Role
from banding_portal.seen import marks_of
from schools.information_sheets.services import change_sheet
from schools.queries.services.answering import arrange_query
from schools.training.services import change_training
from tests.banding.reminded import collection_due
from tests.factories import QueryFactory, person
from tests.pages import flat
from tests.schools.sheets import draft_sheet, written
from tests.schools.training import planned, soon, training

pytestmark = pytest.mark.django_db


def seen_on(client, url):
    """What the page sends along."""
    return re.search(r'name="seen" value="([^"]*)"', client.get(url).text).group(1)


def given_on(client, url, **changes):
    """What a browser sends from the page as it stands, with some answers changed."""
    form = client.get(url).context["form"]
    given = {}
    for field in form:
        value = field.value()
        if hasattr(field.field.widget, "decompress") and not isinstance(value, list):
            parts = field.field.widget.decompress(value)
            given |= {f"{field.name}_{at}": part for at, part in enumerate(parts)}
        elif value not in (None, False):
            given[field.name] = value
    return given | changes


def opened_by_two(sign_in, url, change, role=Role.ADMINISTRATOR, **mine):
    """Who opened the page first saves last; the answer, and a way to save once more."""
    client = sign_in(role)
    given = given_on(client, url, **mine)
    change()
    refused = client.post(url, given)
    assert refused.status_code == 200, "an older form was saved over a newer change"
    again = given | {"seen": refused.context["form"]["seen"].value()}
    return flat(refused.text), lambda: client.post(url, again)


def test_an_older_arrangement_does_not_take_the_owner_away(sign_in, school):
    query = QueryFactory(school=school, category="bands")
    ada = person(Role.SEND_OFFICER, name="Ada")

    def meanwhile():
        arrange_query(query=query, category="bands", owner=ada, due_on=query.due_on, by=ada)

    url = reverse("schools:query_arrange", args=[query.pk])
    said, again = opened_by_two(sign_in, url, meanwhile, Role.SEND_OFFICER, category="funding")
    assert "Somebody has changed this since you opened the page: “Owner” now says “Ada”" in said
    query.refresh_from_db()
    assert (query.owner, query.category) == (ada, "bands")
    again()
    query.refresh_from_db()
    assert (query.owner, query.category) == (None, "funding")


def test_an_older_session_does_not_move_it_back(sign_in):
    session = training(places=5)

    def meanwhile():
        by = person(Role.SEND_OFFICER)
        change_training(session=session, planned=planned(place="Town hall", places=5), by=by)

    url = reverse("schools:training_edit", args=[session.pk])
    said, _ = opened_by_two(sign_in, url, meanwhile, title="Levels")
    assert "“Where” now says “Town hall”" in said
    session.refresh_from_db()
    assert (session.place, session.title) == ("Town hall", "The descriptors")


def test_an_older_draft_of_a_sheet_keeps_what_was_written(sign_in):
    sheet = draft_sheet()

    def meanwhile():
        by = person(Role.SEND_OFFICER)
        change_sheet(sheet=sheet, written=written(text="It opens on Tuesday."), by=by)

    url = reverse("schools:sheet_edit", args=[sheet.pk])
    said, _ = opened_by_two(sign_in, url, meanwhile, title="Autumn")
    assert "“Text of the sheet” now says “It opens on Tuesday.”" in said
    sheet.refresh_from_db()
    assert (sheet.text, sheet.title) == ("It opens on Tuesday.", "Autumn banding exercise")


def test_an_older_page_does_not_publish_what_nobody_on_it_has_read(sign_in):
    sheet, client = draft_sheet(), sign_in(Role.ADMINISTRATOR)
    seen = seen_on(client, reverse("schools:sheet_detail", args=[sheet.pk]))
    change_sheet(sheet=sheet, written=written(text="Other words"), by=client.user)
    url = reverse("schools:sheet_publish", args=[sheet.pk])
    said = flat(client.post(url, {"seen": seen}, follow=True).text)
    assert "Somebody has changed this draft since you opened the page" in said
    sheet.refresh_from_db()
    assert sheet.published_at is None


def test_an_older_reminder_does_not_bring_its_words_back(sign_in):
    day = timezone.localdate() + timezone.timedelta(days=40)
    collection = collection_due(day, opens_on=timezone.localdate())
    by = person(Role.SEND_OFFICER)
    step = Step(-7, (RecipientKind.HEADTEACHER,))
    url = reverse("banding:reminder_edit", args=[collection.pk, -7])

    def meanwhile():
        set_reminder(collection=collection, was=-7, step=step, by=by)

    said, _ = opened_by_two(sign_in, url, meanwhile, subject="{school}")
    assert "“Who gets it” now says “Headteacher”" in said
    collection.refresh_from_db()
    assert steps_of(collection)[-7] == step


def test_who_has_taken_a_query_on_keeps_it_when_an_older_page_is_used(sign_in, school):
    query, ada = QueryFactory(school=school), person(Role.SEND_OFFICER, name="Ada")
    client = sign_in(Role.SEND_OFFICER)
    url = reverse("schools:query_take", args=[query.pk])
    query.owner = ada
    query.save()
    said = flat(client.post(url, {"owner": ""}, follow=True).text)
    assert "Ada has taken this query on since you opened the page" in said
    query.refresh_from_db()
    assert query.owner == ada
    client.post(url, {"owner": str(ada.pk)})
    query.refresh_from_db()
    assert query.owner == client.user


def test_the_same_saved_by_two_is_no_conflict(sign_in):
    session, client = training(title="Levels"), sign_in(Role.ADMINISTRATOR)
    url = reverse("schools:training_edit", args=[session.pk])
    given = given_on(client, url, title="Descriptors")
    assert client.post(url, given).status_code == 302
    assert client.post(url, given).status_code == 302, "the second press is answered calmly"


def test_marks_tell_values_apart_and_not_their_order_or_spaces():
    assert marks_of({"a": ["x", "y"], "b": " 1 "}) == marks_of({"b": 1, "a": ["y", "x"]})
    assert marks_of({"a": None}) == marks_of({"a": ""}) != marks_of({"a": "0"})


PRESSED_TWICE = {
    "schools:training_give_up": "You have given up your place already.",
    "schools:training_sign_up": "You have a place at this session already.",
}


def test_second_presses_say_that_it_is_done(sign_in, school):
    client, session = sign_in(Role.SENCO, school=school), training(starts_at=soon())
    for name, given in (("sign_up", {"preferred": "after"}), ("give_up", {})):
        url = reverse(f"schools:training_{name}", args=[session.pk])
        client.post(url, given)
        said = flat(client.post(url, given, follow=True).text)
        assert PRESSED_TWICE[f"schools:training_{name}"] in said
        assert "Your role does not let you do this" not in said


def test_publishing_a_sheet_twice_says_that_it_is_published(sign_in):
    client, sheet = sign_in(Role.ADMINISTRATOR), draft_sheet()
    url = reverse("schools:sheet_publish", args=[sheet.pk])
    client.post(url)
    assert "This sheet has been published already." in client.post(url, follow=True).text
