"""A message of return stays with the pupils it is about until each was looked at (B7)."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from banding.collections.services import sync_return_pupils
from banding.due import due_items
from banding.marks.services import look_at
from banding.models import Mark, Return, ReturnPupil
from banding.returns.following import follow
from banding.returns.services import return_for_correction, submit_return
from banding_portal.notices.services import send_notices
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.services.merges import merge_pupils, undo_merge
from schools.services.pupils import place_pupil
from tests.banding.helpers import decide, senco_of, submitted_return
from tests.factories import CollectionFactory, PupilFactory, ReturnFactory, SchoolFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
MESSAGE = "Please look at the levels again"
GREEN = r'class="govuk-button"[^>]*>([^<]*)'


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def senco(sign_in, school):
    return sign_in(Role.SENCO, school=school)


def sent_back(rows, by, about):
    return return_for_correction(
        pupil_return=rows[0].pupil_return, by=by, reason=MESSAGE, about=about
    )


def marked(school, by, count=1):
    """A return sent back with a message about the first of its pupils."""
    _, rows = submitted_return(count, school=school)
    sent_back(rows, by, rows[:1])
    return rows


def page(client, name, row):
    return flat(client.get(reverse(f"banding:{name}", args=[row.pk])).content.decode())


def press(client, row, *marks):
    shown = ",".join(str(mark.pk) for mark in marks)
    return client.post(reverse("banding:marks_looked", args=[row.pk]), {"marks": shown})


def test_only_the_pupils_picked_are_marked(officer, school):
    first, _ = marked(school, officer, 2)
    mark = Mark.objects.get()
    assert (mark.return_pupil, mark.message, mark.made_by) == (first, MESSAGE, officer)
    assert (mark.looked_by, mark.looked_at) == (None, None)


def test_pupil_of_another_return_cannot_be_marked(officer, school):
    _, rows = submitted_return(school=school)
    _, elsewhere = submitted_return(collection=rows[0].pupil_return.collection)
    with pytest.raises(RefusalError, match="no longer on this return"):
        sent_back(rows, officer, [*rows, *elsewhere])
    assert Return.objects.get(pk=rows[0].pupil_return_id).state == "submitted"


def test_first_to_look_stays_on_record(officer, school):
    (row,) = marked(school, officer)
    mark, senco = Mark.objects.get(), senco_of(row.pupil_return)
    assert look_at(return_pupil=row, by=senco, marks=[str(mark.pk)]) == 1
    head = person(Role.HEADTEACHER, school=school)
    assert look_at(return_pupil=row, by=head, marks=[str(mark.pk)]) == 0
    assert Mark.objects.get().looked_by == senco


def test_officer_picks_pupils_on_the_page(sign_in, school):
    pupil_return, (row, _) = submitted_return(2, school=school)
    office = sign_in(Role.SEND_OFFICER)
    url = reverse("banding:return_send_back", args=[pupil_return.pk])
    office.post(url, {"reason": MESSAGE, "about": [row.pk]})
    assert Mark.objects.get().return_pupil == row
    text = page(office, "return_detail", pupil_return)
    assert "Pupils to check" in text
    assert "To check" in text


def test_message_stands_on_the_pupil_until_the_button_is_pressed(senco, officer, school):
    row, other = marked(school, officer, 2)
    assert MESSAGE in page(senco, "decision_edit", row)
    assert MESSAGE not in page(senco, "decision_edit", other)
    press(senco, row, Mark.objects.get())
    text = page(senco, "decision_edit", row)
    assert "Mark as checked" not in text
    assert f"checked by {senco.user}" in text


def test_page_older_than_the_message_does_not_say_it_was_looked_at(senco, officer, school):
    (row,) = marked(school, officer)
    earlier = Mark.objects.get()
    submit_return(pupil_return=row.pupil_return, by=senco.user, declared_name="Sam")
    sent_back([row], officer, [row])
    press(senco, row, earlier)
    press(senco, row)
    assert Mark.objects.to_look_at().exclude(pk=earlier.pk).count() == 1


def test_saving_an_answer_says_so_too(senco, officer, school):
    (row,) = marked(school, officer)
    shown = str(Mark.objects.get().pk)
    url = reverse("banding:decision_edit", args=[row.pk])
    answer = {"level-cl": "2", "level-ci": "1", "band": "B", "do": "draft"}
    senco.post(url, answer)
    assert Mark.objects.to_look_at().count() == 1
    senco.post(url, answer | {"marks": shown, "version": row.decisions.latest("pk").version})
    draft = row.decisions.get(state="draft")
    senco.post(url, answer | {"marks": shown, "version": draft.version})
    assert Mark.objects.get().looked_by == senco.user


def test_list_tells_and_finds_them(senco, officer, school):
    row, *_ = marked(school, officer, 12)
    text = page(senco, "return_detail", row.pupil_return)
    assert "To check (1)" in text
    url = reverse("banding:return_detail", args=[row.pupil_return_id])
    found = senco.get(url, {"show": "look"}).context["page_obj"].object_list
    assert [line.row for line in found] == [row]
    assert "Submitted</strong>" not in senco.get(url, {"show": "look"}).text


def test_page_has_one_green_button_before_and_after_the_look(senco, officer, school):
    (row,) = marked(school, officer)
    for green in (f"Check the band of {row.pupil}", "Check answers and submit"):
        text = page(senco, "return_detail", row.pupil_return)
        (button,) = re.findall(GREEN, text)
        assert button.strip() == green
        shown = Mark.objects.to_look_at().values_list("pk", flat=True)
        look_at(return_pupil=row, by=senco_of(row.pupil_return), marks=list(shown))


def test_headteacher_who_cannot_answer_has_submitting_as_the_green_button(sign_in, officer, school):
    (row,) = marked(school, officer)
    text = page(sign_in(Role.HEADTEACHER, school=school), "return_detail", row.pupil_return)
    assert [each.strip() for each in re.findall(GREEN, text)] == ["Check answers and submit"]


def test_filter_is_offered_where_a_return_was_sent_back(senco, school):
    pupil_return, _ = submitted_return(12, school=school)
    assert "To check" not in page(senco, "return_detail", pupil_return)


def test_home_counts_them_and_submission_is_not_blocked(senco, officer, school):
    (row,) = marked(school, officer)
    (item,) = due_items(senco.user)
    assert item.text == "Returned to you for correction, 1 pupil to check"
    assert "You can still submit" in page(senco, "return_check", row.pupil_return)
    submit_return(pupil_return=row.pupil_return, by=senco.user, declared_name="Sam")
    assert MESSAGE in page(senco, "decision_edit", row)
    press(senco, row, Mark.objects.get())
    assert Mark.objects.get().looked_by == senco.user


def test_mail_has_the_message_and_names_no_pupil(officer, school):
    person(Role.SENCO, school=school)
    (row,) = marked(school, officer)
    send_notices()
    body = "".join(each.subject + each.body for each in mail.outbox)
    assert "returned to you for correction" in body
    assert MESSAGE in body
    assert row.pupil.surname not in body


def test_partner_reads_neither_message_nor_pupils(sign_in, officer, school):
    (row,) = marked(school, officer)
    partner = sign_in(Role.INCLUSION_PARTNER, school=school)
    text = page(partner, "return_detail", row.pupil_return)
    assert MESSAGE not in text
    assert "Pupils the message" not in text


def moving(school, officer):
    """A pupil on a submitted return, and the same placed at another school since."""
    PupilFactory(school=school)
    new = SchoolFactory()
    PupilFactory(school=new)
    sync_return_pupils(CollectionFactory())
    (row,) = ReturnPupil.objects.filter(pupil_return__school=school)
    decide(row)
    senco = senco_of(row.pupil_return)
    submit_return(pupil_return=row.pupil_return, by=senco, declared_name="Sam")
    start = timezone.localdate() - dt.timedelta(days=1)
    place_pupil(pupil=row.pupil, school=new, start=start, end_others=True, by=officer)
    return row


def test_who_leaves_the_return_by_going_back_is_not_marked_and_it_is_said(sign_in, school):
    office = sign_in(Role.SEND_OFFICER)
    row = moving(school, office.user)
    url = reverse("banding:return_send_back", args=[row.pupil_return_id])
    answer = office.post(url, {"reason": MESSAGE, "about": [row.pk]}, follow=True)
    assert Mark.objects.count() == 0
    assert "1 pupil you picked belongs elsewhere now" in flat(answer.content.decode())


def test_mark_goes_along_where_the_row_with_work_takes_over(officer):
    from tests.banding.test_converted_returns import convert, opened, return_of

    before, [new] = opened("Brook Academy", pupils=1)
    row = before.pupils.get()
    to = ReturnFactory(collection=before.collection, school=new)
    aside = ReturnPupil.objects.create(pupil_return=to, pupil=row.pupil, off_since=timezone.now())
    for each in (row, aside):
        Mark.objects.create(return_pupil=each, message=MESSAGE, made_by=officer)
    convert(before, officer)
    follow([row.pupil_id], by=officer)
    assert return_of(new).pupils.get() == row
    assert row.marks.count() == 2


def test_merged_record_keeps_what_was_asked_of_either_and_undoing_gives_it_back(officer, school):
    pupils = [PupilFactory(school=school) for _ in range(2)]
    sync_return_pupils(CollectionFactory())
    for pupil in pupils:
        row = ReturnPupil.objects.get(pupil=pupil)
        Mark.objects.create(return_pupil=row, message=pupil.reference, made_by=officer)
    kept, dropped = pupils
    done = merge_pupils(kept=kept, dropped=dropped, reason="Same child", by=officer)
    row = ReturnPupil.objects.get(pupil=kept)
    assert {mark.message for mark in row.marks.all()} == {each.reference for each in pupils}
    undo_merge(merge=done, by=officer)
    assert {(mark.return_pupil.pupil, mark.message) for mark in Mark.objects.all()} == {
        (each, each.reference) for each in pupils
    }
