"""Checks the rows of the Pupils sheet, each and across (rules.md T3-T5, B3, B5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from banding.assessment.problems import areas_missing, needs_reason
from banding.assessment.services import Assessment, says_the_same
from banding.changes.rules import doubt_of_staying
from banding.changes.services import problem_of_change
from banding.choices import OFF_THE_RETURN, PupilChange
from banding.details.rules import DETAILS, as_kept
from banding.templates_io.uploads.edits import PupilEdit, ToldChange
from banding.templates_io.uploads.known import LockedReturn
from banding.templates_io.workbooks.columns import (
    ANSWERS,
    JOINERS,
    KEY,
    MARK,
    PUPILS,
)
from banding_portal.files.tables import TableLine
from banding_portal.folding import fold
from banding_portal.jobs.results import Issue, Progress
from schools.models import Pupil

BIG_JUMP = 2
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
CHANGE_KEYS = ("change", "change_date", "change_reason")
REPORT_EVERY = 100
ELSEWHERE = "Now on another school’s return, so left out here"
UNREADABLE = "This cannot be read, so the portal keeps what it has. If that is wrong, enter"
GONE = "No longer on the return, so left out"


@dataclass
class PupilRows:
    """What the sheet would do, and what speaks against it."""

    edits: list[PupilEdit] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)
    """What the file has otherwise than the portal, as the upload keeps it; see `correction`."""
    seen: dict[str, int] = field(default_factory=dict)
    """Row numbers by row key."""


def check_pupil_lines(
    lines: Iterable[TableLine], known: LockedReturn, mark: str, progress: Progress, total: int
) -> PupilRows:
    """Check every row; `mark` is the one that every row of this template carries."""
    rows = PupilRows()
    for done, line in enumerate(lines, start=1):
        if done % REPORT_EVERY == 0:
            progress(done, total)
        check_line(line, known, mark, rows)
        rows.issues += line.issues
    rows.warnings += missing_pupils(known, rows)
    return rows


def check_line(line: TableLine, known: LockedReturn, mark: str, rows: PupilRows) -> None:
    key = known.own_keys.get(line.text(KEY), line.text(KEY))
    if not key and line.is_blank(known.fill_in):
        rows.warnings += left_out(line)
        return
    if key in known.elsewhere or key in known.gone:
        line.who = name_given(line)
        rows.warnings.append(line.note(KEY, ELSEWHERE if key in known.elsewhere else GONE))
        return
    target = known.pupils.get(key)
    if target is None:
        line.who = name_given(line)
        line.problems.clear()
        line.refuse(
            KEY,
            "This row is not about a pupil on this return. "
            f"Put pupils who joined on the {JOINERS} sheet.",
        )
        return
    line.who = target.pupil.display_name
    if key in rows.seen:
        line.refuse(KEY, f"This pupil is in the file twice: row {rows.seen[key]} is the other one.")
        return
    rows.seen[key] = line.number
    check_belongs(line, target.pupil, known, mark)
    edit = PupilEdit(target)
    check_decision(line, known, edit)
    check_change(line, edit)
    if not line.problems:
        rows.edits.append(edit)
        if found := correction(line, target.pupil):
            rows.corrections.append(found)
        rows.warnings += warnings_about(line, edit, known)


def left_out(line: TableLine) -> list[Issue]:
    """Who stands under the table without an answer is not dropped without a word."""
    line.who = name_given(line)
    said = f"Not a pupil on this return, so left out. Pupils who joined go on the {JOINERS} sheet"
    return [line.note("surname", said)] if line.who else []


def name_given(line: TableLine) -> str:
    return ", ".join(filter(None, (line.text("surname"), line.text("forename"))))


def check_belongs(line: TableLine, pupil: Pupil, known: LockedReturn, mark: str) -> None:
    """Rows pasted from elsewhere or columns sorted apart would give answers to the wrong pupil."""
    if line.text(MARK) and line.text(MARK) != mark:
        line.refuse(MARK, "This row comes from another template. Fill in this return’s own row.")
    apart = f"The cells of this row belong to {pupil}. Undo sorting only some of the columns."
    given = line.text("reference")
    if given and given != pupil.reference:
        line.refuse("reference", apart)
        return
    name = fold(f"{line.text('surname')}, {line.text('forename')}")
    if name in known.names and fold(line.who) != name:
        line.refuse("surname", apart)


def check_decision(line: TableLine, known: LockedReturn, edit: PupilEdit) -> None:
    """Levels, band and reason replace what is there as a whole; so does a rationale, while a blank
    one keeps what was typed on screen.
    """
    codes = {code: line.text(key) for key, code in known.area_keys.items() if line.text(key)}
    band, reason = line.text("band"), line.text("difference_reason")
    rationale = line.text("rationale")
    if not (codes or band or reason or rationale):
        return
    was = edit.target.decision.rationale if edit.target.decision else ""
    chosen = known.chosen(codes, band, reason, rationale or was)
    tidied = chosen.tidied()
    if any(says_the_same(edit.target.decision, one) for one in (chosen, tidied)):
        return
    if line.text("change") in OFF_THE_RETURN:
        how = PupilChange(line.text("change")).label.lower()
        line.refuse("change", f"Clear the levels, the band and its reasons, or clear “{how}”.")
        return
    if edit.target.is_off:
        how = edit.target.row.get_change_display().lower()
        line.refuse(
            "change", f"This pupil is recorded as “{how}”. Undo that on the return’s page first."
        )
    elif edit.target.row.pk in known.moderated:
        line.refuse("band", "Moderation has settled this pupil’s band. It cannot be changed here.")
    elif not areas_missing(known.area_keys.values(), codes):
        check_reason(line, chosen)
    edit.chosen = tidied


def check_reason(line: TableLine, chosen: Assessment) -> None:
    """A band other than the suggested one needs a reason (B3)."""
    if not needs_reason(chosen.band, chosen.suggested_band, chosen.difference_reason):
        return
    suggested = chosen.suggested_band.name if chosen.suggested_band else "no band"
    line.refuse(
        "difference_reason",
        f"The levels suggest {suggested} and the band is {chosen.band}. "
        "Say why it is a different one.",
    )


def check_change(line: TableLine, edit: PupilEdit) -> None:
    if any(key in CHANGE_KEYS for key, *_ in line.problems):
        return
    change, reason = line.text("change"), line.text("change_reason")
    date = line["change_date"]
    if not change:
        if date or reason:
            line.refuse(
                "change", "Say what changed. Enter", line.table.columns["change"].kind.allowed
            )
        return
    row = edit.target.row
    now = (row.change, row.change_date, row.change_reason)
    if now == (change, date, reason):
        return
    problem = problem_of_change(row, change, date, reason)
    if problem:
        key = "change_date" if change == PupilChange.LEFT else "change_reason"
        line.refuse(key, f"{problem.removesuffix('.')}.")
    edit.told = ToldChange(change, date, reason)


def answers_of_another(line: TableLine, edit: PupilEdit, known: LockedReturn) -> list[Issue]:
    """Answers sorted without their pupils, or copied from the row of another."""
    key = line.text(ANSWERS)
    other = known.pupils.get(known.own_keys.get(key, key))
    if other is None or other is edit.target or edit.chosen is None:
        return []
    text = f"These answers were moved or copied from the row of {other.pupil}"
    return [line.note("band", text)]


def correction(line: TableLine, pupil: Pupil) -> dict[str, Any]:
    """What the row has otherwise than the portal: the pupil and texts by field, or nothing."""
    says = {key: as_kept(line[key]) for key in DETAILS if line[key]}
    new = {key: said for key, said in says.items() if said != as_kept(getattr(pupil, key))}
    return {"pupil": str(pupil.pk), "who": pupil.display_name, "says": new} if new else {}


def unreadable(line: TableLine, pupil: Pupil) -> list[Issue]:
    """A birth date or UPN typed over what the portal has, which is none."""
    return [
        line.note(key, UNREADABLE, line.table.columns[key].kind.allowed)
        for key in DETAILS
        if line[key] is None and line.given(key).strip() not in ("", as_kept(getattr(pupil, key)))
    ]


def warnings_about(line: TableLine, edit: PupilEdit, known: LockedReturn) -> list[Issue]:
    """What a person confirms (T4): a big jump, and a pupil who is no longer the school's."""
    warnings = [*unreadable(line, edit.target.pupil), *answers_of_another(line, edit, known)]
    jump = edit.jump()
    if abs(jump) >= BIG_JUMP:
        how_many = NUMBERS.get(abs(jump), str(abs(jump)))
        where = "higher" if jump > 0 else "lower"
        text = f"{how_many.capitalize()} bands {where} than last time, {edit.last_band}"
        warnings.append(line.note("band", text))
    if edit.told and edit.told.change in OFF_THE_RETURN:
        warnings.append(line.note("change", "This pupil will not be banded"))
    if edit.told and edit.told.change == PupilChange.STAYING_ON:
        target = edit.target
        school = target.row.pupil_return.school
        ages = (school.low_age, school.high_age)
        if doubt := doubt_of_staying(target.pupil.forename, target.year_group, ages):
            warnings.append(line.note("change", doubt))
    return warnings


def missing_pupils(known: LockedReturn, rows: PupilRows) -> list[Issue]:
    """Absence from a file is never a leaver (B5); it is told all the same."""
    return [
        Issue(
            "Not in the file. Nothing about this pupil will change",
            sheet=PUPILS,
            who=line.pupil.display_name,
        )
        for key, line in known.pupils.items()
        if key not in rows.seen and not line.row.change
    ]
