"""Whom a record may be among all pupils, what is answered, and the standing check (S8)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given

from banding_portal.audit_trail.events import changes_matching
from banding_portal.audit_trail.words import lines_of
from banding_portal.refusals import RefusalError
from banding_portal.roles import ROLES_AT_A_SCHOOL, ROLES_IN_A_QUADRANT, Role
from schools.choices import MatchReason, MatchStrength, SameChild
from schools.matching import Identity, blocking_keys, compare
from schools.models import PupilAnswer
from schools.selectors.matches import matches_for, matches_of, possible_duplicates
from schools.services.answers import answer_pair, tell_apart
from tests.factories import PupilFactory, SchoolFactory, person
from tests.schools.pupil_pairs import FIRST, PERHAPS, SAME, SECOND
from tests.schools.test_matching import identities

pytestmark = pytest.mark.django_db
BORN = dt.date(2016, 3, 9)
ANOTHER = SameChild.ANOTHER


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def amira():
    return PupilFactory(surname="Khan", forename="Amira", date_of_birth=BORN, upn=FIRST)


def twice(**other):
    """Two pupils alike in name and birth date."""
    fields = {"surname": "Testa", "forename": "Zoë", "date_of_birth": BORN}
    return PupilFactory(**fields), PupilFactory(**fields | other)


def row(surname="Khan", forename="Amira", born=BORN, **numbers):
    return Identity(surname, forename, born, **numbers)


def found(*identities):
    return [[(m.pupil, m.match.strength) for m in one] for one in matches_for(identities)]


STRONG, WEAK = MatchStrength.STRONG, MatchStrength.WEAK


@pytest.mark.parametrize(("one", "other", "expected"), SAME + PERHAPS)
def test_pairs_that_match_share_a_key(one, other, expected):
    assert blocking_keys(one) & blocking_keys(other)


@given(identities, identities)
def test_whatever_matches_shares_a_key(one, other):
    assert compare(one, other) is None or blocking_keys(one) & blocking_keys(other)


@pytest.mark.parametrize(
    ("identity", "strength"),
    [
        (row(upn=FIRST), STRONG),
        (row("Ashworth", upn=f" {FIRST.lower()}"), STRONG),
        (row(), WEAK),
        (row("KHAN", "amira"), WEAK),
        (row(forename="Amirah"), WEAK),
        (row(born=dt.date(2016, 9, 3)), WEAK),
        (row("Amira", "Khan"), WEAK),
        (row(forename="Amira Jane"), WEAK),
        (row("Other", "Person", born=None, upn=FIRST), WEAK),
    ],
)
def test_pupil_is_found(amira, identity, strength):
    PupilFactory(surname="Khan", forename="Bilal", date_of_birth=BORN)
    assert found(identity) == [[(amira, strength)]]


@pytest.mark.parametrize(
    "identity",
    [
        row(upn=SECOND),
        row(forename="Zoë"),
        row(born=dt.date(2015, 3, 9)),
        row(born=None),
        row("", "", born=None),
    ],
)
def test_nobody_is_found(amira, identity):
    assert found(identity) == [[]]


@pytest.mark.parametrize("reference", ["ab-0001", "AB-0001", " Ab-0001 "])
def test_reference_is_found_in_any_case(reference):
    pupil = PupilFactory(reference="AB-0001", surname="Khan", forename="Amira")
    assert found(row(born=None, reference=reference)) == [[(pupil, STRONG)]]


def test_each_identity_has_its_own_matches_surest_first(amira):
    same_name = PupilFactory(surname="Khan", forename="Amira", date_of_birth=BORN)
    nobody, both, one = found(row("No", "Body"), row(upn=FIRST), row(reference=same_name.reference))
    assert nobody == []
    assert both == [(amira, STRONG), (same_name, WEAK)]
    assert one == [(same_name, STRONG), (amira, WEAK)]


def test_three_queries_however_many(amira, django_assert_num_queries):
    PupilFactory(surname="Khan", forename="Amira", date_of_birth=BORN)
    rows = [row(upn=FIRST), row(), row(forename="Amirah"), row("No", "Body")]
    with django_assert_num_queries(3):
        matches_for(rows[:1])
    with django_assert_num_queries(3):
        matches_for(rows)


def test_record_of_a_pupil_is_not_matched_with_one_told_apart(officer, amira):
    namesake = PupilFactory(surname="Khan", forename="Amira", date_of_birth=BORN)
    tell_apart(pupil=amira, others=[namesake], by=officer)
    assert found(row(upn=FIRST)) == [[(amira, STRONG)]]
    assert found(row()) == [[(amira, WEAK), (namesake, WEAK)]]


def test_others_of_a_pupil_leave_out_itself_and_those_told_apart(officer):
    one, other = twice()
    third = PupilFactory(surname="Testa", forename="Zoëe", date_of_birth=BORN)
    assert [each.pupil for each in matches_of(one)] == [other, third]
    answer_pair(one=other, other=one, answer=ANOTHER, by=officer)
    assert [each.pupil for each in matches_of(one)] == [third]
    assert [each.pupil for each in matches_of(third)] == [one, other]


def duplicates():
    return [({each.one, each.other}, each.match.reasons) for each in possible_duplicates()]


def test_standing_check_finds_each_pair_once(amira):
    one, other = twice()
    PupilFactory(surname="Testa", forename="Bruno", date_of_birth=BORN)
    PupilFactory(surname="Khan", forename="Amira", date_of_birth=BORN, upn=SECOND)
    assert duplicates() == [({one, other}, (MatchReason.NAME_AND_BIRTH,))]


def test_standing_check_finds_every_kind(amira):
    fields = {"surname": "Khan", "forename": "Amira", "date_of_birth": BORN}
    letter = PupilFactory(**fields | {"forename": "Amria"})
    swapped = PupilFactory(**fields | {"date_of_birth": dt.date(2016, 9, 3)})
    names = PupilFactory(**fields | {"forename": "Khan", "surname": "Amira"})
    assert {frozenset(pair): reasons for pair, reasons in duplicates()} == {
        frozenset([amira, letter]): (MatchReason.ONE_LETTER,),
        frozenset([amira, swapped]): (MatchReason.SWAPPED_DATE,),
        frozenset([amira, names]): (MatchReason.SWAPPED_NAMES,),
    }


def test_nothing_is_found_among_no_pupils(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert possible_duplicates() == []


def test_standing_check_takes_three_queries(django_assert_num_queries):
    for _ in range(3):
        twice()
    with django_assert_num_queries(3):
        assert len(possible_duplicates()) == 15


def test_former_upn_finds_the_pupil(amira):
    amira.upn = SECOND
    amira.save()
    assert found(row(upn=FIRST), row("Other", "Person", born=None, upn=FIRST)) == [
        [(amira, STRONG)],
        [(amira, WEAK)],
    ]


def test_former_reference_finds_the_pupil(amira):
    old = amira.reference
    amira.reference = "999-new"
    amira.save()
    assert found(row(reference=old), row("Other", "Person", born=None, reference=old)) == [
        [(amira, STRONG)],
        [(amira, WEAK)],
    ]


def test_former_name_finds_the_pupil(amira):
    amira.surname, amira.forename = "Ashworth", "Amy"
    amira.save()
    [[match]] = matches_for([row()])
    assert (match.pupil, match.match.reasons) == (amira, (MatchReason.FORMER_NAME,))
    namesake = PupilFactory(surname="Khan", forename="Amira", date_of_birth=BORN)
    assert duplicates() == [({amira, namesake}, (MatchReason.FORMER_NAME,))]


def test_pair_told_apart_is_not_shown_again(officer):
    one, other = twice()
    answer_pair(one=one, other=other, answer=ANOTHER, reason=" Two families. ", by=officer)
    assert duplicates() == []
    kept = PupilAnswer.objects.get()
    assert ({kept.one, kept.other}, kept.answer, kept.reason, kept.answered_by) == (
        {one, other},
        ANOTHER,
        "Two families.",
        officer,
    )


def test_same_child_stays_with_its_answer_until_merged(officer):
    one, other = twice()
    answer = answer_pair(one=one, other=other, answer=SameChild.SAME, by=officer)
    [shown] = possible_duplicates()
    assert shown.answer == answer


def test_answer_is_kept_once_in_either_order_and_can_be_changed(officer):
    one, other = twice()
    colleague = person(Role.SEND_OFFICER)
    answer_pair(one=one, other=other, answer=ANOTHER, by=officer)
    answer_pair(one=other, other=one, answer=SameChild.SAME, by=colleague)
    kept = PupilAnswer.objects.get()
    assert (kept.answer, kept.answered_by) == (SameChild.SAME, colleague)
    assert len(duplicates()) == 1


def test_answers_are_on_record(officer):
    one, other = twice()
    answer_pair(one=one, other=other, answer=ANOTHER, by=officer)
    [line] = lines_of(changes_matching(kind="schools.pupilanswer", offset=0, limit=5))
    assert (line.action, line.who) == ("Added", officer.name)
    assert "Another child" in [each.new for each in line.differences]


def test_pupil_is_no_pair_with_itself(officer, amira):
    with pytest.raises(RefusalError, match="one and the same pupil"):
        answer_pair(one=amira, other=amira, answer=ANOTHER, by=officer)


def test_pupil_that_is_gone_is_refused(officer):
    one, other = twice()
    type(other).objects.filter(pk=other.pk).delete()
    with pytest.raises(RefusalError, match="not there any more"):
        answer_pair(one=one, other=other, answer=ANOTHER, by=officer)


def test_answer_of_no_kind_is_refused(officer):
    one, other = twice()
    with pytest.raises(RefusalError, match="Choose whether"):
        answer_pair(one=one, other=other, answer="perhaps", by=officer)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SEND_OFFICER])
def test_only_officers_answer(role):
    one, other = twice()
    school = SchoolFactory()
    by = person(
        role,
        school=school if role in ROLES_AT_A_SCHOOL else None,
        quadrant=school.quadrant if role in ROLES_IN_A_QUADRANT else None,
    )
    with pytest.raises(RefusalError, match="Your role"):
        answer_pair(one=one, other=other, answer=ANOTHER, by=by)
    assert not PupilAnswer.objects.exists()


def test_school_sees_no_answers(officer):
    one, other = twice()
    answer_pair(one=one, other=other, answer=ANOTHER, by=officer)
    assert PupilAnswer.objects.visible_to(officer).count() == 1
    assert not PupilAnswer.objects.visible_to(person(Role.SENCO, school=SchoolFactory())).exists()


def test_database_keeps_one_answer_a_pair(officer):
    one, other = twice()
    kept = answer_pair(one=one, other=other, answer=ANOTHER, by=officer)
    again = {"answer": ANOTHER, "answered_by": officer, "answered_at": kept.answered_at}
    for pair in [(kept.one, kept.other), (kept.other, kept.one)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            PupilAnswer.objects.create(one=pair[0], other=pair[1], **again)
