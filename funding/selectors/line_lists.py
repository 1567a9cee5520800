"""Lines of a run as lists: searched and filtered, by school, each with its working (F9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from banding_portal.folding import clean_code
from banding_portal.looking import is_named
from banding_portal.search import found_by
from banding_portal.words import day
from funding.models import Line, Run
from funding.selectors.lines import line_working, lines_to_read
from funding.selectors.run_page import runs_to_read
from funding.selectors.runs import totals_by_school
from schools.models import Pupil, User


@dataclass(frozen=True, slots=True)
class WorkedLine:
    """A stored line and the sentence that says how its amount came about."""

    line: Line
    working: str
    names_pupil: bool = True
    """False on the statement of a school where the pupil never was after all (S10)."""

    @property
    def pupil_name(self) -> tuple[str, str]:
        """Surname and forename, as far as the reader may know them."""
        pupil = self.line.pupil
        if pupil is None:
            return "The school", ""
        if self.names_pupil:
            is_named(pupil.pk)
            return pupil.surname, pupil.forename
        return "Not your pupil", ""

    @property
    def said(self) -> str:
        """The line in a few words and its working; no name."""
        line = self.line
        band = f"{line.band_name}, " if line.band_name else ""
        days = f"from {day(line.start)} to {day(line.end)}"
        return f"{line.get_kind_display()}, {band}{days}. {self.working}"

    @property
    def upn(self) -> str:
        return self.line.upn if self.names_pupil else ""


def with_working(lines: Iterable[Line], *, says_who: bool = True) -> list[WorkedLine]:
    """For lines of `lines_to_read`: no query more."""
    return [WorkedLine(line, line_working(line, says_who=says_who)) for line in lines]


def lines_matching(run: Run, user: User, wanted: dict[str, Any]) -> QuerySet[Line]:
    """The person's lines of a run that fit a search, a kind, a band and a cause."""
    lines = lines_to_read(Line.objects.visible_to(user).filter(run=run))
    exact = {name: wanted[name] for name in ("kind", "band", "cause") if wanted.get(name)}
    lines = lines.filter(**exact)
    if text := (wanted.get("search") or "").strip():
        lines = lines.filter(
            Q(reference__icontains=text)
            | Q(upn=clean_code(text))
            | Q(urn=text)
            | Q(school_name__icontains=text)
            | found_by(text, "school__folded")
        )
    return lines


def runs_paying_for(user: User, text: str) -> QuerySet[Run]:
    """The runs with a line for the pupil of a reference or UPN, the latest first; each with
    `pays_for`, the reference its lines have.
    """
    lines = Line.objects.visible_to(user).filter(run=OuterRef("pk"))
    pupils = Pupil.everything.filter(Q(reference__iexact=text) | Q(upn=clean_code(text)))
    paying = lines.filter(pupil__in=pupils)
    of_pupil = Subquery(paying.values("reference")[:1])
    return runs_to_read(user).filter(Exists(paying)).annotate(pays_for=of_pupil)


def schools_matching(run: Run, text: str) -> QuerySet[Line, dict[str, Any]]:
    """Totals by school whose name or URN fits."""
    schools = totals_by_school(run)
    if text.strip():
        named = found_by(text, "school__folded") | Q(school_name__icontains=text.strip())
        schools = schools.filter(named | Q(urn=text.strip()))
    return schools
