"""How the cases of a sample stand by quadrant, and what is left by when."""

import datetime as dt

import pytest
from django.urls import reverse

from moderation.dashboard.rules import done_by
from moderation.dashboard.selectors import quadrant_rows, workloads
from moderation.models import Judgement
from tests.factories import CollectionFactory, QuadrantFactory, SchoolFactory
from tests.moderation.evidence import ask, judged_case
from tests.moderation.panels import escalated
from tests.moderation.world import decided, given_case, lead, moderator

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("left", "lately", "day"),
    [(0, 0, FRIDAY), (3, 0, None), (1, 10, dt.date(2026, 11, 30)), (3, 10, dt.date(2026, 12, 2))],
)
def test_what_is_left_is_done_at_the_pace_of_lately(left, lately, day):
    assert done_by(left, lately, FRIDAY) == day


@pytest.fixture
def sample(db):
    """In the north one to judge and one waiting for evidence that is late; a panel in the south."""
    collection = CollectionFactory()
    north = SchoolFactory(quadrant=QuadrantFactory(code="north", name="North"))
    south = SchoolFactory(quadrant=QuadrantFactory(code="south", name="South"))
    waits = judged_case(collection=collection, school=north)
    ask(waits)
    waits.evidence_requests.update(due_on=dt.date(2020, 1, 1))
    given_case(decided(collection, north), waits.moderator)
    escalated(judged_case(collection=collection, school=south))
    return waits.sample


def test_cases_are_counted_by_quadrant_and_state(sample):
    rows = quadrant_rows(sample)
    assert [(row.label, row.counts, row.overdue) for row in rows] == [
        ("North", (0, 1, 0, 1, 0, 0), 1),
        ("South", (0, 0, 0, 0, 1, 0), 0),
    ]


def test_oldest_open_case_has_not_moved_since_it_was_drawn(sample):
    type(sample).objects.update(drawn_at=sample.drawn_at - dt.timedelta(days=9))
    sample.refresh_from_db()
    assert [row.oldest for row in quadrant_rows(sample)] == [9, 0]


def test_workload_says_what_is_left_and_was_judged_lately(sample):
    first, other = workloads(sample)
    assert (first.left, first.lately, other.left, other.lately) == (1, 1, 0, 1)
    assert first.by > dt.date.today()  # noqa: DTZ011


def test_page_shows_it_in_as_many_queries_for_more(client, sample, django_assert_max_num_queries):
    client.force_login(lead())
    url = reverse("moderation:sample_dashboard", args=[sample.pk])
    shown = client.get(url).text
    for words in ("North", "Evidence overdue", "Left to judge", "With the panel"):
        assert words in shown
    with django_assert_max_num_queries(100) as one:
        client.get(url)
    for _ in range(2):
        case = judged_case(collection=sample.collection)
        ask(case)
    case.evidence_requests.update(due_on=dt.date(2020, 1, 1))
    with django_assert_max_num_queries(len(one)):
        client.get(url)
    assert Judgement.objects.count() == 4


def test_moderator_does_not_open_it(client, sample):
    client.force_login(moderator())
    url = reverse("moderation:sample_dashboard", args=[sample.pk])
    assert client.get(url).status_code == 403
