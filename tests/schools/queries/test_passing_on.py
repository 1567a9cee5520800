"""A query at a closed school passes to the one school it became (rules.md S1)."""

import pytest

from banding_portal.roles import Role
from schools.models import Query
from schools.selectors.conversions import conversion_of
from schools.services.conversions import convert_school
from schools.services.undoing import undo_import
from tests.factories import QueryFactory, person
from tests.schools.conversions import converted

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def test_open_query_passes_on_and_comes_back_when_undone(officer):
    old, new = converted("Brook Academy")
    waits, closed = QueryFactory(school=old), QueryFactory(school=old, state="closed")
    moved = convert_school(school=old, roles={}, by=officer)
    assert f"1 query passes to {new}." in moved.said
    assert dict(Query.objects.values_list("pk", "school__name")) == {
        waits.pk: "Brook Academy",
        closed.pk: old.name,
    }
    assert waits in Query.objects.visible_to(person(Role.SENCO, school=new))
    undo_import(record=moved.record, by=officer)
    waits.refresh_from_db()
    assert waits.school == old


def test_answered_query_passes_on_with_what_was_merged_into_it(officer):
    old, new = converted("Brook Academy")
    answered = QueryFactory(school=old, state="answered")
    merged = QueryFactory(school=old, state="merged", merged_into=answered)
    over = QueryFactory(school=old, state="closed")
    merged_over = QueryFactory(school=old, state="merged", merged_into=over)
    moved = convert_school(school=old, roles={}, by=officer)
    assert f"2 queries pass to {new}." in moved.said
    at_new = set(Query.objects.filter(school=new))
    assert at_new == {answered, merged}
    assert set(Query.objects.filter(school=old)) == {over, merged_over}


def test_query_alone_is_something_left_to_move(officer):
    old, _ = converted("Brook Academy")
    convert_school(school=old, roles={}, by=officer)
    assert not conversion_of(old).is_left
    QueryFactory(school=old)
    assert (conversion_of(old).queries, conversion_of(old).is_left) == (1, True)


def test_query_stays_after_a_split(officer):
    old, one, other = converted("Brook Infants", "Brook Juniors")
    query = QueryFactory(school=old)
    head = person(Role.HEADTEACHER, school=old)
    (held,) = head.memberships.all()
    assert conversion_of(old).queries == 0
    convert_school(school=old, roles={held.pk: [one, other]}, by=officer)
    query.refresh_from_db()
    assert query.school == old
