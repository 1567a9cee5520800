"""Two records of one child made one, and taken apart again (rules.md S8)."""

import datetime as dt

import pytest

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import CorrectionKind, Fact, SameChild
from schools.models import FormerFact, Placement, Plan, Pupil, PupilAnswer, PupilMerge
from schools.selectors.matches import possible_duplicates
from schools.services.answers import answer_pair
from schools.services.corrections import correct_placement, undo_correction
from schools.services.merges import changed_since, merge_pupils, undo_merge
from schools.services.pupils import place_pupil
from tests.factories import PlacementFactory, PlanFactory, PupilFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
UPNS = ("T801234508075", "K801234517078")
SEP, NOV = dt.date(2026, 9, 1), dt.date(2026, 11, 2)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def kept():
    return PupilFactory(surname="Nuñez", forename="Zoë", reference="K-1")


@pytest.fixture
def dropped():
    return PupilFactory(surname="Nunez", forename="Zoe", reference="D-1", upn=UPNS[0])


def merge(kept, dropped, by, **given):
    return merge_pupils(kept=kept, dropped=dropped, by=by, **{"reason": "Same form", **given})


def records():
    """Everything a merge may change, to compare."""
    return {
        model: sorted(map(str, model._base_manager.values_list()))
        for model in (Pupil, Placement, Plan, FormerFact, PupilAnswer)
    }


def test_everything_of_the_other_record_is_the_child_s(kept, dropped, officer):
    school, other = SchoolFactory(), SchoolFactory()
    PlacementFactory(pupil=kept, school=school, start=SEP)
    PlacementFactory(pupil=dropped, school=other, start=NOV)
    PlanFactory(pupil=dropped)
    done = merge(kept, dropped, officer)
    assert {row.school for row in kept.placements.all()} == {school, other}
    assert kept.plans.count() == 1
    assert done.said[:2] == [
        "1 placement of the other record moved over.",
        "1 plan of the other record moved over.",
    ]


def test_two_schools_or_plans_at_once_are_said(kept, dropped, officer):
    for pupil, name, plan in ((kept, "Alder", "EHCP"), (dropped, "Birch", "SEN_SUPPORT")):
        PlacementFactory(pupil=pupil, school=SchoolFactory(name=name), start=SEP)
        PlanFactory(pupil=pupil, plan_type=plan, start=SEP)
    said = merge(kept, dropped, officer).said
    assert any("placed at 2 schools today: Alder and Birch." in each for each in said)
    assert any("has an EHCP and SEN Support today." in each for each in said)


def test_what_is_over_is_not_at_once(kept, dropped, officer):
    for pupil, end in ((kept, NOV), (dropped, None)):
        PlacementFactory(pupil=pupil, school=SchoolFactory(), start=SEP, end=end)
        PlanFactory(pupil=pupil, plan_type="EHCP", start=SEP, end=end)
    assert not any("today" in each for each in merge(kept, dropped, officer).said)


def test_same_school_is_one_placement_from_the_earlier_day(kept, dropped, officer):
    school = SchoolFactory()
    PlacementFactory(pupil=kept, school=school, start=NOV)
    PlacementFactory(pupil=dropped, school=school, start=SEP)
    done = merge(kept, dropped, officer)
    [row] = Placement.objects.all()
    assert (row.pupil, row.start, row.end) == (kept, SEP, None)
    assert "1 placement that both records had is one now." in done.said


def test_other_record_is_found_nowhere(kept, dropped, officer, client):
    merge(kept, dropped, officer)
    assert list(Pupil.objects.all()) == [kept]
    client.force_login(officer)
    assert "1 pupil" in client.get("/pupils/").text


def test_its_address_leads_to_the_record_that_stands(kept, dropped, officer, client):
    merge(kept, dropped, officer)
    client.force_login(officer)
    page = client.get(f"/pupils/{dropped.pk}/", follow=True)
    assert page.redirect_chain[-1][0] == f"/pupils/{kept.pk}/"
    assert "was merged into this one" in page.text


def test_address_of_a_merged_record_tells_a_stranger_nothing(kept, dropped, officer, client):
    merge(kept, dropped, officer)
    client.force_login(person(Role.SENCO, school=SchoolFactory()))
    assert client.get(f"/pupils/{dropped.pk}/").status_code == 404


@pytest.mark.parametrize("take", [[], [Fact.UPN], [Fact.UPN, Fact.NAME], list(Fact)])
def test_facts_taken_stand_and_the_others_are_former(kept, dropped, officer, take):
    before = {"upn": kept.upn, "reference": kept.reference, "surname": kept.surname}
    merge(kept, dropped, officer, take=take)
    kept.refresh_from_db()
    assert kept.upn == (UPNS[0] if Fact.UPN in take else before["upn"])
    assert kept.reference == ("D-1" if Fact.REFERENCE in take else "K-1")
    assert kept.surname == ("Nunez" if Fact.NAME in take else "Nuñez")
    former = set(FormerFact.objects.filter(pupil=kept).values_list("kind", "value"))
    assert ("upn", UPNS[0]) in former or Fact.UPN in take
    assert ("reference", "K-1" if Fact.REFERENCE in take else "D-1") in former
    assert ("name", "Nuñez, Zoë" if Fact.NAME in take else "Nunez, Zoe") in former


def test_days_of_another_authority_stay_with_their_record(kept, dropped, officer):
    for pupil in (kept, dropped):
        FormerFact.objects.create(
            pupil=pupil, kind=Fact.RESPONSIBLE_LA, value=f"88{len(pupil.surname)}", until=SEP
        )
    merge(kept, dropped, officer)
    assert kept.former_facts.filter(kind=Fact.RESPONSIBLE_LA).count() == 1


def test_two_upns_change_places(kept, dropped, officer):
    Pupil.objects.filter(pk=kept.pk).update(upn=UPNS[1])
    merge(kept, dropped, officer, take=[Fact.UPN])
    kept.refresh_from_db()
    assert kept.upn == UPNS[0]
    assert FormerFact.objects.filter(pupil=kept, kind="upn", value=UPNS[1]).exists()


def test_fact_the_other_record_lacks_is_not_taken(kept, dropped, officer):
    Pupil.objects.filter(pk=kept.pk).update(upn=UPNS[1])
    Pupil.objects.filter(pk=dropped.pk).update(upn=None)
    merge(kept, dropped, officer, take=[Fact.UPN])
    kept.refresh_from_db()
    assert kept.upn == UPNS[1]


def test_pair_is_no_possible_duplicate_any_more(kept, dropped, officer):
    assert len(possible_duplicates()) == 1
    merge(kept, dropped, officer)
    assert possible_duplicates() == []
    assert PupilAnswer.objects.get().answer == SameChild.SAME


def test_undo_leaves_everything_as_it_was(kept, dropped, officer):
    school = SchoolFactory()
    Pupil.objects.filter(pk=kept.pk).update(upn=UPNS[1])
    for pupil, start in ((kept, NOV), (dropped, SEP)):
        PlacementFactory(pupil=pupil, school=school, start=start)
        PlanFactory(pupil=pupil)
    before = records()
    done = merge(kept, dropped, officer, take=list(Fact))
    assert records() != before
    undo_merge(merge=done, by=officer)
    assert records() == before
    done.refresh_from_db()
    assert done.undone_by == officer


def test_undo_gives_back_an_earlier_answer(kept, dropped, officer):
    answer_pair(one=kept, other=dropped, answer=SameChild.ANOTHER, reason="Twins", by=officer)
    before = records()
    undo_merge(merge=merge(kept, dropped, officer), by=officer)
    assert records() == before


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (lambda kept, by: PlacementFactory(pupil=kept), "A placement of this pupil"),
        (lambda kept, by: PlanFactory(pupil=kept), "A plan of this pupil"),
        (lambda kept, by: Pupil.objects.update(forename="Zoo"), "A pupil of this pupil"),
    ],
)
def test_what_came_since_keeps_it_from_being_undone(kept, dropped, officer, later, said):
    done = merge(kept, dropped, officer)
    later(kept, officer)
    before = records()
    with pytest.raises(RefusalError, match="since"):
        undo_merge(merge=done, by=officer)
    assert records() == before
    assert changed_since(done)


def test_undone_once(kept, dropped, officer):
    done = merge(kept, dropped, officer)
    undo_merge(merge=done, by=officer)
    with pytest.raises(RefusalError, match="already"):
        undo_merge(merge=done, by=officer)


def test_undone_merge_can_be_made_again(kept, dropped, officer):
    undo_merge(merge=merge(kept, dropped, officer), by=officer)
    merge(kept, dropped, officer)
    assert PupilMerge.objects.count() == 2


def test_record_merged_earlier_goes_on_to_the_one_that_stands_now(kept, dropped, officer):
    third = PupilFactory()
    merge(kept, dropped, officer)
    kept.refresh_from_db()
    second = merge(third, kept, officer)
    assert set(Pupil.everything.filter(merged_into=third)) == {kept, dropped}
    undo_merge(merge=second, by=officer)
    assert set(Pupil.everything.filter(merged_into=kept)) == {dropped}


def test_earlier_merge_is_undone_after_the_later_one(kept, dropped, officer):
    first = merge(kept, dropped, officer)
    kept.refresh_from_db()
    merge(PupilFactory(), kept, officer)
    with pytest.raises(RefusalError):
        undo_merge(merge=first, by=officer)


def test_record_cannot_be_merged_twice_or_with_itself(kept, dropped, officer):
    merge(kept, dropped, officer)
    with pytest.raises(RefusalError, match="not there any more"):
        merge(PupilFactory(), dropped, officer)
    with pytest.raises(RefusalError, match="one and the same"):
        merge(kept, kept, officer)


def test_reason_is_needed(kept, dropped, officer):
    with pytest.raises(RefusalError, match="Say how you know"):
        merge(kept, dropped, officer, reason=" ")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FINANCE_OFFICER, Role.ADMINISTRATOR])
def test_only_officers_merge_and_undo(kept, dropped, officer, role):
    with pytest.raises(RefusalError):
        merge(kept, dropped, person(role))
    done = merge(kept, dropped, officer)
    with pytest.raises(RefusalError):
        undo_merge(merge=done, by=person(role))


def test_corrections_follow_and_can_still_be_undone(kept, dropped, officer):
    wrong = PlacementFactory(pupil=dropped, start=SEP)
    correction = correct_placement(
        placement=wrong, school=wrong.school, start=NOV, end=None, reason="Began later", by=officer
    )
    merge(kept, dropped, officer)
    correction.refresh_from_db()
    assert (correction.pupil, correction.kind) == (kept, CorrectionKind.CORRECTED)
    undo_correction(correction=correction, by=officer)
    assert kept.placements.get().start == SEP


def test_number_of_a_merged_record_is_not_given_to_another(kept, dropped, officer, client):
    merge(kept, dropped, officer)
    client.force_login(officer)
    page = client.post(
        "/pupils/new/",
        {"reference": "D-1", "surname": "Other", "forename": "Child"},
        follow=True,
    )
    assert page.status_code == 200
    assert not Pupil.everything.filter(surname="Other").exists()


def test_placement_after_a_merge_is_the_child_s(kept, dropped, officer):
    merge(kept, dropped, officer)
    place_pupil(pupil=kept, school=SchoolFactory(), start=SEP, end_others=True, by=officer)
    assert kept.placements.count() == 1
