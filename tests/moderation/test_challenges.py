"""A school challenges an outcome once, in time and with grounds (M5)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from banding.models import Collection
from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from moderation.actions.cases import case_actions
from moderation.choices import CaseState, PanelRoute
from moderation.models import PanelCase
from moderation.panels.rules import challenge_until, published_on, too_late
from moderation.panels.services import challenge_outcome, take_challenge_back
from moderation.services.outcomes import undo_outcome
from tests.moderation.evidence import senco
from tests.moderation.panels import (
    challenged,
    decide,
    escalated,
    on_agenda,
    outcome_of,
    settled_case,
)
from tests.moderation.world import lead

pytestmark = pytest.mark.django_db
D = dt.date


def refused(match):
    return pytest.raises(RefusalError, match=match)


@pytest.mark.parametrize(
    ("recorded", "feedback", "published"),
    [
        (D(2026, 11, 20), None, D(2026, 11, 20)),
        (D(2026, 11, 20), D(2026, 12, 4), D(2026, 12, 4)),
        (D(2026, 12, 7), D(2026, 12, 4), D(2026, 12, 7)),
    ],
)
def test_outcome_is_published_on_the_day_of_feedback_or_at_once(recorded, feedback, published):
    assert published_on(recorded, feedback) == published


def test_ten_working_days_leave_out_bank_holidays():
    assert challenge_until(D(2026, 12, 18)) == D(2027, 1, 6)


@pytest.mark.parametrize(("day", "late"), [(6, False), (7, True)])
def test_last_day_is_in_time_and_the_next_is_told_until_when(day, late):
    said = too_late(D(2026, 12, 18), D(2027, 1, day))
    assert bool(said) is late
    if late:
        assert "could be challenged until 6 January 2027" in said


def test_challenge_puts_the_case_to_a_panel_and_the_outcome_stands():
    case = settled_case()
    user = lead()
    item = challenged(case)
    case.refresh_from_db()
    assert (case.state, item.route) == (CaseState.PANEL, PanelRoute.CHALLENGED)
    assert (item.before_band.code, item.before_kind) == ("C", "changed")
    assert outcome_of(case).moderated_decision.state == "submitted"
    told = Notice.objects.get(kind="panel", recipient=user)
    assert "challenges the outcome" in told.title


def test_challenge_after_ten_working_days_is_refused_with_the_last_day():
    with time_machine.travel(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)):
        case = settled_case()
    with time_machine.travel(dt.datetime(2026, 11, 16, 22, tzinfo=dt.UTC)):
        user = senco(case)
        assert not outcome_refusals(case, user)
    with (
        time_machine.travel(dt.datetime(2026, 11, 17, 8, tzinfo=dt.UTC)),
        refused("could be challenged until 16 November 2026: 10 working days"),
    ):
        challenged(case, user)


def outcome_refusals(case, user):
    from moderation.panels.actions import outcome_actions

    return outcome_actions(outcome_of(case), user).why_not("challenge")


def test_challenge_before_publication_is_refused():
    case = settled_case()
    Collection.objects.update(feedback_on=timezone.localdate() + dt.timedelta(days=3))
    with refused("Outcomes are published on"):
        challenged(case)


def test_challenge_without_grounds_is_refused():
    case = settled_case()
    with refused("Say why the outcome is wrong"):
        challenge_outcome(outcome=outcome_of(case), grounds=" ", by=senco(case))
    assert not PanelCase.objects.exists()


def test_case_is_challenged_once():
    case = settled_case()
    decide(on_agenda(challenged(case)))
    with refused("decision is final"):
        challenged(case)


def test_challenge_waiting_is_not_sent_again():
    case = settled_case()
    challenged(case)
    with refused("challenged already"):
        challenged(case)


def test_another_school_does_not_challenge():
    case = settled_case()
    with refused("role does not let you"):
        challenged(case, senco(settled_case()))


def test_what_a_panel_decided_is_not_challenged():
    item = escalated()
    decide(on_agenda(item))
    item.case.refresh_from_db()
    with refused("decision is final"):
        challenged(item.case)


def test_challenged_outcome_is_not_undone():
    case = settled_case()
    Collection.objects.update(feedback_on=timezone.localdate())
    challenged(case)
    with refused("Schools have been told"):
        undo_outcome(case=case, by=lead())
    assert not case_actions(case, lead()).may("uphold")


def test_a_challenge_is_taken_back_and_the_outcome_stands_for_good():
    case, lena = settled_case(), lead()
    item = challenged(case)
    for_a_panel = on_agenda(item)
    by = senco(case)
    take_challenge_back(outcome=outcome_of(case), by=by)
    case.refresh_from_db()
    item.refresh_from_db()
    assert (case.state, item.state, item.panel) == (CaseState.SETTLED, "taken_back", None)
    assert outcome_of(case).band.code == "C"
    assert not for_a_panel.panel.agenda.exists()
    told = Notice.objects.filter(recipient=lena, title__contains="takes back its challenge")
    assert told.count() == 1
    with refused("challenged once"):
        challenged(case, by)
    with refused("taken this challenge back already"):
        take_challenge_back(outcome=outcome_of(case), by=by)


def test_what_is_decided_or_not_challenged_is_not_taken_back():
    case = settled_case()
    by = senco(case)
    with refused("You have not challenged"):
        take_challenge_back(outcome=outcome_of(case), by=by)
    decide(on_agenda(challenged(case)))
    with refused("decision is final"):
        take_challenge_back(outcome=outcome_of(case), by=by)
    with refused("role does not let you"):
        take_challenge_back(outcome=outcome_of(case), by=senco(settled_case()))


def test_the_school_takes_it_back_on_a_page_that_asks_first(client):
    case = settled_case()
    challenged(case)
    client.force_login(senco(case))
    url = reverse("moderation:outcome_take_back", args=[outcome_of(case).pk])
    detail = reverse("moderation:outcome_detail", args=[outcome_of(case).pk])
    assert url in client.get(detail).text
    assert "You cannot challenge this outcome again." in client.get(url).text
    page = client.post(url, follow=True)
    assert "Taken back. The outcome stands." in page.text
    assert "Your school took it back" in page.text
    assert url not in page.text
