"""What has been published for a pupil and what is due now, told before something about them is
changed (F8, S10).
"""

from collections.abc import Collection, Iterator
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from banding_portal.words import money
from funding.choices import PAID_KINDS, LineKind, RunState
from funding.models import Line, Period
from funding.selectors.effects import due_in
from schools.models import School, User
from schools.services.following import Grave, is_heard

ZERO = Decimal("0.00")


def tell_what_is_published(pupils: Collection[UUID] | None, *, by: User | None) -> list[str]:
    """For a single pupil a sentence for each published period and school that differs; the next
    run adjusts. Worked out only where somebody wants to know.
    """
    if pupils is None or len(pupils) != 1 or not is_heard():
        return []
    (pupil,) = pupils
    periods = Period.objects.filter(runs__state=RunState.PUBLISHED).select_related("calendar")
    return [
        Grave(sentence)
        for period in periods.distinct().order_by("start")
        for sentence in what_differs(pupil, period)
    ]


def what_differs(pupil: UUID, period: Period) -> Iterator[str]:
    """School by school; other records that were made one with the pupil's are counted."""
    lines = Line.objects.filter(run__state=RunState.PUBLISHED, period=period, kind__in=PAID_KINDS)
    of_pupil = lines.filter(pupil=pupil) | lines.filter(pupil__merged_into=pupil)
    paid = dict(of_pupil.order_by().values_list("school").annotate(Sum("amount")))
    due = {school: facts[1:] for (_, school), facts in due_in(period, pupil).items()}
    for school in School.objects.filter(pk__in=paid.keys() | due.keys()).order_by("name", "urn"):
        was, (now, kinds) = paid.get(school.pk, ZERO), due.get(school.pk, (ZERO, ()))
        where = f"{period.name} at {school}"
        if LineKind.UNVALUED in kinds:
            yield f"{where}: the band has no value, so that the next run waits for it."
        elif was != now:
            told = f"{where}: {money(was)} is published, {money(now)} will be due."
            yield f"{told} {next_run(now - was)}"


def next_run(difference: Decimal) -> str:
    does = "pays" if difference > 0 else "takes back"
    return f"The next run {does} {money(abs(difference))}."
