"""The work of the job that performs a run again and makes the auditor’s pack (rules.md F7)."""

from pathlib import Path
from tempfile import TemporaryDirectory

from banding_portal.jobs.results import Progress, Result, lists_refusals
from banding_portal.jobs.states import JobState
from funding.exports.audit_pack import write_pack
from funding.models import AuditPack
from funding.selectors.verifying import verify


@lists_refusals
def make_pack(job: AuditPack, progress: Progress) -> Result:
    """The zip and what was found; it takes the place of the one made before."""
    run = job.run
    progress(0, 2)
    verification = verify(run)
    progress(1, 2)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        write_pack(verification, path)
        job.set_file(f"audit-{run.period.code}-run-{run.sequence}.zip", path.read_bytes())
    AuditPack.objects.filter(run=run, state=JobState.DONE).delete()
    progress(2, 2)
    kept = {name: getattr(job, name) for name in ("filename", "content", "sha256")}
    return Result(preview=verification.as_dict(), kept=kept)
