"""Asking for the files of a run that take long to make (rules.md F7, F11, F17)."""

from banding_portal.jobs.services import start_job_once
from banding_portal.refusals import RefusalError
from funding.choices import RunState
from funding.models import AuditPack, RemittanceExport, Run, ScheduleExport
from schools.models import User


def start_schedule(*, run: Run, by: User) -> ScheduleExport:
    """Ask for the workbook of a run; returns the one being made where there is one."""
    return start_job_once(ScheduleExport(run=run, started_by=by), run=run)


def start_remittances(*, run: Run, by: User) -> RemittanceExport:
    """Ask for the remittances of a run; returns the ones being made where there are some."""
    return start_job_once(RemittanceExport(run=run, started_by=by), run=run)


def start_audit_pack(*, run: Run, by: User) -> AuditPack:
    """Ask for a published run to be performed again; returns the one at work where there is one.

    Raises RefusalError for a run that can still change.
    """
    if run.state != RunState.PUBLISHED:
        raise RefusalError("Only a published run has an auditor’s pack: this one can still change.")
    return start_job_once(AuditPack(run=run, started_by=by), run=run)
