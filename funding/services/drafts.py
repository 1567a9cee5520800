"""Runs that were worked out from what is so no more: their lines go, to be calculated again."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q

from banding_portal.refusals import RefusalError
from funding.choices import RunState
from funding.models import Line, Run, RunException
from funding.services.locks import hold_for_publishing
from schools.models import User


def take_back_drafts(runs: Iterable[Run]) -> None:
    """Lines worked out before go; the run waits to be calculated again."""
    for run in Run.objects.filter(pk__in=[run.pk for run in runs]).select_for_update():
        run.lines.all().delete()
        run.exceptions.filter(cleared_at=None).delete()
        if run.state == RunState.CHECKED:
            run.move(RunState.DRAFT, by=None, sent_by=None, sent_at=None)
        run.inputs_hash, run.lines_hash, run.control_total, run.summary = "", "", 0, {}
        run.save()


def take_out_of_drafts(
    *, record: UUID, pupils: Collection[UUID], gone: Collection[UUID], by: User | None
) -> None:
    """Draft runs that count a pupil or decision that goes have to be calculated again.

    Raises RefusalError where one is no draft any more.
    """
    del record, pupils, by
    hold_for_publishing()
    counting = Q(pk__in=Line.objects.filter(about(gone)).values("run"))
    excepted = RunException.objects.filter(Q(pupil__in=gone) | Q(other_pupil__in=gone))
    excepting = Q(pk__in=excepted.values("run"))
    runs = list(Run.objects.filter(counting | excepting))
    if any(not run.is_draft for run in runs):
        raise RefusalError("A run has been sent for publishing in the meantime. Look again.")
    take_back_drafts(runs)
    excepted.delete()


def about(gone: Collection[UUID]) -> Q:
    return Q(pupil__in=gone) | Q(decision__in=gone)
