"""Queries that are over go on schedule, with what was written in them (quality.md Q10)."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from schools.choices import QueryState
from schools.models import PublishedQuestion, Query, QueryMessage

WHAT = "Queries"


def delete_old_queries(*, today: dt.date, dry_run: bool = False) -> dict[str, int]:
    """How many go, or would: closed, and nothing written in them, or in one that was merged into
    them, for QUERIES_KEPT_DAYS. A published question that was made of one stays.
    """
    before = today - dt.timedelta(days=settings.QUERIES_KEPT_DAYS)
    due = over_since(before)
    return {WHAT: due.count() if dry_run else delete(due)}


def over_since(before: dt.date) -> QuerySet[Query]:
    written = QueryMessage.objects.filter(written_at__date__gte=before)
    lately = written.filter(query=OuterRef("pk"))
    merged_lately = written.filter(query__merged_into=OuterRef("pk"))
    closed = Query.objects.filter(state=QueryState.CLOSED, created_at__date__lt=before)
    return closed.filter(~Exists(lately), ~Exists(merged_lately))


@transaction.atomic
def delete(due: QuerySet[Query]) -> int:
    """Those merged into them go along; nobody else can be writing in them meanwhile."""
    found = list(due.select_for_update(of=("self",)).values_list("pk", flat=True))
    merged = Query.objects.filter(merged_into__in=found)
    PublishedQuestion.objects.filter(query__in=merged).update(query=None)
    PublishedQuestion.objects.filter(query__in=found).update(query=None)
    merged.delete()
    Query.objects.filter(pk__in=found).delete()
    return len(found)
