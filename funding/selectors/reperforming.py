"""Each amount of a run worked out again from what its lines, and those published before it, keep
(rules.md F7 to F10). Nothing of today is asked.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from banding_portal.words import money
from funding.calculation import line_amount
from funding.calculation.protection import protection_beside
from funding.calculation.reperforming import StoredPiece, amounts_of
from funding.choices import FOR_SCHOOLS, PAID_KINDS, LineKind, RunState
from funding.models import Line, Run
from funding.selectors.reperforming_schools import wrong_amounts_of_schools
from schools.models import PupilMerge

ZERO = Decimal("0.00")
BY_DAYS = (LineKind.ALLOCATION, LineKind.EXCEPTIONAL)
RECOVERY = LineKind.RECOVERY
CHUNK = 5000
Key = tuple[UUID | None, UUID, UUID]
"""Pupil, school and period; no pupil for what the school is paid itself."""
Paid = dict[tuple[UUID | None, UUID], list[tuple[dt.date, dt.date, Decimal]]]
"""Of pupil and school from which day to which how much a year."""


def performed_again(run: Run) -> QuerySet[Line]:
    """The lines whose amounts are worked out again: all that keep what they were worked out from.
    Lines published before protection and adjustments kept theirs are hashed and added only.
    """
    kept = Q(kind=LineKind.PROTECTION, share__isnull=False)
    kept |= Q(kind=LineKind.ADJUSTMENT, due_total__isnull=False)
    return run.lines.filter(Q(kind__in=BY_DAYS) | kept | Q(kind__in=[*FOR_SCHOOLS, RECOVERY]))


def wrong_amounts(run: Run) -> Iterator[str]:
    """A sentence for each line that says another amount than its facts give."""
    paid = _paid_beside(run)
    lines = run.lines.exclude(kind=LineKind.ADJUSTMENT).order_by("reference", "start")
    for line in lines.iterator(CHUNK):
        yield from _compared(line, line.amount, _amount_again(line, paid))
        if line.claim is not None:
            yield from _compared(line, line.claim, _for_days(line, _rate(line)))
    yield from _wrong_adjustments(run)
    yield from wrong_amounts_of_schools(run)


def _compared(line: Line, says: Decimal | None, again: Decimal | None) -> Iterator[str]:
    if says != again:
        yield (
            f"{line.reference or 'The school'} at {line.urn} from {line.start}: the line says "
            f"{money(says, 'nothing')}, its facts give {money(again, 'nothing')}."
        )


def _amount_again(line: Line, paid: Paid) -> Decimal | None:
    """F3 to F6 and F10: the amount out of stored facts, in pounds."""
    if line.kind == LineKind.UNVALUED:
        return None
    if line.kind in BY_DAYS or line.kind == LineKind.LUMP_SUM:
        return _for_days(line, line.annual_value)
    if line.kind == LineKind.PROTECTION:
        return line.amount if line.share is None else _protection(line, line.share, paid)
    if line.kind in (LineKind.MINIMUM, RECOVERY):
        # Worked out beside the other lines of the school: see `reperforming_schools`.
        return line.amount
    return ZERO


def _protection(line: Line, share: Decimal, paid: Paid) -> Decimal | None:
    """Out of the line it stands beside, and of what was paid a year before the change."""
    for start, end, annual in paid[line.pupil_id, line.school_id]:
        if start <= line.start and line.end <= end:
            old, new = _for_days(line, line.was_annual), _for_days(line, annual)
            return protection_beside(line.protected_as, old, new, share)
    return None


def _paid_beside(run: Run) -> Paid:
    """What is paid a year on which days to the pupils whom protection is paid for."""
    protected = run.lines.filter(kind=LineKind.PROTECTION).values("pupil")
    lines = run.lines.filter(kind=LineKind.ALLOCATION, pupil__in=protected).order_by("start")
    found: Paid = defaultdict(list)
    fields = ("pupil_id", "school_id", "start", "end", "annual_value")
    for pupil, school, *facts in lines.values_list(*fields).iterator(CHUNK):
        found[pupil, school].append(tuple(facts))
    return found


def _for_days(line: Line, annual: Decimal | None) -> Decimal:
    """What the days of the line come to at an annual value."""
    days = line.numerator, line.denominator, line.days, line.period_days
    if line.school_days is not None and line.year_school_days:
        days = 1, 1, line.school_days, line.year_school_days
    return line_amount(annual or ZERO, *days)


def _share_of(line: Line) -> Fraction:
    if line.school_days is not None and line.year_school_days:
        return Fraction(line.school_days, line.year_school_days)
    return Fraction(line.numerator * line.days, line.denominator * line.period_days)


def _wrong_adjustments(run: Run) -> Iterator[str]:
    """Of each pupil, school and period: what was published before it, and the amounts."""
    adjusted = run.lines.filter(kind=LineKind.ADJUSTMENT, due_total__isnull=False)
    if not adjusted.exists():
        return
    groups: dict[Key, list[Line]] = defaultdict(list)
    for line in adjusted.select_related("period").order_by("reference", "start").iterator(CHUNK):
        groups[line.pupil_id, line.school_id, line.period_id].append(line)
    before = _published_before(run, groups)
    for key, lines in groups.items():
        yield from _wrong_pieces(lines, before[key])


def _wrong_pieces(lines: list[Line], before: list[Line]) -> Iterator[str]:
    first = lines[0]
    who = f"{first.reference or 'The school'} at {first.urn} for {first.period}"
    published = sum((line.amount or ZERO for line in before), ZERO)
    if published != first.published_total:
        yield (
            f"{who}: {money(published)} was published before, the adjustment says "
            f"{money(first.published_total)}."
        )
    for line in lines:
        if not line.was_annual and not line.annual_value:
            continue
        rate = sum((_rate(each) for each in before if _covers(each, line)), ZERO)
        if rate != (line.was_annual or ZERO):
            yield (
                f"{who} from {line.start}: {money(rate)} a year was published, the adjustment "
                f"says {money(line.was_annual, 'nothing')}."
            )
    pieces = [
        StoredPiece(line.start, line.annual_value, line.was_annual, _share_of(line))
        for line in lines
    ]
    difference = (first.due_total or ZERO) - published
    again = amounts_of(pieces, difference=difference, lines_before=len(before))
    if sum(again, ZERO) != difference:
        yield (
            f"{who}: the days that differ come to {money(sum(again, ZERO))}, due less published is "
            f"{money(difference)}."
        )
    for line, amount in zip(lines, again, strict=True):
        yield from _compared(line, line.amount, amount)


def _published_before(run: Run, wanted: dict[Key, list[Line]]) -> dict[Key, list[Line]]:
    """The lines that had been published when the run was calculated; those of a record that had
    been made one with another are the other's.
    """
    until = run.prepared_at
    merges = PupilMerge.objects.filter(made_at__lte=until)
    merges = merges.filter(Q(undone_at=None) | Q(undone_at__gt=until))
    owner = dict(merges.values_list("dropped", "kept"))
    pupils = {pupil for pupil, *_ in wanted}
    pupils |= {dropped for dropped, kept in owner.items() if kept in pupils}
    lines = Line.objects.filter(
        run__state=RunState.PUBLISHED,
        run__published_at__lte=until if run.published_at else timezone.now(),
        kind__in=PAID_KINDS - {RECOVERY},
        period__in={period for *_, period in wanted},
    ).filter(Q(pupil__in=pupils - {None}) | Q(pupil=None))
    found: dict[Key, list[Line]] = defaultdict(list)
    for line in lines.exclude(run=run).order_by("start").iterator(CHUNK):
        pupil = line.pupil_id and owner.get(line.pupil_id, line.pupil_id)
        found[pupil, line.school_id, line.period_id].append(line)
    return found


def _covers(line: Line, other: Line) -> bool:
    return line.start <= other.start and line.end >= other.end


def _rate(line: Line) -> Decimal:
    """What a line added to a year."""
    corrects = line.kind in (LineKind.ADJUSTMENT, LineKind.RECOUPMENT)
    was = line.was_annual if corrects else None
    return (line.annual_value or ZERO) - (was or ZERO)
