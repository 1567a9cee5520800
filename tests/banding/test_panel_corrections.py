"""Bands of the authority put right, and taken back (rules.md S10, B4)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding.choices import DecisionSource, DecisionState
from banding.models import BandDecision
from banding.panel.corrections import correct_decision, remove_decision
from banding.panel.services import decide_for_panel
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import Line
from funding.services.exceptions import clear_exceptions
from schools.models import Correction
from schools.services.corrections import undo_correction
from tests.factories import BandDecisionFactory, PeriodFactory, PupilFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft, published

pytestmark = pytest.mark.django_db
SEP, NOV = dt.date(2026, 9, 1), dt.date(2026, 11, 2)
LEVELS = {"cl": "2", "ci": "1"}


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school)


def band(pupil, framework, by, code="B", day=SEP):
    return decide_for_panel(
        pupil=pupil,
        framework=framework,
        levels=LEVELS,
        band=framework.bands.get(code=code),
        difference_reason="" if code == "B" else "The panel saw more",
        rationale="",
        effective_from=day,
        by=by,
    )


def counting(pupil):
    found = BandDecision.objects.in_force().filter(pupil=pupil)
    return sorted((row.band.code, row.effective_from) for row in found)


def test_day_is_put_right_by_a_new_decision(pupil, framework, officer):
    old = band(pupil, framework, officer)
    done = correct_decision(decision=old, effective_from=NOV, reason="Misread", by=officer)
    assert counting(pupil) == [("B", NOV)]
    old.refresh_from_db()
    assert (old.state, old.effective_from) == (DecisionState.SUPERSEDED, SEP)
    new = BandDecision.objects.in_force().get()
    assert new.levels.count() == 2
    assert (done.before_words, done.after_words) == (
        "Band B under Test framework, from 1 Sep 2026",
        "Band B under Test framework, from 2 Nov 2026",
    )


def test_mistake_counts_nowhere_and_what_it_had_superseded_counts_again(pupil, framework, officer):
    band(pupil, framework, officer)
    wrong = band(pupil, framework, officer, code="C")
    assert counting(pupil) == [("C", SEP)]
    remove_decision(decision=wrong, reason="Another pupil", by=officer)
    assert counting(pupil) == [("B", SEP)]


@pytest.mark.parametrize("kind", ["day", "mistake", "second_of_a_day"])
def test_undone_it_is_as_before(pupil, framework, officer, kind):
    found = band(pupil, framework, officer)
    if kind == "second_of_a_day":
        found = band(pupil, framework, officer, code="C")
    before = counting(pupil)
    if kind == "day":
        done = correct_decision(decision=found, effective_from=NOV, reason="Misread", by=officer)
    else:
        done = remove_decision(decision=found, reason="Another pupil", by=officer)
    undo_correction(correction=done, by=officer)
    assert counting(pupil) == before
    with pytest.raises(RefusalError, match="taken back already"):
        undo_correction(correction=Correction.objects.get(), by=officer)


def test_what_has_changed_since_is_not_undone(pupil, framework, officer):
    done = remove_decision(
        decision=band(pupil, framework, officer), reason="Wrong pupil", by=officer
    )
    band(pupil, framework, officer, code="C")
    with pytest.raises(RefusalError, match="Another band counts from 1 Sep 2026 already"):
        undo_correction(correction=done, by=officer)
    assert counting(pupil) == [("C", SEP)]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (SEP, "already counts from this day"),
        (NOV, "Another band counts"),
        (dt.date(2010, 1, 1), "was born on 4 March 2018"),
    ],
)
def test_day_that_cannot_be_is_refused(pupil, framework, officer, day, sentence):
    found = band(pupil, framework, officer)
    band(pupil, framework, officer, code="C", day=NOV)
    with pytest.raises(RefusalError, match=sentence):
        correct_decision(decision=found, effective_from=day, reason="Why", by=officer)
    assert counting(pupil) == [("B", SEP), ("C", NOV)]


def test_band_of_a_school_is_not_put_right_here(officer):
    with pytest.raises(RefusalError):
        remove_decision(decision=BandDecisionFactory(), reason="Why", by=officer)


def test_others_may_not(pupil, framework, officer):
    found = band(pupil, framework, officer)
    with pytest.raises(RefusalError):
        remove_decision(decision=found, reason="Why", by=person(Role.ADMINISTRATOR))


def test_reason_is_needed_and_a_second_time_is_refused(pupil, framework, officer):
    found = band(pupil, framework, officer)
    with pytest.raises(RefusalError, match="Say why"):
        remove_decision(decision=found, reason=" ", by=officer)
    remove_decision(decision=found, reason="Wrong pupil", by=officer)
    with pytest.raises(RefusalError, match="not in force any more"):
        remove_decision(decision=found, reason="Wrong pupil", by=officer)


def test_published_money_is_taken_back_by_the_next_run(officer):
    set_value()
    pupil, period = funded_pupil(SchoolFactory()), PeriodFactory()
    found = BandDecision.objects.get(pupil=pupil)
    BandDecision.objects.update(source=DecisionSource.PANEL, collection=None, return_pupil=None)
    found.refresh_from_db()
    published(period)
    assert sum(line.amount for line in Line.objects.filter(pupil=pupil)) > 0
    remove_decision(decision=found, reason="Wrong pupil", by=officer)
    finance, why = person(Role.FINANCE_OFFICER), "The band was another pupil’s."
    clear_exceptions(run=draft(period, finance), kind="no_agreed_band", reason=why, by=finance)
    published(period)
    assert sum(line.amount for line in Line.objects.filter(pupil=pupil)) == 0


def test_pupil_page_leads_to_both_and_shows_what_was_put_right(pupil, framework, officer, client):
    found = band(pupil, framework, officer)
    client.force_login(officer)
    page = client.get(reverse("schools:pupil_detail", args=[pupil.pk])).text
    url = reverse("banding:decision_remove", args=[found.pk])
    assert url in page
    assert reverse("banding:decision_correct", args=[found.pk]) in page
    given = {"reason": "Wrong pupil"}
    assert "What will happen" in client.post(url, given).text
    page = client.post(url, given | {"confirm": "yes"}, follow=True).text
    assert "The band no longer counts" in page
    assert "Band B under Test framework, from 1 Sep 2026" in page
