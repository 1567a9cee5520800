"""The grid as a form: cells as typed, what is wrong beside them, what is suggested (B2, B8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.http import QueryDict
from django.utils.text import get_text_list

from banding.frameworks.suggestion import suggest_band
from banding.grid.rules import (
    BAND,
    REASON,
    Was,
    code_in,
    fingerprint,
    in_one_line,
    pasted_rows,
)
from banding.grid.services import (
    LEVEL,
    GivenRow,
    GridProblems,
    levels_in,
    names_by_column,
)
from banding.models import Band, BandDecision
from banding.returns.progress import PupilLine
from banding.templates_io.uploads.known import LockedReturn
from banding_portal.forms import PortalForm, Problem
from banding_portal.words import counted


@dataclass
class Column:
    """A column to fill in: its key, its heading, and the names of what may stand in it by code."""

    key: str
    heading: str
    names: Mapping[str, str]

    @property
    def codes(self) -> str:
        return " ".join(self.names)


@dataclass
class Cell:
    column: Column
    name: str
    """Of its input, which is the input's id too."""
    text: str
    problem: str = ""


@dataclass
class GridRow:
    """A pupil's row."""

    line: PupilLine
    cells: list[Cell]
    was: Was
    from_last: bool = False
    settled: bool = False
    keeps_theirs: bool = False
    suggested: Band | None = None
    theirs: BandDecision | None = None
    has_conflict: bool = False

    @property
    def key(self) -> str:
        return row_key(self.line)

    @property
    def is_open(self) -> bool:
        return not (self.line.is_off or self.settled)

    @property
    def is_blank(self) -> bool:
        return not any(cell.text.strip() for cell in self.cells)

    @property
    def texts(self) -> dict[str, str]:
        return {cell.column.key: cell.text for cell in self.cells}

    @property
    def is_touched(self) -> bool:
        return fingerprint(self.texts.values()) != self.was.fingerprint

    def fill(self, texts: Mapping[str, str]) -> None:
        for cell in self.cells:
            cell.text = texts.get(cell.column.key, cell.text)


def row_key(line: PupilLine) -> str:
    """Short, for there are six inputs and more to a row."""
    return f"r{line.row.pk.hex[:12]}"


def texts_of(decision: BandDecision | None, columns: Sequence[Column]) -> dict[str, str]:
    """What is saved, as the cells show it."""
    texts = dict.fromkeys([column.key for column in columns], "")
    if decision is None:
        return texts
    for chosen in decision.levels.all():
        texts[f"{LEVEL}{chosen.area.code}"] = chosen.level.code
    band = decision.band.code if decision.band else ""
    return texts | {BAND: band, REASON: in_one_line(decision.difference_reason)}


@dataclass
class Pasting:
    """A column pasted as a whole, for whoever has no script."""

    column: str = ""
    text: str = ""
    problem: str = ""


class GridForm(PortalForm):
    """Every pupil of a return. The rows are no fields of Django's: thousands would be slow."""

    def __init__(
        self,
        *args: Any,
        known: LockedReturn,
        saved: Mapping[UUID, dict[str, str]],
        columns: Sequence[Column],
        typed: QueryDict | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.columns = known, columns
        self.source = cast("QueryDict", self.data) if self.is_bound else typed
        self.pasting = Pasting(*(self.said(name) for name in ("paste_into", "pasted")))
        self.rows = [self.row_of(line, saved[line.row.pk]) for line in known.pupils.values()]
        self.suggest()

    def said(self, name: str) -> str:
        return self.source.get(name, "") if self.source is not None else ""

    def row_of(self, line: PupilLine, saved: dict[str, str]) -> GridRow:
        key = row_key(line)
        is_sent = bool(self.said(f"{key}-was"))
        version = line.draft.version if line.draft else None
        was = Was(version, fingerprint(saved.values()))
        texts = {c.key: self.said(f"{key}-{c.key}") for c in self.columns} if is_sent else saved
        typed_on = Was.parse(self.said(f"{key}-was"))
        if is_sent and not self.is_bound:
            # Kept while it was typed: what is saved since shows, or both (B8).
            as_it_was = fingerprint(texts.values()) == typed_on.fingerprint
            is_sent = not (as_it_was or texts == saved)
            texts = texts if is_sent else saved
        is_old = is_sent and not self.is_bound and typed_on.version != version
        return GridRow(
            line=line,
            cells=[Cell(c, f"{key}-{c.key}", texts[c.key]) for c in self.columns],
            was=(typed_on._replace(version=version) if is_old else typed_on) if is_sent else was,
            has_conflict=is_old,
            theirs=line.decision if is_old else None,
            from_last=bool(self.said(f"{key}-last")),
            keeps_theirs=bool(self.said(f"{key}-theirs")),
            settled=line.row.pk in self.known.moderated,
        )

    def suggest(self) -> None:
        """The suggested band of every row whose levels are all chosen (B2)."""
        names = names_by_column(self.known)
        for row in self.rows:
            codes = {k: code_in(k, row.texts[k], names[k]) or "" for k in names}
            code = suggest_band(self.known.rules, levels_in(codes)).band_code
            row.suggested = self.known.bands.get(code or "")

    @property
    def given(self) -> dict[UUID, GivenRow]:
        """The rows that the person touched."""
        return {
            row.line.row.pk: GivenRow(row.texts, row.was, row.keeps_theirs, row.from_last)
            for row in self.rows
            if row.is_open and row.is_touched
        }

    def paste(self) -> str:
        """Put a pasted column into the rows, cell by cell as they stand; says what it did.

        The cell beside a pupil who is not to be banded here is left out, so that none slips to
        the next pupil.
        """
        key = self.pasting.column
        cells = pasted_rows(self.pasting.text) if self.pasting.text else []
        while len(cells) > len(self.rows) and not any(map(str.strip, cells[-1])):
            cells.pop()
        if key not in {column.key for column in self.columns}:
            self.pasting.problem = "Choose the column to paste into"
        elif not cells:
            self.pasting.problem = "Paste one cell for each pupil"
        elif any(cell.strip() for row in cells for cell in row[1:]):
            self.pasting.problem = "You pasted several columns. Copy the cells of one"
        elif len(cells) > len(self.rows):
            given, pupils = counted(len(cells), "cell"), counted(len(self.rows), "pupil")
            self.pasting.problem = f"You pasted {given} for {pupils}. Leave the heading out"
        if self.pasting.problem:
            return ""
        texts = [in_one_line(row[0]) for row in cells]
        beside = list(zip(self.rows, texts, strict=False))
        for row, text in beside:
            if row.is_open:
                row.fill({key: text})
        left_out = [str(row.line.pupil) for row, text in beside if text and not row.is_open]
        self.pasting = Pasting()
        self.suggest()
        return " ".join(
            [
                f"{counted(len(texts) - len(left_out), 'cell')} pasted.",
                *([f"Left out for {get_text_list(left_out, 'and')}."] if left_out else []),
                "Nothing is saved yet.",
            ]
        )

    @property
    def has_typed(self) -> bool:
        """Whether anything stands in it that is not saved."""
        return self.is_pasted or any(row.is_touched for row in self.rows)

    @property
    def bands_removed(self) -> int:
        """Saved bands that the form takes away."""
        touched = [row for row in self.rows if row.is_touched]
        return sum(
            bool(row.line.decision and row.line.decision.band) and not row.texts[BAND].strip()
            for row in touched
        )

    @property
    def is_pasted(self) -> bool:
        """Whether what stands in the box has still to be put into its column."""
        return bool(self.pasting.text.strip())

    def refuse_to_drop(self) -> None:
        """Nothing is saved while something pasted would be lost by it."""
        self.pasting.problem = (
            "What you pasted is not in its column yet, so nothing has been saved. Choose “Put "
            "these into the column”, or empty this box"
        )

    def fill_last(self, last: Mapping[UUID, dict[str, str]]) -> str:
        """Last time's levels and band in every row that is blank; says in how many."""
        filled = [row for row in self.rows if row.is_open and row.is_blank]
        filled = [row for row in filled if row.line.row.pk in last]
        for row in filled:
            row.fill(last[row.line.row.pk])
            row.from_last = True
        self.suggest()
        return (
            f"Last time’s levels and band are filled in for {counted(len(filled), 'pupil')}. "
            "Nothing is saved yet: look at each, change what has changed, and save."
        )

    @property
    def has_last(self) -> bool:
        """Whether anybody has a band of last time that can be filled in."""
        return any(
            row.is_open and row.line.last and not row.line.last_is_foreign for row in self.rows
        )

    @property
    def has_applications(self) -> bool:
        """Whether anybody’s band is an application, with evidence of which the grid has no cell."""
        asks = self.known.pupil_return.collection.framework.evidence
        lines = [row.line for row in self.rows]
        return bool(asks) and any(each.standing and each.standing.is_application for each in lines)

    def show_problems(self, found: GridProblems) -> None:
        """Put what is wrong beside its cells; a conflict is decided by saving once more (B8)."""
        by_row = {row.line.row.pk: row for row in self.rows}
        for problem in found.cells:
            for cell in by_row[problem.row].cells:
                if cell.column.key == problem.column:
                    cell.problem = problem.sentence
        for pk, theirs in found.conflicts.items():
            row = by_row[pk]
            row.has_conflict, row.theirs = True, theirs
            now = row.line.draft.version if row.line.draft else None
            row.was = row.was._replace(version=now)

    @property
    def left_words(self) -> str:
        """Of what is saved, how much is still to do."""
        left = sum(not row.line.is_done for row in self.rows)
        if left:
            return f"{counted(left, 'pupil')} left to do"
        if not any(row.line.standing for row in self.rows):
            return "Every pupil is done"
        chosen = sum(bool(row.line.decision) for row in self.rows)
        if not chosen:
            return "Nothing entered yet: everybody stands as on your lists"
        return f"{counted(chosen, 'band')} chosen on this return. The others stand as on your lists"

    @property
    def problems(self) -> list[Problem]:
        """For the summary on top, each a link to its cell."""
        found = [Problem(str(text)) for text in self.non_field_errors()]
        found += [Problem(self.pasting.problem, "pasted")] if self.pasting.problem else []
        for row in self.rows:
            who = row.line.pupil
            if row.has_conflict:
                found.append(
                    Problem(f"{who}: somebody has saved this in the meantime", row.cells[0].name)
                )
            found += [
                Problem(f"{who}: {cell.problem}", cell.name) for cell in row.cells if cell.problem
            ]
        return found
