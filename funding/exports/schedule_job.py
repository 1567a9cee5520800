"""The work of the job that makes the workbook of a schedule (rules.md F11)."""

from banding_portal.jobs.results import Progress, Result, lists_refusals
from banding_portal.jobs.states import JobState
from funding.choices import ScheduleFormat
from funding.exports.schedule import file_name, temporary_schedule
from funding.models import ScheduleExport


@lists_refusals
def make_schedule(job: ScheduleExport, progress: Progress) -> Result:
    """The workbook, checked against the control total, or why there can be none.

    It takes the place of the one made before.
    """
    run, form = job.run, ScheduleFormat.EXCEL
    made_of = {"state": run.state, "lines_hash": run.lines_hash}
    with temporary_schedule(run, form, progress) as (file, schedule), file:
        job.set_file(file_name(run, form), file.read())
    ScheduleExport.objects.filter(run=run, state=JobState.DONE).delete()
    kept = {name: getattr(job, name) for name in ("filename", "content", "sha256")}
    return Result(preview={"lines": schedule.lines, "total": schedule.total} | made_of, kept=kept)
