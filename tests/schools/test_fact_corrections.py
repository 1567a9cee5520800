"""The dates of a pupil's history are put right, and that is taken back (S10, S11)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import Corrected
from schools.models import Correction, FormerFact
from schools.selectors.history import facts_on
from schools.services import corrections
from tests.banding.races import at_once
from tests.factories import PupilFactory, person

pytestmark = pytest.mark.django_db
AUGUST_ENDS, OCTOBER_ENDS = dt.date(2026, 8, 31), dt.date(2026, 10, 31)
SEPTEMBER_ENDS = dt.date(2026, 9, 30)


@pytest.fixture
def by(db):
    return person(Role.SEND_OFFICER)


@pytest.fixture
def fact(db):
    return former(PupilFactory())


def former(pupil, value="998", until=AUGUST_ENDS, kind="responsible_la") -> FormerFact:
    return pupil.former_facts.create(kind=kind, value=value, until=until)


def correct(fact, until, by, reason="The letter says so") -> Correction:
    return corrections.correct_fact(fact=fact, until=until, reason=reason, by=by)


def test_last_day_is_put_right(fact, by):
    done = correct(fact, OCTOBER_ENDS, by)
    fact.refresh_from_db()
    assert fact.until == OCTOBER_ENDS
    assert (done.record, done.kind) == (Corrected.FACT, "corrected")
    assert done.before_words == "Responsible authority Eastmere until 31 Aug 2026"
    assert done.after_words == "Responsible authority Eastmere until 31 Oct 2026"


def test_what_follows_begins_the_next_day(fact, by):
    correct(fact, OCTOBER_ENDS, by)
    found = [
        facts_on(fact.pupil, OCTOBER_ENDS + dt.timedelta(days)).responsible_la for days in (0, 1)
    ]
    assert found == ["998", "999"]


def test_what_was_never_true_is_gone(fact, by):
    done = corrections.remove_fact(fact=fact, reason="Another pupil", by=by)
    assert not FormerFact.objects.exists()
    assert done.kind == "mistake"
    assert facts_on(fact.pupil, AUGUST_ENDS).responsible_la == "999"


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (dt.date(2026, 11, 17), "must be before today"),
        (dt.date(2027, 1, 1), "must be before today"),
        (SEPTEMBER_ENDS, "Responsible authority 997 ended on 30 September 2026"),
        (OCTOBER_ENDS, "Responsible authority 997 ended on 30 September 2026"),
        (AUGUST_ENDS, "Nothing differs"),
    ],
)
def test_day_that_cannot_be_is_refused(fact, by, until, told):
    former(fact.pupil, "997", SEPTEMBER_ENDS)
    with pytest.raises(RefusalError, match=told):
        correct(fact, until, by)
    fact.refresh_from_db()
    assert fact.until == AUGUST_ENDS


def test_facts_of_other_kinds_and_pupils_do_not_matter(fact, by):
    former(fact.pupil, "ASD", SEPTEMBER_ENDS, kind="primary_need")
    former(PupilFactory(), "997", SEPTEMBER_ENDS)
    correct(fact, OCTOBER_ENDS, by)
    fact.refresh_from_db()
    assert fact.until == OCTOBER_ENDS


def test_reason_is_needed(fact, by):
    with pytest.raises(RefusalError, match="Say why"):
        correct(fact, OCTOBER_ENDS, by, reason=" ")


def test_others_cannot(fact):
    with pytest.raises(RefusalError):
        correct(fact, OCTOBER_ENDS, person(Role.AUDITOR))


def test_correction_is_taken_back(fact, by):
    done = correct(fact, OCTOBER_ENDS, by)
    corrections.undo_correction(correction=done, by=by)
    fact.refresh_from_db()
    assert (fact.until, fact.value) == (AUGUST_ENDS, "998")


def test_what_was_taken_out_is_put_back(fact, by):
    done = corrections.remove_fact(fact=fact, reason="Another pupil", by=by)
    corrections.undo_correction(correction=done, by=by)
    back = FormerFact.objects.get()
    assert (back.pk, back.kind, back.value, back.until) == (
        fact.pk,
        "responsible_la",
        "998",
        AUGUST_ENDS,
    )


def test_it_is_not_put_back_onto_another(fact, by):
    done = corrections.remove_fact(fact=fact, reason="Another pupil", by=by)
    former(fact.pupil, "997")
    with pytest.raises(RefusalError, match="997 ended on 31 August 2026"):
        corrections.undo_correction(correction=done, by=by)


def test_changed_since_is_not_taken_back(fact, by):
    done = correct(fact, OCTOBER_ENDS, by)
    FormerFact.objects.update(until=SEPTEMBER_ENDS)
    with pytest.raises(RefusalError, match="changed since"):
        corrections.undo_correction(correction=done, by=by)


@pytest.mark.django_db(transaction=True)
def test_correcting_and_removing_at_once_leaves_one_of_them():
    fact, by = former(PupilFactory()), person(Role.SEND_OFFICER)
    results = at_once(
        [
            lambda: correct(fact, OCTOBER_ENDS, by),
            lambda: corrections.remove_fact(fact=fact, reason="Another pupil", by=by),
        ]
    )
    refused = [each for each in results if isinstance(each, RefusalError)]
    assert len(refused) + Correction.objects.count() == 2
    assert not FormerFact.objects.exists()


# The pages


def url_of(fact, name) -> str:
    return reverse(f"schools:fact_{name}", args=[fact.pk])


def day(value: dt.date) -> dict[str, str]:
    return {f"until_{i}": str(part) for i, part in enumerate((value.day, value.month, value.year))}


def test_officer_is_shown_what_it_brings_then_does_it(sign_in, fact):
    officer = sign_in(Role.SEND_OFFICER)
    page = officer.get(url_of(fact, "correct"))
    assert "Recorded now: Responsible authority Eastmere until 31 Aug 2026." in page.text
    given = {"reason": "The letter says so"} | day(OCTOBER_ENDS)
    page = officer.post(url_of(fact, "correct"), given)
    assert "No return and no published amount changes" in page.text
    fact.refresh_from_db()
    assert fact.until == AUGUST_ENDS
    page = officer.post(url_of(fact, "correct"), given | {"confirm": "yes"}, follow=True)
    assert "The date is put right" in page.text
    assert "Eastmere (998) was responsible until 31 October 2026." in page.text
    assert "Responsible authority Eastmere until 31 Aug 2026" in page.text


def test_officer_takes_a_fact_out(sign_in, fact):
    officer = sign_in(Role.SEND_OFFICER)
    given = {"reason": "Another pupil", "confirm": "yes"}
    page = officer.post(url_of(fact, "remove"), given, follow=True)
    assert "It is taken out of the pupil" in page.text
    assert not FormerFact.objects.exists()


def test_bad_day_stands_at_its_field(sign_in, fact):
    given = {"reason": "Why not"} | day(dt.date(2027, 1, 1))
    page = sign_in(Role.SEND_OFFICER).post(url_of(fact, "correct"), given)
    assert 'href="#id_until_0">The last day must be before today' in page.text
