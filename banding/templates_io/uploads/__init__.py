"""Checks a workbook a school sent back and applies it, with one and the same run (T3, T4, T7)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from banding.changes.services import account_for_many
from banding.choices import PupilChange
from banding.decisions.batches import save_drafts
from banding.joiners.services import add_joiner
from banding.returns.locks import mark_started, open_return
from banding.templates_io.uploads.edits import CHANGED, NEW, UNCHANGED, answer_now
from banding.templates_io.uploads.identity import identified, mark_of_table
from banding.templates_io.uploads.joiners import JoinerRows, check_joiner_lines
from banding.templates_io.uploads.known import LockedReturn
from banding.templates_io.uploads.pupils import PupilRows, check_pupil_lines
from banding.templates_io.uploads.sheets import Mends, TemplateSheets
from banding.templates_io.uploads.undoing import as_before, with_versions
from banding.templates_io.workbooks.columns import LIMITS
from banding_portal.files.previews import Figure, New, Preview
from banding_portal.jobs.results import Issue, Progress, Result, lists_refusals
from banding_portal.refusals import RefusalError
from banding_portal.words import counted, day
from schools.models import User

NOTHING_NEW = "This file changes nothing: everything in it is on the portal already"


@lists_refusals
def import_template(
    progress: Progress,
    *,
    filename: str,
    content: bytes,
    rows: bytes | None,
    mends: Mends = (),
    return_pk: UUID,
    by: User,
) -> Result:
    """The whole work on an upload: file, sheet and version, headings, rows, across rows, apply.

    Call it inside a transaction: `banding_portal.uploads` keeps or undoes what it did. Where
    anything is wrong, nothing is written and the result has every issue. What it reads is kept
    to be applied; `rows` are what was kept then.
    """
    sheets = (
        TemplateSheets.kept(rows, mends) if rows else TemplateSheets.read(filename, content, mends)
    )
    pupil_return = open_return(return_pk)
    known = LockedReturn(pupil_return)
    sheets.match(known.columns)
    mark = mark_of_table(sheets.pupils)
    try:
        known.take_over(identified(mark, pupil_return))
    except RefusalError as refusal:
        raise RefusalError(Issue(str(refusal), sheet=sheets.pupil_sheet.name)) from refusal
    if sheets.heading_issues:
        return Result(issues=sheets.heading_issues)
    result = check_and_apply(sheets, known, mark, by, progress)
    result.kept |= {"rows": None if rows or result.issues else sheets.to_keep()}
    return result


def check_and_apply(
    sheets: TemplateSheets, known: LockedReturn, mark: str, by: User, progress: Progress
) -> Result:
    """Check every row; apply them all when none has an issue."""
    lines, joiner_lines = sheets.pupils.lines, sheets.joiner_lines
    total = len(lines) + len(joiner_lines)
    progress(0, total)
    pupils = check_pupil_lines(lines, known, mark, progress, total)
    joiners = check_joiner_lines(joiner_lines, known)
    issues = [*pupils.issues, *joiners.issues]
    if issues:
        return Result(issues=issues, preview={"marked": True})
    preview = preview_of(known, pupils, joiners, sheets.ignored)
    warnings = [
        *(warning for table in sheets.tables for warning in table.warnings),
        *pupils.warnings,
        *joiners.warnings,
        *warning_of_nothing(preview),
    ]
    before = apply_rows(known, pupils, joiners, by)
    progress(total, total)
    return Result(warnings=warnings, preview=preview.as_dict(), kept={"before": before})


def apply_rows(
    known: LockedReturn, pupils: PupilRows, joiners: JoinerRows, by: User
) -> dict[str, Any]:
    """Write what changes; what is the same is left alone, so that twice is once.

    Returns what was there before, to be put back.
    """
    before = as_before(pupils.edits)
    choices = [(edit.target, edit.chosen) for edit in pupils.edits if edit.chosen]
    told = []
    for edit in pupils.edits:
        if edit.told:
            row = edit.target.row
            row.change, row.change_date = edit.told.change, edit.told.date
            row.change_reason = edit.told.reason
            told.append(row)
    account_for_many(told)
    save_drafts(pupil_return=known.pupil_return, by=by, choices=choices)
    added = [add_joiner(pupil_return=known.pupil_return, by=by, **each) for each in joiners.new]
    if choices or told:
        mark_started(known.pupil_return, by)
    return {
        "pupils": with_versions(known.pupil_return, before),
        "joiners": [str(joiner.pk) for joiner in added],
    }


def preview_of(
    known: LockedReturn, pupils: PupilRows, joiners: JoinerRows, ignored: list[str]
) -> Preview:
    """Counts and rows: new, changed from what to what, unchanged, joiners, left."""
    edits = [edit for edit in pupils.edits if edit.kind != UNCHANGED]
    left = [edit for edit in edits if edit.told and edit.told.change == PupilChange.LEFT]
    changes = [edit.as_change(known) for edit in edits]
    unfinished = sum(bool(change.note) for change in changes)
    return Preview(
        figures=[
            Figure("new", "New decisions", sum(edit.kind == NEW for edit in edits)),
            Figure("changed", "Changed", sum(edit.kind == CHANGED for edit in edits)),
            Figure("unchanged", "Unchanged", len(pupils.seen) - len(edits)),
            Figure("left", "Left", len(left)),
            Figure("joiners", "Joiners", len(joiners.new)),
        ],
        new=[
            New(f"{one['surname']}, {one['forename']}", f"Joined on {day(one['joined_on'])}")
            for one in joiners.new
        ],
        changes=changes,
        notes=list(notes_about(len(pupils.seen), unfinished, joiners)),
        ignored=ignored,
        rests_on=[edit.rests_on for edit in edits],
        new_listed=LIMITS.max_rows,
        changes_listed=LIMITS.max_rows,
        more={
            "corrections": pupils.corrections,
            "answers": {str(e.target.row.pk): answer_now(e.target) for e in pupils.edits},
        },
    )


def notes_about(read: int, unfinished: int, joiners: JoinerRows) -> Iterator[str]:
    yield f"{counted(read, 'pupil')} read from the file."
    if unfinished:
        are = "row is" if unfinished == 1 else "rows are"
        yield f"{unfinished} {are} not finished. What is there is kept as a draft."
    if joiners.new:
        yield "The authority places joiners. They come onto your return once that is done."
    if joiners.known:
        are = "is" if joiners.known == 1 else "are"
        yield f"{counted(joiners.known, 'joiner')} in the file {are} known already."


def warning_of_nothing(preview: Preview) -> list[Issue]:
    """An unchanged file is not an error, but hardly what was meant (T4)."""
    if not preview.is_empty or preview.more["corrections"]:
        return []
    return [Issue(NOTHING_NEW, who="the whole file")]
