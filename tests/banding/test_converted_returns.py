"""Open returns follow a school to what it became, and its template works there (S1, S10, T2)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.changes.services import account_for
from banding.collections.services import sync_return_pupils
from banding.models import BandDecision, Collection, Return, ReturnPupil
from banding.returns.locks import ReturnClosedError
from banding.returns.services import accept_return, extend_deadline
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from schools.choices import SchoolStatus
from schools.models import School
from schools.selectors.conversions import conversion_of
from schools.services.conversions import convert_school
from schools.services.undo_plans import plan_undo
from schools.services.undoing import undo_import
from tests.banding.helpers import decide, senco_of
from tests.banding.races import at_once
from tests.banding.test_following import return_of, submit
from tests.banding.test_template_uploads import apply, check
from tests.banding.workbook_files import Filled, uploaded
from tests.factories import CollectionFactory, PupilFactory, ReturnFactory, person
from tests.schools.conversions import CLOSED_ON, converted

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def opened(*names, pupils=2):
    """An exercise opened while the old school was open: its return, and what it becomes."""
    old, *became = converted(*names, status=SchoolStatus.OPEN, closed_on=None)
    for _ in range(pupils):
        PupilFactory(school=old)
    sync_return_pupils(CollectionFactory())
    return return_of(old), became


def close(school):
    school.status, school.closed_on = SchoolStatus.CLOSED, CLOSED_ON
    school.save()
    School.objects.filter(pk=school.pk).update(closed_on=CLOSED_ON)


def convert(pupil_return, by, pupils=None):
    close(pupil_return.school)
    roles = {role.pk: role_to for role, role_to in roles_of(pupil_return.school)}
    return convert_school(school=pupil_return.school, pupils=pupils, roles=roles, by=by)


def roles_of(school):
    found = conversion_of(school)
    return [(role, found.successors) for role in found.roles]


def names(pupil_return):
    return {row.pupil.surname for row in pupil_return.pupils.all()}


def test_list_and_drafts_go_on_at_the_new_school(officer):
    before, [new] = opened("Brook Academy")
    for row in before.pupils.all():
        decide(row)
    expected = names(before)
    moved = convert(before, officer)
    assert names(return_of(new)) == expected
    assert names(before) == set()
    drafts = BandDecision.objects.filter(return_pupil__pupil_return=return_of(new))
    assert {draft.school for draft in drafts} == {new}
    assert len(drafts) == 2
    assert len(moved.said) == 3  # quadrant, roles, pupils


def test_drafts_of_a_split_follow_each_pupil(officer):
    before, [infant, junior] = opened("Brook Infant School", "Brook Junior School")
    one, other = (row.pupil for row in before.pupils.order_by("pk"))
    for row in before.pupils.all():
        decide(row)
    convert(before, officer, {one.pk: infant, other.pk: junior})
    for pupil, school in ((one, infant), (other, junior)):
        [row] = ReturnPupil.objects.filter(pupil=pupil)
        assert row.pupil_return.school == school
        assert row.decisions.get().school == school


def test_submitted_return_keeps_its_pupils(officer):
    before, _ = opened("Brook Academy")
    submit(before.school)
    convert(before, officer)
    assert len(names(before)) == 2
    assert ReturnPupil.objects.count() == 2


def test_undone_the_old_return_has_its_list_again(officer):
    before, _ = opened("Brook Academy")
    row = before.pupils.first()
    decide(row)
    expected = names(before)
    record = convert(before, officer).record
    undo_import(record=record, by=officer)
    assert names(before) == expected


def test_template_of_the_old_school_works_on_the_new_return(officer):
    before, [new] = opened("Brook Academy")
    rows = list(before.pupils.all())
    content = Filled(before).decide(rows[0]).content
    convert(before, officer)
    upload = check(uploaded(return_of(new), content))
    assert (upload.state, upload.issues) == (UploadState.READY, [])
    apply(upload)
    draft = BandDecision.objects.get(pupil=rows[0].pupil)
    assert (draft.band.code, draft.school) == ("B", new)


def test_template_of_a_split_school_says_who_is_elsewhere(officer):
    before, [infant, junior] = opened("Brook Infant School", "Brook Junior School")
    one, other = (row.pupil for row in before.pupils.order_by("pk"))
    sheet = Filled(before)
    for row in before.pupils.all():
        sheet.decide(row)
    convert(before, officer, {one.pk: infant, other.pk: junior})
    upload = check(uploaded(return_of(infant), sheet.content))
    assert upload.issues == []
    [warning] = upload.warnings
    assert (warning["who"], "left out" in warning["message"]) == (other.display_name, True)


def test_template_of_another_school_is_still_refused(officer):
    before, [new] = opened("Brook Academy")
    stranger = ReturnFactory(collection=before.collection)
    content = Filled(stranger).content
    convert(before, officer)
    upload = check(uploaded(return_of(new), content))
    assert "is for the school with URN" in upload.issues[0]["message"]


def test_template_of_a_school_still_open_is_refused():
    before, [new] = opened("Brook Academy")
    PupilFactory(school=new)
    sync_return_pupils(before.collection)
    upload = check(uploaded(return_of(new), Filled(before).content))
    assert "is for the school with URN" in upload.issues[0]["message"]


def test_preview_of_the_old_return_says_where_to_upload_it(officer):
    before, _ = opened("Brook Academy")
    senco = senco_of(before)
    sheet = Filled(before, senco).decide(before.pupils.first())
    upload = check(uploaded(before, sheet.content, by=senco))
    convert(before, officer)
    apply(upload)
    assert upload.state == UploadState.REFUSED
    assert "go on at Brook Academy" in upload.issues[0]["message"]


def test_draft_saved_on_a_page_from_before_says_where_to_go_on(officer):
    before, _ = opened("Brook Academy")
    row = before.pupils.first()
    convert(before, officer)
    with pytest.raises(ReturnClosedError, match="go on at Brook Academy"):
        decide(row)


def test_more_time_goes_along(officer):
    before, [new] = opened("Brook Academy")
    until = before.collection.deadline + dt.timedelta(14)
    extend_deadline(pupil_return=before, until=until, by=officer)
    convert(before, officer)
    assert return_of(new).deadline == until


@pytest.mark.django_db(transaction=True)
def test_conversion_and_upload_at_once_lose_and_double_nothing(officer):
    """Either the upload is first and its draft moves along, or it finds its pupils gone."""
    for number in range(6):
        before, [new] = opened(f"Academy {number}", pupils=1)
        row = before.pupils.get()
        senco = senco_of(before)
        upload = uploaded(before, Filled(before, senco).decide(row).content, by=senco)
        check(upload)
        close(before.school)
        results = at_once([lambda r=before: convert(r, officer), lambda u=upload: apply(u)])
        assert not any(isinstance(result, Exception) for result in results)
        [row] = ReturnPupil.objects.filter(pupil=row.pupil)
        assert row.pupil_return.school == new
        upload.refresh_from_db()
        assert upload.state in (UploadState.APPLIED, UploadState.REFUSED)
        drafts = BandDecision.objects.filter(pupil=row.pupil)
        assert drafts.count() == (upload.state == UploadState.APPLIED)
        assert all(draft.return_pupil == row for draft in drafts)
        for model in (BandDecision, Return, Collection):
            model._base_manager.all().delete()


def test_drafts_go_back_with_what_is_undone(officer):
    """And come along once more, with what was done there meanwhile."""
    before, [new] = opened("Brook Academy", pupils=1)
    row = before.pupils.get()
    decide(row)
    undo_import(record=convert(before, officer).record, by=officer)
    assert before.pupils.get().decisions.get().school == before.school
    row, version = before.pupils.get(), BandDecision.objects.get().version
    decide(row, code="C", difference_reason="More now", version=version)
    convert(before, officer)
    draft = return_of(new).pupils.get().decisions.get()
    assert (draft.band.code, draft.school) == ("C", new)


def test_row_left_empty_gives_way_to_the_one_with_work(officer):
    before, [new] = opened("Brook Academy", pupils=1)
    row = before.pupils.get()
    aside = ReturnPupil.objects.create(
        pupil_return=ReturnFactory(collection=before.collection, school=new),
        pupil=row.pupil,
        off_since=timezone.now(),
    )
    decide(row)
    convert(before, officer)
    assert return_of(new).pupils.get() == row
    assert not ReturnPupil.everything.filter(pk=aside.pk).exists()


def test_what_was_reported_moves_along_and_back(officer):
    before, [new] = opened("Brook Academy", pupils=1)
    row, told = before.pupils.get(), {"change": "staying_on", "reason": "No place yet"}
    account_for(return_pupil=row, by=senco_of(before), **told)
    record = convert(before, officer).record
    assert return_of(new).pupils.get().change == "staying_on"
    undo_import(record=record, by=officer)
    assert before.pupils.get().change == "staying_on"


def test_what_is_submitted_afterwards_keeps_it(officer):
    before, [new] = opened("Brook Academy", pupils=1)
    record = convert(before, officer).record
    submit(new)
    assert "was submitted" in plan_undo(record).held[0][1]


def test_emptied_return_is_owed_by_nobody_and_there_again_when_undone(officer):
    before, [new] = opened("Brook Academy", pupils=1)
    decide(before.pupils.get())
    record = convert(before, officer).record
    assert list(Return.objects.values_list("school", "state")) == [(new.pk, "in_progress")]
    undo_import(record=record, by=officer)
    assert before.school_id in Return.objects.values_list("school", flat=True)


def test_who_left_before_the_conversion_is_reported_by_the_new_school(officer):
    before, [new] = opened("Brook Academy", pupils=1)
    pupil = before.pupils.get().pupil
    convert(before, officer)
    now = return_of(new)
    account_for(
        return_pupil=now.pupils.get(), change="left", change_date=CLOSED_ON, by=senco_of(now)
    )
    submit(new)
    accept_return(pupil_return=return_of(new), by=officer)
    [only] = pupil.placements.all()
    assert (only.school, only.end) == (before.school, CLOSED_ON)


def test_template_still_works_at_the_old_school_for_those_who_stayed(officer):
    """A split in which only one pupil has moved so far."""
    before, [infant, _] = opened("Brook Infant School", "Brook Junior School")
    one, other = (row.pupil for row in before.pupils.order_by("pk"))
    sheet = Filled(before)
    for row in before.pupils.all():
        sheet.decide(row)
    convert(before, officer, {one.pk: infant})
    upload = check(uploaded(before, sheet.content))
    assert upload.issues == []
    assert [warning["who"] for warning in upload.warnings] == [one.display_name]
    apply(upload)
    assert BandDecision.objects.get().pupil == other
