"""Issuing a return's template: numbered, signed, older ones superseded (rules.md T1, T2)."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import IO

from django.db import transaction
from django.utils.crypto import salted_hmac

from banding.details.services import ask_for_details
from banding.frameworks.selectors import areas_with_levels, rules_of
from banding.models import Collection, IssuedTemplate, Return, TemplateUpload, TemplateZip
from banding.returns.locks import locked_return
from banding.returns.progress import progress_of_return
from banding.templates_io.selectors import (
    corrections_offered,
    fingerprint_of,
    pupil_cells,
    template_content,
)
from banding.templates_io.workbooks.columns import TemplateMark
from banding.templates_io.workbooks.writing import workbook_of
from banding_portal.jobs.results import Progress, Result
from banding_portal.jobs.services import start_job_once
from banding_portal.jobs.states import JobState
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import User

SALT = "banding.template"


@dataclass(frozen=True)
class TemplateFile:
    """A workbook ready to be sent; its name says nothing of any pupil (R3)."""

    name: str
    content: bytes
    issued: IssuedTemplate


@dataclass
class ZippedTemplates:
    """How many workbooks and pupils an archive has, and the URNs of schools left out."""

    workbooks: int = 0
    rows: int = 0
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def issue_template(*, pupil_return: Return, by: User | None) -> IssuedTemplate:
    """The return's current template; a new version when its pupils or framework changed.

    Raises RefusalError when the return is not open to the school, for nothing could be
    uploaded then.
    """
    locked = locked_return(pupil_return.pk)
    issued = next_template(locked)
    if issued.issued_at is None:
        locked.template_version = issued.version
        locked.save(update_fields=["template_version"])
        issued.issued_by = by
        issued.save()
    return issued


def next_template(pupil_return: Return) -> IssuedTemplate:
    """The return's current template, not saved where it would be a new version."""
    if closed := pupil_return.why_closed:
        raise RefusalError(closed)
    keys = [str(pk) for pk in pupil_return.pupils.values_list("pk", flat=True)]
    latest = pupil_return.templates.first()
    if latest and latest.signature == sign(pupil_return, latest.version, keys):
        return latest
    version = latest.version + 1 if latest else 1
    signature = sign(pupil_return, version, keys)
    return IssuedTemplate(
        pupil_return=pupil_return, version=version, signature=signature, row_keys=keys
    )


def template_file(issued: IssuedTemplate, *, drafts: bool = True) -> TemplateFile:
    """The workbook of an issued template, with what is decided so far filled in.

    Without `drafts`, for somebody outside the school, nothing of that is in it.
    """
    pupil_return = issued.pupil_return
    code, urn = pupil_return.collection.code, pupil_return.school.urn
    areas = areas_with_levels(pupil_return.collection.framework)
    mark = TemplateMark(code, urn, issued.version, issued.signature)
    content = template_content(pupil_return, mark, areas)
    lines = progress_of_return(pupil_return).lines
    pupils = [pupil_cells(line, areas, drafts=drafts) for line in lines]
    name = f"{code}-{urn}-version-{issued.version}.xlsx"
    return TemplateFile(name, workbook_of(content, pupils), issued)


@verb
def ask_from_upload(*, upload: TemplateUpload, pupils: Iterable[str], by: User) -> int:
    """Ask the authority to correct pupils whose details a checked file has otherwise.

    `pupils` are ids as text; those the file says nothing of, and those asked for already, are
    left out. Returns how many were asked for. Raises RefusalError where that is none.
    """
    ticked = set(pupils)
    offers = {str(each.pupil.pk): each for each in corrections_offered(upload)}
    says = {each["pupil"]: each["says"] for each in upload.preview.get("corrections", [])}
    wanted = [pk for pk in offers if pk in ticked and offers[pk].can_be_asked]
    if not wanted:
        raise RefusalError("Tick at least one pupil whose details are to be corrected.")
    for pk in wanted:
        pupil, school = offers[pk].pupil, upload.pupil_return.school
        ask_for_details(school=school, pupil=pupil, says=says[pk], by=by)
    return len(wanted)


def start_zip(*, collection: Collection, by: User) -> TemplateZip:
    """Have the workbooks of every school made; twice pressed, they are made once."""
    job = TemplateZip(collection=collection, started_by=by, content=b"")
    return start_job_once(job, collection=collection)


def make_zip(job: TemplateZip, progress: Progress) -> Result:
    """The work of the job; the archive takes the place of the one made before."""
    out = io.BytesIO()
    zipped = zip_templates(job.collection, out, by=job.started_by, progress=progress, drafts=False)
    job.set_file(f"{job.collection.code}-templates.zip", out.getvalue())
    TemplateZip.objects.filter(collection=job.collection, state=JobState.DONE).delete()
    kept = {name: getattr(job, name) for name in ("filename", "content", "sha256")}
    return Result(preview=asdict(zipped), kept=kept)


def zip_templates(
    collection: Collection,
    out: IO[bytes],
    *,
    by: User | None,
    progress: Progress,
    drafts: bool,
) -> ZippedTemplates:
    """Write the workbook of every open return into an archive.

    The workbooks are made first and issued in the end, for issuing locks a return and schools
    would wait for all of them.
    """
    found = Return.objects.filter(collection=collection).order_by("school__urn")
    returns = list(found.select_related("collection__framework", "school"))
    made, zipped = list[TemplateFile](), ZippedTemplates()
    for done, pupil_return in enumerate(returns, start=1):
        try:
            made.append(template_file(next_template(pupil_return), drafts=drafts))
        except RefusalError:
            zipped.left_out.append(pupil_return.school.urn)
        progress(done, len(returns))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in made:
            issued = issue_template(pupil_return=file.issued.pupil_return, by=by)
            is_same = issued.signature == file.issued.signature
            current = file if is_same else template_file(issued, drafts=drafts)
            archive.writestr(current.name, current.content)
            zipped.workbooks += 1
            zipped.rows += len(issued.row_keys)
    return zipped


def sign(pupil_return: Return, version: int, row_keys: list[str]) -> str:
    """A signature only this portal can make, over the return, version, choices and rows."""
    choices = fingerprint_of(rules_of(pupil_return.collection.framework))
    collection, urn = str(pupil_return.collection_id), pupil_return.school.urn
    signed = "|".join([collection, urn, str(version), choices, *sorted(row_keys)])
    return salted_hmac(SALT, signed, algorithm="sha256").hexdigest()
