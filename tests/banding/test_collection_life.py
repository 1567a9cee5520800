"""A collection after it was opened: changed, closed, opened again, deleted (B7)."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from banding.changes.services import account_for
from banding.choices import CollectionMoveKind
from banding.collections.life import (
    change_collection,
    close_collection,
    delete_collection,
    reopen_collection,
    told_words,
)
from banding.collections.terms import Terms
from banding.models import Collection, Reminder, Return
from banding.returns.locks import ReturnClosedError, open_return
from banding.returns.services import accept_return, extend_deadline, submit_return
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, senco_of, submitted_return
from tests.factories import PupilFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATER = TODAY + dt.timedelta(days=45)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def changed(collection, by, reason="The half term", seen="", **terms):
    collection.refresh_from_db()
    wanted = replace(Terms.of(collection), **terms)
    return change_collection(collection=collection, terms=wanted, reason=reason, by=by, seen=seen)


def refusal(act, *args, **given):
    with pytest.raises(RefusalError) as refused:
        act(*args, **given)
    return " ".join(str(problem) for problem in refused.value.problems)


def test_new_deadline_holds_is_told_and_stays_in_the_history(officer):
    pupil_return, _ = return_with_pupils()
    senco = senco_of(pupil_return)
    done = changed(pupil_return.collection, officer, deadline=LATER)
    move = pupil_return.collection.moves.get()
    assert (move.kind, move.moved_by, move.reason) == (
        CollectionMoveKind.CHANGED,
        officer,
        "The half term",
    )
    assert Return.objects.get().deadline == LATER
    notice = Notice.objects.get(recipient=senco)
    assert move.what in notice.title
    assert "1 SENCO or headteacher is told, on their home page and by email." in done.said


def test_name_alone_tells_no_school(officer):
    pupil_return, _ = return_with_pupils()
    senco_of(pupil_return)
    done = changed(pupil_return.collection, officer, name="Winter banding")
    assert "Schools are not told: nothing changes for them." in done.said
    assert not Notice.objects.exists()


def test_later_deadline_replaces_more_time_that_is_no_longer_more(officer):
    short, long = return_with_pupils()[0], None
    collection = short.collection
    long, _ = return_with_pupils(collection=collection)
    extend_deadline(pupil_return=short, until=LATER - dt.timedelta(days=3), by=officer)
    extend_deadline(pupil_return=long, until=LATER + dt.timedelta(days=3), by=officer)
    changed(collection, officer, deadline=LATER)
    deadlines = {each.pk: each.deadline for each in Return.objects.all()}
    assert deadlines == {short.pk: LATER, long.pk: LATER + dt.timedelta(days=3)}


def test_reminders_sent_count_from_the_new_deadline(officer):
    pupil_return, _ = return_with_pupils()
    collection, senco = pupil_return.collection, senco_of(pupil_return)
    for offset in (-7, -2):
        Reminder.objects.create(
            collection=collection,
            pupil_return=pupil_return,
            offset=offset,
            recipient=senco,
            recipient_kind="senco",
            due_on=TODAY,
        )
    changed(collection, officer, deadline=collection.deadline + dt.timedelta(days=5))
    assert set(Reminder.objects.values_list("offset", flat=True)) == {-12, -7}


def test_added_sector_gets_its_returns(officer, framework):
    pupil_return, _ = return_with_pupils(collection__framework=framework)
    special = SchoolFactory(sector="special")
    PupilFactory(school=special)
    done = changed(pupil_return.collection, officer, sectors=["mainstream", "special"])
    assert "1 return made, each with its pupils." in done.said
    assert special.returns.get().pupils.count() == 1


def test_sector_goes_while_nothing_was_saved_in_it(officer):
    pupil_return, (row,) = return_with_pupils()
    special, _ = return_with_pupils(
        collection=pupil_return.collection, school=SchoolFactory(sector="special")
    )
    collection = pupil_return.collection
    decide(row)
    Collection.objects.update(sectors=["mainstream", "special"])
    changed(collection, officer, sectors=["mainstream"])
    assert not Return.objects.filter(pk=special.pk).exists()
    said = refusal(changed, collection, officer, sectors=["special"])
    assert said.startswith("1 return of Mainstream has been begun.")
    assert Return.objects.filter(pk=pupil_return.pk).exists()


def test_schools_whose_return_goes_are_told_so_and_counted(officer):
    stays, _ = return_with_pupils()
    collection = stays.collection
    senco_of(stays)
    gone = [
        return_with_pupils(collection=collection, school=SchoolFactory(sector="special"))[0]
        for _ in range(2)
    ]
    told = [senco_of(each) for each in gone]
    Collection.objects.update(sectors=["mainstream", "special"])
    done = changed(collection, officer, sectors=["mainstream"])
    assert done.said[-4:] == [
        "2 returns taken out. Nothing had been saved there.",
        "0 returns made, each with its pupils.",
        "1 SENCO or headteacher is told, on their home page and by email.",
        f"2 schools no longer asked. {told_words(2)}",
    ]
    title = f"{collection.name} no longer asks your school: there is nothing to fill in"
    notices = Notice.objects.filter(title=title)
    assert {(each.recipient, each.path) for each in notices} == {(who, "/") for who in told}


def test_nobody_hears_that_they_are_no_longer_asked_before_it_opens(officer):
    collection = return_with_pupils()[0].collection
    gone, _ = return_with_pupils(collection=collection, school=SchoolFactory(sector="special"))
    senco_of(gone)
    Collection.objects.update(
        sectors=["mainstream", "special"], opens_on=TODAY + dt.timedelta(days=3)
    )
    changed(collection, officer, sectors=["mainstream"])
    assert not Notice.objects.filter(recipient__memberships__school=gone.school).exists()


def test_reference_date_moves_only_while_nobody_began(officer, framework):
    pupil_return, _ = return_with_pupils(collection__framework=framework)
    collection = pupil_return.collection
    earlier = collection.reference_date - dt.timedelta(days=7)
    changed(collection, officer, reference_date=earlier)
    assert collection.returns.get().pupils.count() == 1
    decide(collection.returns.get().pupils.get())
    assert "1 school has begun" in refusal(changed, collection, officer, reference_date=TODAY)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({}, "Nothing would change."),
        ({"deadline": TODAY - dt.timedelta(days=1)}, "The new deadline must be today or later."),
        ({"opens_on": TODAY}, "It has opened already,"),
        ({"name": " "}, "The name must have 1 to 120 characters."),
        ({"sectors": []}, "Sectors are"),
        ({"feedback_on": TODAY}, "The day of feedback must not come before the deadline"),
    ],
)
def test_terms_that_cannot_be_are_refused(officer, terms, said):
    pupil_return, _ = return_with_pupils()
    assert said in refusal(changed, pupil_return.collection, officer, **terms)


def test_what_somebody_changed_meanwhile_is_not_overwritten(officer):
    collection = return_with_pupils()[0].collection
    seen = Terms.of(collection).mark()
    changed(collection, officer, name="Winter banding")
    assert "in the meantime" in refusal(changed, collection, officer, seen=seen, deadline=LATER)


def test_closed_collection_takes_no_answers_until_it_is_open_again(officer):
    pupil_return, (row,) = return_with_pupils()
    collection, senco = pupil_return.collection, senco_of(pupil_return)
    decide(row, senco)
    done = close_collection(collection=collection, reason="Enough", by=officer)
    assert "1 return not submitted: what was saved there does not count." in done.said
    with pytest.raises(ReturnClosedError):
        open_return(pupil_return.pk)
    with pytest.raises(RefusalError):
        submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")
    assert "closed" in refusal(changed, collection, officer, name="Other")
    reopen_collection(collection=collection, reason="Too early", by=officer)
    submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")
    kinds = list(collection.moves.values_list("kind", flat=True))
    assert kinds == [CollectionMoveKind.CLOSED, CollectionMoveKind.REOPENED]
    told = Notice.objects.filter(recipient=senco).exclude(kind=NoticeKind.SUBMITTED)
    assert told.count() == 2


def test_collection_closes_only_when_submitted_returns_are_dealt_with(officer):
    pupil_return, _ = submitted_return()
    said = refusal(
        close_collection, collection=pupil_return.collection, reason="Enough", by=officer
    )
    assert said == "1 submitted return waits to be accepted. Deal with them first."
    accept_return(pupil_return=pupil_return, by=officer)
    done = close_collection(collection=pupil_return.collection, reason="Enough", by=officer)
    assert "Every return has been accepted." in done.said


def test_lists_follow_who_moved_while_it_was_closed(officer, framework):
    pupil_return, _ = return_with_pupils(collection__framework=framework)
    collection = pupil_return.collection
    close_collection(collection=collection, reason="Enough", by=officer)
    PupilFactory(school=pupil_return.school)
    reopen_collection(collection=collection, reason="Too early", by=officer)
    assert pupil_return.pupils.count() == 2


def test_collection_nobody_began_is_deleted_and_its_people_told(officer):
    pupil_return, _ = return_with_pupils()
    senco = senco_of(pupil_return)
    delete_collection(collection=pupil_return.collection, reason="Wrong dates", by=officer)
    assert not Collection.objects.exists()
    assert Notice.objects.get(recipient=senco).path == "/"
    trail = Collection.pgh_event_model.objects.filter(pgh_label="delete")  # type: ignore[attr-defined]
    assert trail.count() == 1


@pytest.mark.parametrize("saved", ["draft", "change", "note", "template"])
def test_collection_somebody_began_stays(officer, saved):
    pupil_return, (row,) = return_with_pupils()
    match saved:
        case "draft":
            decide(row)
        case "change":
            account_for(
                return_pupil=row, change="not_ours", reason="Moved", by=senco_of(pupil_return)
            )
        case "note":
            pupil_return.pupils.update(school_note="Ask the SENCO before")
        case "template":
            pupil_return.templates.create(version=1, row_keys=[], issued_by=officer)
    said = refusal(
        delete_collection, collection=pupil_return.collection, reason="Wrong", by=officer
    )
    assert "1 school has begun with it" in said


@pytest.mark.parametrize("act", [close_collection, delete_collection])
def test_a_reason_is_asked_for(officer, act):
    collection = return_with_pupils()[0].collection
    assert refusal(act, collection=collection, reason=" ", by=officer) == "Say why."
