"""The work of the job that makes every remittance of a run (rules.md F17)."""

from tempfile import TemporaryFile

from banding_portal.jobs.results import Progress, Result, lists_refusals
from banding_portal.jobs.states import JobState
from funding.exports.remittances import write_remittances, zip_name
from funding.models import RemittanceExport


@lists_refusals
def make_remittances(job: RemittanceExport, progress: Progress) -> Result:
    """The zip, checked against the control total; it takes the place of the one made before."""
    run = job.run
    made_of = {"state": run.state, "lines_hash": run.lines_hash}
    with TemporaryFile() as file:
        packed = write_remittances(run, file, progress)
        file.seek(0)
        job.set_file(zip_name(run), file.read())
    RemittanceExport.objects.filter(run=run, state=JobState.DONE).delete()
    kept = {name: getattr(job, name) for name in ("filename", "content", "sha256")}
    figures = {"payees": packed.payees, "lines": packed.lines, "total": packed.total}
    return Result(preview=figures | made_of, kept=kept)
