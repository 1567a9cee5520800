"""Putting placements and plans right, and taking that back (rules.md S10)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import CorrectionKind
from schools.models import Correction, Placement, Plan, Pupil
from schools.services import corrections as service
from schools.services.pupils import end_placement, place_pupil, start_plan
from tests.factories import PlacementFactory, PlanFactory, PupilFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
SEPTEMBER, NOVEMBER = dt.date(2026, 9, 1), dt.date(2026, 11, 2)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def placement():
    return PlacementFactory(start=SEPTEMBER)


def corrected(placement, by, **changes):
    given = {"school": placement.school, "start": placement.start, "end": placement.end}
    return service.correct_placement(
        placement=placement, reason="Typed wrongly", by=by, **given | changes
    )


def periods(pupil):
    return list(pupil.placements.values_list("school", "start", "end"))


def test_corrected_start_leaves_one_placement(officer, placement):
    corrected(placement, officer, start=NOVEMBER)
    assert periods(placement.pupil) == [(placement.school_id, NOVEMBER, None)]


def test_corrected_end_and_school(officer, placement):
    right = SchoolFactory()
    corrected(placement, officer, school=right, end=NOVEMBER)
    assert periods(placement.pupil) == [(right.pk, SEPTEMBER, NOVEMBER)]


def test_correction_says_what_was_and_what_is_and_why(officer, placement):
    found = corrected(placement, officer, start=NOVEMBER)
    name = placement.school.name
    words = (found.before_words, found.after_words, found.reason, found.made_by)
    assert words == (
        f"{name}, from 1 Sep 2026, still open",
        f"{name}, from 2 Nov 2026, still open",
        "Typed wrongly",
        officer,
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Nothing differs"),
        ({"end": SEPTEMBER - dt.timedelta(1)}, "must not be before the start"),
        ({"start": dt.date(2026, 1, 1)}, "on that day"),
    ],
)
def test_correction_that_cannot_be_is_refused(officer, placement, changes, told):
    PlacementFactory(
        pupil=placement.pupil,
        school=placement.school,
        start=dt.date(2026, 1, 1),
        end=dt.date(2026, 3, 31),
    )
    with pytest.raises(RefusalError, match=told):
        corrected(placement, officer, **changes)
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_reason_is_needed(officer, placement, reason):
    with pytest.raises(RefusalError, match="Say why"):
        service.remove_placement(placement=placement, reason=reason, by=officer)


def test_removed_placement_is_gone_from_everywhere_and_kept_on_record(officer, placement):
    found = service.remove_placement(placement=placement, reason="Another Amira", by=officer)
    assert Placement.objects.count() == 0
    assert (found.kind, found.subject, found.after) == (CorrectionKind.MISTAKE, placement.pk, {})
    events = Placement.pgh_event_model.objects if hasattr(Placement, "pgh_event_model") else None
    rows = events or placement.events
    labels = rows.filter(pgh_obj_id=placement.pk).values_list("pgh_label", flat=True)
    assert list(labels.order_by("pgh_id")) == ["insert", "delete"]


def test_wrong_school_no_longer_sees_the_pupil(officer, placement):
    senco = person(Role.SENCO, school=placement.school)
    assert list(Pupil.objects.visible_to(senco)) == [placement.pupil]
    service.remove_placement(placement=placement, reason="Another Amira", by=officer)
    assert list(Pupil.objects.visible_to(senco)) == []


def test_school_corrected_takes_the_sight_of_the_wrong_one(officer, placement):
    wrong, right = person(Role.SENCO, school=placement.school), SchoolFactory()
    corrected(placement, officer, school=right)
    assert list(Pupil.objects.visible_to(wrong)) == []
    assert list(Pupil.objects.visible_to(person(Role.SENCO, school=right))) == [placement.pupil]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.FINANCE_OFFICER])
def test_only_officers_put_right(placement, role):
    with pytest.raises(RefusalError, match="role"):
        service.remove_placement(placement=placement, reason="Wrong", by=person(role))
    with pytest.raises(RefusalError, match="role"):
        corrected(placement, person(role), start=NOVEMBER)


def test_school_does_not_see_corrections(officer, placement):
    corrected(placement, officer, start=NOVEMBER)
    senco = person(Role.SENCO, school=placement.school)
    assert Correction.objects.visible_to(senco).count() == 0
    assert Correction.objects.visible_to(person(Role.AUDITOR)).count() == 1


def test_removing_twice_is_refused(officer, placement):
    service.remove_placement(placement=placement, reason="Wrong", by=officer)
    with pytest.raises(RefusalError, match="removed it in the meantime"):
        service.remove_placement(placement=placement, reason="Wrong", by=officer)


def test_undone_removal_brings_the_same_placement_back(officer, placement):
    found = service.remove_placement(placement=placement, reason="Wrong", by=officer)
    undone = service.undo_correction(correction=found, by=officer)
    back = Placement.objects.get()
    assert (back.pk, back.start, back.end) == (placement.pk, SEPTEMBER, None)
    assert undone.undone_by == officer


def test_undone_correction_brings_the_old_dates_back(officer, placement):
    found = corrected(placement, officer, start=NOVEMBER)
    service.undo_correction(correction=found, by=officer)
    assert periods(placement.pupil) == [(placement.school_id, SEPTEMBER, None)]


def test_undoing_twice_is_refused(officer, placement):
    found = corrected(placement, officer, start=NOVEMBER)
    service.undo_correction(correction=found, by=officer)
    with pytest.raises(RefusalError, match="taken back already"):
        service.undo_correction(correction=found, by=officer)


def test_what_was_changed_since_cannot_be_undone(officer, placement):
    found = corrected(placement, officer, start=NOVEMBER)
    end_placement(placement=placement, end=dt.date(2026, 12, 1), by=officer)
    with pytest.raises(RefusalError, match="changed since"):
        service.undo_correction(correction=found, by=officer)


def test_removal_is_not_undone_over_a_new_placement_there(officer, placement):
    found = service.remove_placement(placement=placement, reason="Wrong", by=officer)
    pupil, school = placement.pupil, placement.school
    place_pupil(pupil=pupil, school=school, start=NOVEMBER, by=officer)
    with pytest.raises(RefusalError, match="on that day"):
        service.undo_correction(correction=found, by=officer)
    assert periods(pupil) == [(school.pk, NOVEMBER, None)]


def test_plan_is_corrected_removed_and_brought_back(officer):
    plan = PlanFactory()
    given = {"plan_type": "SEN_SUPPORT", "start": NOVEMBER, "end": None}
    service.correct_plan(plan=plan, reason="It was K", by=officer, **given)
    assert Plan.objects.filter(**given).count() == 1
    found = service.remove_plan(plan=plan, reason="Never made", by=officer)
    assert (Plan.objects.count(), found.before_words) == (
        0,
        "SEN Support, from 2 Nov 2026, still open",
    )
    service.undo_correction(correction=found, by=officer)
    assert Plan.objects.filter(**given).count() == 1


def test_plan_of_the_type_in_force_already_is_refused(officer):
    plan = PlanFactory()
    other = start_plan(pupil=plan.pupil, plan_type="SEN_SUPPORT", start=NOVEMBER, by=officer)
    given = {"plan_type": "EHCP", "start": NOVEMBER, "end": None}
    with pytest.raises(RefusalError, match="already has a plan of this type on that day"):
        service.correct_plan(plan=other, reason="Typed wrongly", by=officer, **given)


def test_what_would_happen_changes_nothing(officer, placement, settings):
    settings.PUPIL_FOLLOWERS = ["tests.schools.test_corrections.follower"]
    said = service.what_would_happen(lambda: corrected(placement, officer, start=NOVEMBER))
    assert said == [f"1 placement from {NOVEMBER}"]
    assert periods(placement.pupil) == [(placement.school_id, SEPTEMBER, None)]
    assert Correction.objects.count() == 0


def follower(pupils, *, by):
    (pupil,) = pupils
    starts = Placement.objects.filter(pupil=pupil).values_list("start", flat=True)
    return [f"{len(starts)} placement from {start}" for start in starts]


@pytest.mark.parametrize("change", ["place", "end", "plan"])
def test_every_change_on_screen_is_told(officer, placement, settings, change):
    settings.PUPIL_FOLLOWERS = ["tests.schools.test_corrections.follower"]
    pupil = placement.pupil
    with service.hearing() as heard:
        if change == "place":
            place_pupil(pupil=pupil, school=SchoolFactory(), start=NOVEMBER, by=officer)
        elif change == "end":
            end_placement(placement=placement, end=NOVEMBER, by=officer)
        else:
            start_plan(pupil=pupil, plan_type="EHCP", start=NOVEMBER, by=officer)
    assert len(heard) == pupil.placements.count()


def dates(name, day):
    return {f"{name}_{i}": str(part) for i, part in enumerate((day.day, day.month, day.year))}


def test_page_shows_what_will_happen_then_does_it(sign_in, placement):
    client = sign_in(Role.SEND_OFFICER)
    url = reverse("schools:placement_correct", args=[placement.pk])
    assert placement.school.name in client.get(url).text
    data = {"school": placement.school_id, "reason": "Typed wrongly", **dates("start", NOVEMBER)}
    page = client.post(url, data)
    assert "What will happen" in page.text
    assert f"Recorded then: {placement.school}, from 2 Nov 2026, still open" in page.text
    assert periods(placement.pupil) == [(placement.school_id, SEPTEMBER, None)]
    again = dict(page.context["given"]) | {"confirm": "yes"}
    page = client.post(url, again, follow=True)
    assert "The placement is put right." in page.text
    assert "Typed wrongly" in page.text
    assert periods(placement.pupil) == [(placement.school_id, NOVEMBER, None)]


def test_page_tells_what_is_missing(sign_in, placement):
    client = sign_in(Role.SEND_OFFICER)
    page = client.post(reverse("schools:placement_remove", args=[placement.pk]), {"reason": ""})
    assert "Say why it has to be put right" in page.text
    same = {"school": placement.school_id, "reason": "x", **dates("start", SEPTEMBER)}
    page = client.post(reverse("schools:placement_correct", args=[placement.pk]), same)
    assert "Nothing differs" in page.text


def test_removal_and_undo_on_the_pages(sign_in, placement):
    client = sign_in(Role.SEND_OFFICER)
    url = reverse("schools:placement_remove", args=[placement.pk])
    page = client.post(url, {"reason": "Another Amira", "confirm": "yes"}, follow=True)
    assert "Entered by mistake" in page.text
    undo = reverse("schools:correction_undo", args=[Correction.objects.get().pk])
    assert undo in page.text
    assert "The record will again say" in client.get(undo).text
    assert Placement.objects.count() == 0
    page = client.post(undo, follow=True)
    assert "Undone by" in page.text
    assert Placement.objects.get().pk == placement.pk
    assert "taken back already" in client.get(undo, follow=True).text


def test_plan_pages(sign_in):
    client, plan = sign_in(Role.SEND_OFFICER), PlanFactory()
    assert "EHCP" in client.get(reverse("schools:plan_correct", args=[plan.pk])).text
    url = reverse("schools:plan_remove", args=[plan.pk])
    client.post(url, {"reason": "Never made", "confirm": "yes"})
    assert Plan.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_pupil_page_with_corrections_has_constant_queries(sign_in, rows, django_assert_num_queries):
    client, pupil = sign_in(Role.SEND_OFFICER), PupilFactory()
    for _ in range(rows):
        one = PlacementFactory(pupil=pupil)
        service.remove_placement(placement=one, reason="Wrong", by=client.user)
    with django_assert_num_queries(20):
        client.get(reverse("schools:pupil_detail", args=[pupil.pk]))


def test_what_somebody_changed_meanwhile_is_not_overwritten(officer, placement, client):
    client.force_login(officer)
    url = reverse("schools:placement_correct", args=[placement.pk])
    given = {"school": placement.school_id, "reason": "Late", **dates("start", NOVEMBER)}
    shown = dict(client.post(url, given).context["given"]) | {"confirm": "yes"}
    corrected(placement, officer, end=dt.date(2026, 12, 18))
    assert "Somebody has changed it in the meantime" in client.post(url, shown).text
    assert placement.pupil.placements.get().start == placement.start
