"""Clearing the exceptions of a run (rules.md F3, F6)."""

from uuid import UUID

from django.utils import timezone

from banding_portal.reasons import is_reason
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from funding.actions import run_actions
from funding.models import Run, RunException
from funding.selectors.readiness import Remedy
from funding.services.calculations import refuse_while_calculated
from schools.models import User


@verb
def clear_exception(*, exception: RunException, reason: str, by: User) -> RunException:
    """Record why an exception may stand.

    Raises RefusalError without a reason or outside a draft.
    """
    if not _clear(exception.run_id, [exception.pk], reason, by):
        raise RefusalError("The run was calculated again. Look at its exceptions again.")
    exception.refresh_from_db()
    return exception


@verb
def clear_exceptions(*, run: Run, kind: str, reason: str, by: User) -> int:
    """Clear all exceptions of a kind that are left, for one reason; returns how many.

    Raises RefusalError without a reason or outside a draft.
    """
    left = run.exceptions.filter(kind=kind, cleared_at=None)
    return _clear(run.pk, list(left.values_list("pk", flat=True)), reason, by)


def _clear(run_id: UUID, exception_ids: list[UUID], reason: str, by: User) -> int:
    if not is_reason(reason):
        raise RefusalError("Say in a few words why this can stay as it is.", field="reason")
    refuse_while_calculated(Run.objects.get(pk=run_id))
    run = Run.objects.select_for_update().get(pk=run_id)
    run_actions(run, by).require(Remedy.CLEAR)
    return run.exceptions.filter(pk__in=exception_ids).update(
        cleared_by=by, cleared_at=timezone.now(), cleared_reason=reason.strip()
    )
