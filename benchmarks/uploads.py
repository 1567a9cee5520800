"""Q24: a template of 2,000 pupils checked and applied, against openpyxl merely reading the file.

Both as a worker does them: the upload is read again from the database for either step, and the
library looks at every value of every sheet.
"""

import io
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from django.db import transaction
from openpyxl import load_workbook

from banding.models import BandDecision, Return, TemplateUpload
from banding.templates_io.services import issue_template, template_file
from banding_portal.jobs.services import confirm_job
from banding_portal.jobs.working import work_on_job
from banding_portal.uploads.states import UploadState
from benchmarks.sample import invented_return
from schools.models import User

MOST = 3
PUPILS = 2_000


def measure_uploads(rounds: int) -> Iterator[str]:
    """Yield the report, a line at a time."""
    pupil_return, senco = invented_return(PUPILS)
    content = filled_in(pupil_return, senco)
    ratios = []
    for number in range(1, rounds + 1):
        upload = TemplateUpload(pupil_return=pupil_return, started_by=senco)
        upload.set_file("template.xlsx", content)
        upload.save()
        read = timed(partial(read_all, content))
        check, apply = timed(partial(work, upload)), timed(partial(apply_it, upload, senco))
        ratios.append((check + apply) / read)
        yield f"round {number}: read {read:.2f} s, check {check:.2f} s, apply {apply:.2f} s"
        BandDecision.objects.all().delete()
    ratio = median(ratios)
    verdict = "reached" if ratio <= MOST else "missed"
    yield (
        f"Q24 check and apply of {PUPILS:,} rows ÷ openpyxl reading them: {ratio:.1f} "
        f"(at most {MOST}: {verdict})"
    )


def filled_in(pupil_return: Return, senco: User) -> bytes:
    """The return's template with every level, band and a rationale."""
    issued = issue_template(pupil_return=pupil_return, by=senco)
    book = load_workbook(io.BytesIO(template_file(issued).content))
    sheet = book["Pupils"]
    areas = list(pupil_return.collection.framework.areas.values_list("name", flat=True))
    given = dict.fromkeys(areas, "2") | {"Band": "C", "Rationale": "Works with an adult beside."}
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for heading, value in given.items():
            sheet.cell(row, places[heading]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_all(content: bytes) -> None:
    book = load_workbook(io.BytesIO(content), read_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass


def work(upload: TemplateUpload) -> None:
    state = work_on_job(TemplateUpload, upload.pk)
    if state not in (UploadState.READY, UploadState.APPLIED):
        upload.refresh_from_db()
        raise RuntimeError(f"The upload ended as {state}: {upload.issues[:3]}")


def apply_it(upload: TemplateUpload, senco: User) -> None:
    upload.refresh_from_db()
    # In one transaction, so that no worker that runs beside does it first.
    with transaction.atomic():
        confirm_job(upload, by=senco, fingerprint=upload.fingerprint)
        work(upload)


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
