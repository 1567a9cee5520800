"""What has been published for a pupil and what is due now, told before something about them is
changed (F8, S10).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django.db.models.functions import Coalesce

from banding_portal.words import counted, money
from funding.choices import PAID_KINDS, LineKind, RunState
from funding.models import Line, Period
from funding.selectors.effects import due_in
from schools.models import School, User
from schools.services.following import Grave, is_heard

ZERO = Decimal("0.00")


def tell_what_is_published(pupils: Collection[UUID] | None, *, by: User | None) -> list[str]:
    """For a single pupil a sentence for each published period and school that differs, for several
    one a period; the next run adjusts. Worked out only where somebody wants to know.
    """
    if not pupils or not is_heard():
        return []
    published = Period.objects.filter(runs__state=RunState.PUBLISHED).select_related("calendar")
    periods = published.distinct().order_by("start")
    if len(pupils) > 1:
        return [Grave(said) for period in periods for said in what_differs_in_all(pupils, period)]
    (pupil,) = pupils
    return [Grave(sentence) for period in periods for sentence in what_differs(pupil, period)]


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


def what_differs_in_all(pupils: Collection[UUID], period: Period) -> Iterator[str]:
    """At most two sentences, whoever it is about: what moves, and for whom nobody can tell yet."""
    lines = Line.objects.filter(run__state=RunState.PUBLISHED, period=period, kind__in=PAID_KINDS)
    ids = set(pupils)
    paid: dict[tuple[UUID, UUID], Decimal] = defaultdict(Decimal)
    owner = Coalesce("pupil__merged_into", "pupil")
    lines = lines.filter(pupil__isnull=False)
    of_pupils = lines.order_by().values_list(owner, "school").annotate(Sum("amount"))
    for pupil, school, amount in of_pupils:
        if pupil in ids:
            paid[pupil, school] += amount
    due = {key: facts[1:] for key, facts in due_in(period).items() if key[0] in ids}
    unvalued = {key[0] for key, (_, kinds) in due.items() if LineKind.UNVALUED in kinds}
    pairs = [
        (key[0], paid.get(key, ZERO), due.get(key, (ZERO, ()))[0])
        for key in paid.keys() | due.keys()
        if key[0] not in unvalued
    ]
    moved = [(pupil, was, now) for pupil, was, now in pairs if was != now]
    if moved:
        was = sum((before for _, before, _ in moved), ZERO)
        now = sum((after for *_, after in moved), ZERO)
        who = counted(len({pupil for pupil, *_ in moved}), "pupil")
        told = f"{period.name}: {money(was)} is published for {who}, {money(now)} will be due."
        yield f"{told} {next_run(now - was)}" if was != now else told
    if unvalued:
        who = counted(len(unvalued), "pupil")
        yield f"{period.name}: the bands of {who} have no value, so that the next run waits for it."


def next_run(difference: Decimal) -> str:
    does = "pays" if difference > 0 else "takes back"
    return f"The next run {does} {money(abs(difference))}."
