"""Many filled-in templates at once: each known by its mark, each an upload of its own."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.db.models import QuerySet
from django.utils.text import get_text_list

from banding.models import Return, TemplateBatch, TemplateUpload
from banding.templates_io.uploads.identity import mark_of_file
from banding.templates_io.workbooks.columns import LIMITS
from banding_portal.files.limits import RefusedFileError
from banding_portal.jobs.results import Progress, Result
from banding_portal.jobs.services import start_job
from banding_portal.refusals import RefusalError
from banding_portal.roles import SENCO
from schools.choices import SchoolStatus
from schools.models import User
from schools.selectors.successors import Successors

MOST_FILES, MEGABYTE = 100, 1024 * 1024
MOST_MEGABYTES = 60
TOO_MANY = f"Send at most {MOST_FILES} files at once, {MOST_MEGABYTES} MB unpacked."
NO_ZIP = "The zip cannot be read. Zip the workbooks again, or choose them one by one."
LEFT_OUT = ("__MACOSX/", ".", "~$")
"""Beginnings of what a computer adds to a folder, which nobody filled in."""

NamedFiles = Iterable[tuple[str, bytes]]


def packed(files: NamedFiles) -> bytes:
    """Files and what is in those that are zips, as one archive.

    Raises RefusalError for a zip that cannot be read and for too much.
    """
    out, left, names = io.BytesIO(), MOST_MEGABYTES * MEGABYTE, set[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in unpacked(files):
            left -= len(content)
            if left < 0 or len(names) >= MOST_FILES:
                raise RefusalError(TOO_MANY)
            archive.writestr(free_name(name, names), content)
    if not names:
        raise RefusalError("There is no file in the zip.")
    return out.getvalue()


def free_name(name: str, names: set[str]) -> str:
    """The file's own name, numbered where another has it already."""
    path, number, free = PurePosixPath(name.replace("\\", "/")), 1, ""
    free = path.name or "file"
    while free in names:
        number += 1
        free = f"{path.stem} ({number}){path.suffix}"
    names.add(free)
    return free


def unpacked(files: NamedFiles) -> Iterator[tuple[str, bytes]]:
    for name, content in files:
        if PurePosixPath(name).suffix.lower() != ".zip":
            yield name, content
            continue
        try:
            yield from members(content)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as bad:
            # RuntimeError is what Python raises for one with a password.
            raise RefusalError(NO_ZIP) from bad


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What is in a zip; of a file no more than one byte too much is ever unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist()[: MOST_FILES * 10]:
            name = PurePosixPath(member.filename.replace("\\", "/")).name
            if member.is_dir() or member.filename.startswith(LEFT_OUT) or name.startswith(LEFT_OUT):
                continue
            with archive.open(member) as file:
                yield name, file.read(LIMITS.max_bytes + 1)


def return_of_file(
    filename: str, content: bytes, by: User, *, collection: str | None = None
) -> Return:
    """The return whose template a file is. Raises RefusalError with why it is not taken."""
    mark = mark_of_file(filename, content)
    if mark is None:
        raise RefusalError("This is not a template of the portal: it has no mark.")
    code = collection or mark.collection
    returns = Return.objects.select_related("collection__framework", "school")
    returns = returns.filter(collection__code=code)
    found = returns.filter(school__urn=mark.urn).first()
    if found and found.is_own(by, SENCO):
        return found
    if theirs := going_on(returns, mark.urn, by):
        return theirs
    if found is None:
        raise RefusalError(no_return(code[:40], mark.urn[:6]))
    refuse_stranger(by, found)
    return found


def going_on(returns: QuerySet[Return], urn: str, by: User) -> Return | None:
    """The person's own return of the school that the template's has become (S1). Raises
    RefusalError where that is several.
    """
    successors = Successors.read()
    old = successors.schools.get(urn)
    if old is None or old.status != SchoolStatus.CLOSED:
        return None
    became = [school.pk for school in successors.of(old)]
    own = [each for each in returns.filter(school__in=became) if each.is_own(by, SENCO)]
    if len(own) > 1:
        names = get_text_list([str(each.school) for each in own], "and")
        raise RefusalError(f"{old} became {names}. Upload this file on the return of each.")
    return own[0] if own else None


def no_return(collection: str, urn: str) -> str:
    return f"There is no return of the school with URN {urn} in the collection {collection}."


def refuse_stranger(by: User, pupil_return: Return) -> None:
    """Raises RefusalError where somebody may not fill in the return of a school."""
    if pupil_return.school_id not in by.school_ids_as(*SENCO):
        raise RefusalError(f"{by} is not a SENCO of {pupil_return.school}. Only they may do this.")


def start_uploads(job: TemplateBatch, progress: Progress) -> Result:
    """The work of the job: an upload for each file that is somebody's template, to be checked
    like any other; of the others, why not.
    """
    outcomes: list[dict[str, Any]] = []
    with zipfile.ZipFile(io.BytesIO(bytes(job.content))) as archive:
        names = archive.namelist()
        for done, name in enumerate(names, start=1):
            outcomes.append(outcome_of(name, archive.read(name), job.on_behalf_of))
            progress(done, len(names))
    return Result(preview={"files": outcomes}, kept={"content": b""})


def outcome_of(name: str, content: bytes, by: User) -> dict[str, Any]:
    try:
        if len(content) > LIMITS.max_bytes:
            raise RefusedFileError(f"The file is larger than {LIMITS.megabytes} MB.")
        pupil_return = return_of_file(name, content, by)
        if closed := pupil_return.why_closed:
            raise RefusalError(closed)
    except RefusalError as refusal:
        return {"name": name, "upload": "", "problem": str(refusal)}
    upload = TemplateUpload(pupil_return=pupil_return, started_by=by)
    upload.set_file(name, content)
    start_job(upload)
    return {"name": name, "upload": str(upload.pk), "problem": ""}
