"""What a person sees before an upload is applied; the same for the same state (T4, T7)."""

from collections.abc import Iterator

from banding.choices import PupilChange
from banding.templates_io.uploads.joiners import JoinerRows
from banding.templates_io.uploads.known import Known
from banding.templates_io.uploads.plans import CHANGED, NEW, UNCHANGED
from banding.templates_io.uploads.pupils import PupilRows
from banding.templates_io.workbooks.columns import LIMITS
from banding_portal.files.previews import Figure, New, Preview
from banding_portal.jobs.results import Issue
from banding_portal.words import counted, day

NOTHING_NEW = "This file changes nothing: everything in it is on the portal already"


def preview_of(known: Known, pupils: PupilRows, joiners: JoinerRows, ignored: list[str]) -> Preview:
    """Counts and rows: new, changed from what to what, unchanged, joiners, left."""
    plans = [plan for plan in pupils.plans if plan.kind != UNCHANGED]
    left = [plan for plan in plans if plan.account and plan.account.change == PupilChange.LEFT]
    changes = [plan.as_change(known) for plan in plans]
    unfinished = sum(bool(change.note) for change in changes)
    return Preview(
        figures=[
            Figure("new", "New decisions", sum(plan.kind == NEW for plan in plans)),
            Figure("changed", "Changed", sum(plan.kind == CHANGED for plan in plans)),
            Figure("unchanged", "Unchanged", len(pupils.seen) - len(plans)),
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
        rests_on=[plan.rests_on for plan in plans],
        new_listed=LIMITS.max_rows,
        changes_listed=LIMITS.max_rows,
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
    return [Issue(NOTHING_NEW, who="the whole file")] if preview.is_empty else []
