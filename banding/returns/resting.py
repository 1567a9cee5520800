"""What schools have done on the ground of an import, which keeps it from being undone (S12)."""

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils import timezone

from banding.choices import ReturnState
from banding.models import BandDecision, ExceptionalRequest, Joiner, Leaver, Return, ReturnPupil
from banding_portal.words import short_day
from schools.choices import ImportKind
from schools.models import ImportedRow, Placement

SENT_IN = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)


def rests_on(
    pupils: Collection[UUID],
    *,
    since: dt.datetime,
    own: Collection[UUID],
    kind: str,
    record: UUID,
) -> dict[UUID, str]:
    """A reason for each of the pupils that has one; `own` is what the import wrote itself.

    Locks the returns, so that none is submitted before the transaction ends. Where a conversion is
    undone drafts and reports go back with the pupil, so that nothing else rests on it.
    """
    if kind == ImportKind.ROLL_OVER:
        return rests_on_new_year(pupils, record, own)
    on = ReturnPupil.everything.filter(pupil__in=pupils).values("pupil_return")
    returns = Return.objects.select_for_update(of=("self",)).filter(pk__in=on)
    by_id = {found.pk: found for found in returns.select_related("school").order_by("pk")}
    if kind == ImportKind.CONVERSION:
        return sent_in(pupils, by_id, since)
    return {
        **joined(own),
        **asked_of(own),
        **decided(pupils, since, own),
        **reported(pupils, by_id),
        **sent_in(pupils, by_id, since),
    }


def rests_on_new_year(
    pupils: Collection[UUID], record: UUID, own: Collection[UUID]
) -> dict[UUID, str]:
    """Of a roll-over everybody rests on the first return of the new year (S7); a pupil also on
    a placement that begins in it. Locks the year's returns, so that none is submitted meanwhile.
    """
    ends = ImportedRow.objects.filter(record=record).values_list("after__end", flat=True)
    last_day = dt.date.fromisoformat(ends[0])
    new = Return.objects.select_for_update(of=("self",)).filter(
        collection__reference_date__gt=last_day
    )
    sent = [each for each in new.select_related("school").order_by("pk") if each.submitted_at]
    if sent:
        first = min(sent, key=lambda each: each.submitted_at or timezone.now())
        said = f"{first.school} submitted the first return of the new year on "
        return dict.fromkeys(pupils, f"{said}{short_day(first.submitted_at)}.")
    placed = Placement.objects.filter(pupil__in=pupils, start__gt=last_day).exclude(pk__in=own)
    where = dict(placed.select_related("school").values_list("pupil", "school__name"))
    return {pupil: f"The pupil is now placed at {school}." for pupil, school in where.items()}


def sent_in(
    pupils: Collection[UUID], returns: dict[UUID, Return], since: dt.datetime
) -> dict[UUID, str]:
    sent = {
        pk: f"The return of {found.school} was submitted on {short_day(found.submitted_at)}."
        for pk, found in returns.items()
        if found.state in SENT_IN and found.submitted_at and found.submitted_at > since
    }
    rows = ReturnPupil.objects.filter(pupil__in=pupils, pupil_return__in=sent)
    return {pupil: sent[pk] for pupil, pk in rows.values_list("pupil", "pupil_return")}


def reported(pupils: Collection[UUID], returns: Iterable[UUID]) -> dict[UUID, str]:
    rows = ReturnPupil.objects.filter(pupil__in=pupils, pupil_return__in=list(returns))
    told = set(rows.exclude(change="").values_list("pupil", flat=True))
    told |= set(Leaver.objects.waiting().filter(pupil__in=pupils).values_list("pupil", flat=True))
    return dict.fromkeys(told, "A school has reported a change of the pupil.")


def decided(pupils: Collection[UUID], since: dt.datetime, own: Collection[UUID]) -> dict[UUID, str]:
    """A draft rests on it too: somebody has typed it."""
    made = BandDecision.objects.filter(pupil__in=pupils, decided_at__gt=since)
    found = made.values_list("pk", "pupil")
    return {
        pupil: "A band has been decided for the pupil since."
        for pk, pupil in found
        if pk not in own
    }


def joined(own: Collection[UUID]) -> dict[UUID, str]:
    """Of pupils that the import brought or changed."""
    told = Joiner.objects.filter(pupil__in=own).values_list("pupil", flat=True)
    found = [pupil for pupil in told if pupil]
    return dict.fromkeys(found, "A joiner was placed as this pupil.")


def asked_of(own: Collection[UUID]) -> dict[UUID, str]:
    """Of bands that the import brought."""
    found = ExceptionalRequest.objects.filter(decision__in=own)
    said = "A school has made an exceptional request about this band."
    return {pupil: said for pupil in found.values_list("decision__pupil", flat=True) if pupil}
