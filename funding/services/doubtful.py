"""Exceptions of who is paid though what is known of them is doubtful (rules.md F3, S8)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet

from funding import sql
from funding.choices import PAID_KINDS, ExceptionKind, RunState
from funding.models import Line, Period, Run, RunException
from schools.models import Pupil
from schools.selectors.matches import PossibleDuplicate, duplicates_among, pair

NAMED = 1_000
"""Pairs listed one by one; of a crowd of one name the run says how many more there are."""


def add_doubtful(run: Run, period: Period) -> None:
    """No UPN, no URN, another authority's pupil; and two pupils who are both paid for the period
    and likely are one. What a published run of the year has cleared is not asked again. So many
    pairs are named, the surest first; the run keeps how many more were found.
    """
    sql.execute("doubtful", run, period)
    paid = Line.objects.filter(
        Q(run=run) | Q(run__state=RunState.PUBLISHED), period=period, kind__in=PAID_KINDS
    )
    pupils = Pupil.objects.filter(pk__in=paid.order_by().values("pupil"))
    known = _asked_this_year(period)
    likely = [each for each in duplicates_among(pupils) if _key(each) not in known]
    run.duplicates_unnamed = max(len(likely) - NAMED, 0)
    RunException.objects.bulk_create(_exceptions(run, paid, likely[:NAMED]), batch_size=1000)


def _exceptions(
    run: Run, paid: QuerySet[Line], likely: list[PossibleDuplicate]
) -> Iterable[RunException]:
    """On the first day either is paid to the last, at the school the first of them is paid at."""
    wanted = {pupil.pk for each in likely for pupil in (each.one, each.other)}
    days = paid.filter(pupil__in=wanted).order_by()
    of_each = days.values("pupil").annotate(first=Min("start"), last=Max("end"))
    spans = {row["pupil"]: row for row in of_each}
    schools = dict(days.order_by("start").values_list("pupil", "school"))
    for each in likely:
        one, other = spans[each.one.pk], spans[each.other.pk]
        yield RunException(
            run=run,
            kind=ExceptionKind.DUPLICATE,
            pupil=each.one,
            other_pupil=each.other,
            school_id=schools[each.one.pk],
            other_school_id=schools[each.other.pk],
            start=min(one["first"], other["first"]),
            end=max(one["last"], other["last"]),
        )


def _asked_this_year(period: Period) -> set[tuple[UUID, UUID]]:
    cleared = RunException.objects.filter(
        kind=ExceptionKind.DUPLICATE,
        run__state=RunState.PUBLISHED,
        run__period__calendar=period.calendar_id,
    )
    rows = cleared.values_list("pupil", "other_pupil")
    return {pair(one, other) for one, other in rows if one and other}


def _key(found: PossibleDuplicate) -> tuple[UUID, UUID]:
    return pair(found.one.pk, found.other.pk)
