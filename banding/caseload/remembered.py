"""What the caseload said about a pupil when it was loaded last, as JSON keeps it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from banding.caseload.checking import CaseloadPupil
from banding.caseload.merging import UNSAID
from banding.models import CaseloadWord

PLACEMENTS, PLANS, BANDS = "placements", "plans", "bands"
OWN_FIELDS = ("surname", "forename", "date_of_birth", "responsible_la")


@dataclass
class Said:
    """One pupil's; empty where no caseload has named the pupil."""

    data: dict[str, Any] = field(default_factory=dict)
    is_known: bool = False

    def own(self, name: str) -> Any:
        """A value of the pupil's own, as text; UNSAID where nothing was said."""
        return self.data.get(name, UNSAID)

    def year_group(self, academic_year: int) -> Any:
        """The year group that was said, as it would be called in another academic year (S5)."""
        if "year_group" not in self.data:
            return UNSAID
        said, since = self.data["year_group"]
        return said + academic_year - since

    def end(self, noun: str, what: str, start: dt.date) -> Any:
        """The end of a placement or plan, None for no end; UNSAID where it was not named."""
        said = self.data.get(noun, {}).get(at(what, start), UNSAID)
        return dt.date.fromisoformat(said) if isinstance(said, str) else said

    def named(self, noun: str, what: str, start: dt.date) -> bool:
        return self.end(noun, what, start) is not UNSAID

    def band(self, framework: str, day: dt.date) -> Any:
        return self.data.get(BANDS, {}).get(at(framework, day), UNSAID)

    def with_file(
        self, given: CaseloadPupil, academic_year: int, forgotten: Iterable[tuple[str, str]]
    ) -> dict[str, Any]:
        """What is to be remembered from now on: what the file leaves out is still so."""
        data = {**self.data, **own_words(given, academic_year)}
        for noun, said in (
            (PLACEMENTS, given.placements),
            (PLANS, given.plans),
            (BANDS, given.bands),
        ):
            now = {at(*key): as_text(value) for key, value in said.items()}
            data[noun] = {**self.data.get(noun, {}), **now}
        for noun, key in forgotten:
            data[noun].pop(key, None)
        return data


def at(what: str, start: dt.date) -> str:
    return f"{what} {start.isoformat()}"


def as_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def own_words(given: CaseloadPupil, academic_year: int) -> dict[str, Any]:
    """An empty UPN, need or year group says nothing."""
    words: dict[str, Any] = {name: as_text(given.row[name]) for name in OWN_FIELDS}
    if given.upn:
        words["upn"] = given.upn
    if given.primary_need:
        words["primary_need"] = given.primary_need
    if given.year_group is not None:
        words["year_group"] = [given.year_group, academic_year]
    return words


def words_about(pupils: Iterable[UUID]) -> dict[UUID, Said]:
    """By pupil, of those a caseload has named."""
    found = CaseloadWord.objects.filter(pupil__in=list(pupils)).values_list("pupil", "said")
    return {pupil: Said(said, is_known=True) for pupil, said in found}
