"""Queries that are over go by age; what waits, or was written in lately, stays (Q10)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding_portal.uploads.retention import delete_old_records
from schools.models import PublishedQuestion, Query, QueryMessage
from tests.factories import PublishedQuestionFactory, QueryFactory

pytestmark = pytest.mark.django_db


def old(days=1096, **given):
    """A query in which somebody last wrote so many days ago."""
    query = QueryFactory(**{"state": "closed"} | given)
    then = timezone.now() - dt.timedelta(days=days)
    Query.objects.filter(pk=query.pk).update(created_at=then)
    QueryMessage.objects.filter(query=query).update(written_at=then)
    return query


def delete(**options):
    return delete_old_records(today=timezone.localdate(), **options)["Queries"]


def test_closed_query_goes_with_its_messages_and_those_merged_into_it():
    query = old()
    old(state="merged", merged_into=query)
    assert (delete(dry_run=True), Query.objects.count()) == (1, 2)
    assert (delete(), delete()) == (1, 0)
    assert (Query.objects.count(), QueryMessage.objects.count()) == (0, 0)


@pytest.mark.parametrize("given", [{"state": "open"}, {"state": "answered"}, {"days": 1094}])
def test_what_is_not_over_for_so_long_stays(given):
    old(**given)
    assert (delete(), Query.objects.count()) == (0, 1)


def test_query_in_which_somebody_wrote_lately_stays():
    query = old()
    query.messages.create(kind="reply", text="Once more.", written_by=query.asked_by)
    merged_lately = old()
    QueryFactory(state="merged", merged_into=merged_lately)
    assert (delete(), Query.objects.count()) == (0, 3)


def test_published_question_stays_without_the_query_it_was_made_of():
    question = PublishedQuestionFactory(query=old())
    assert delete() == 1
    assert PublishedQuestion.objects.get().pk == question.pk


def test_setting_says_for_how_long(settings):
    settings.QUERIES_KEPT_DAYS = 200
    old(days=201)
    assert delete() == 1
