"""The school is told why, level by level, from the day of feedback (M11)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.models import BandDecision, Collection
from tests.banding.helpers import senco_of, submitted_return
from tests.moderation.test_outcomes import changed
from tests.moderation.world import given_case, judge, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled():
    """The return's row whose band was changed, with the words for the school."""
    _, (row,) = submitted_return()
    case = given_case(BandDecision.objects.get(return_pupil=row), moderator())
    judge(case, case.moderator, "C")
    changed(case, case.moderator, reason="The plan describes help all day.")
    return row


def page_of(client, row):
    client.force_login(senco_of(row.pupil_return))
    return client.get(reverse("banding:decision_edit", args=[row.pk]), follow=True).text


def test_school_reads_the_explanation_beside_its_decision(client, settled):
    text = page_of(client, settled)
    assert "What moderation decided" in text
    assert "The plan describes help all day." in text
    assert "Level by level" in text


def test_school_reads_nothing_before_the_day_of_feedback(client, settled):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    Collection.objects.update(feedback_on=tomorrow)
    text = page_of(client, settled)
    assert [words for words in ("What moderation", "help all day") if words in text] == []
