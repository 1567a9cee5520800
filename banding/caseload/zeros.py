"""References that Excel took the leading zeros from (rules.md S8)."""

from collections.abc import Iterable

from banding.caseload.changes import Changes
from banding.caseload.checking import CaseloadPupil
from banding_portal.jobs.results import Issue
from schools.models import Pupil
from schools.selectors.matches import same_but_for_zeros


def warnings_of_lost_zeros(pupils: Iterable[CaseloadPupil], changes: Changes) -> list[Issue]:
    """One for each new pupil whose reference is a known one but for leading zeros."""
    new = {pupil.reference for pupil in changes.new[Pupil]}
    alike = same_but_for_zeros(new)
    return [
        pupil.row.note("pupil_id", in_words(alike[pupil.reference]))
        for pupil in pupils
        if pupil.reference in alike
    ]


def in_words(known: str) -> str:
    return (
        f"There is a pupil with the reference {known}. Excel takes leading zeros away: "
        "is this the same pupil?"
    )
