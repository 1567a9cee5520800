"""Two answers at once, a merge against a reply, two merges the opposite ways; real PostgreSQL."""

import pytest

from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import QueryState
from schools.models import Query
from schools.queries.services.answering import reply_to_query
from schools.queries.services.merging import merge_query
from tests.banding.races import at_once
from tests.factories import QueryFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db(transaction=True)


def reply(query, by):
    return lambda: reply_to_query(query=query, text="On Friday", seen=1, by=by)


def merge(query, into, by):
    return lambda: merge_query(query=query, into=into, by=by)


def refusals(results):
    assert {type(each) for each in results} <= {RefusalError, Query}
    return sum(isinstance(each, RefusalError) for each in results)


def test_eight_answers_at_once_are_one():
    query = QueryFactory()
    officers = [person(Role.SEND_OFFICER) for _ in range(8)]
    results = at_once([reply(query, by) for by in officers])
    assert refusals(results) == 7
    assert query.messages.filter(kind="reply").count() == 1
    assert Notice.objects.get().recipient == query.asked_by


def test_merging_and_answering_at_once_lose_nothing():
    officer, other = person(Role.SEND_OFFICER), person(Role.SEND_OFFICER)
    for _ in range(4):
        school = SchoolFactory()
        one, two = QueryFactory(school=school), QueryFactory(school=school)
        replied, merged = at_once([reply(one, officer), merge(one, two, other)])
        one.refresh_from_db()
        assert isinstance(merged, Query)
        assert (one.state, one.merged_into) == (QueryState.MERGED, two)
        sent = one.messages.filter(kind="reply").count()
        assert sent == (0 if isinstance(replied, RefusalError) else 1)
        assert Notice.objects.filter(recipient=one.asked_by).count() == sent


def test_two_merges_the_opposite_ways_make_no_circle():
    officer = person(Role.SEND_OFFICER)
    for _ in range(4):
        school = SchoolFactory()
        one, two = QueryFactory(school=school), QueryFactory(school=school)
        results = at_once([merge(one, two, officer), merge(two, one, officer)])
        assert refusals(results) == 1
        states = sorted(Query.objects.filter(school=school).values_list("state", flat=True))
        assert states == [QueryState.MERGED, QueryState.OPEN]


def test_merge_takes_along_what_was_merged_meanwhile():
    officer = person(Role.SEND_OFFICER)
    for _ in range(4):
        school = SchoolFactory()
        one, two, three = (QueryFactory(school=school) for _ in range(3))
        at_once([merge(one, two, officer), merge(two, three, officer)])
        heads = set(Query.objects.filter(school=school, merged_into=None))
        for each in Query.objects.filter(school=school).exclude(merged_into=None):
            assert each.merged_into in heads
