"""What changed for a school since last term, pupil by pupil, in words (rules.md F23)."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from banding_portal.roles import Role
from funding.models import Run
from funding.selectors.movements import run_before
from funding.selectors.school_differences import SchoolDifference, difference_of_school
from funding.selectors.statements import Statement
from schools.models import Placement, Pupil, User


@dataclass(frozen=True, slots=True)
class PupilChange:
    """A pupil, named where the reader may know the name, and why the amount is another one."""

    who: str
    reference: str
    reasons: list[str]
    change: Decimal


@dataclass(frozen=True, slots=True)
class StatementChanges:
    before: Run
    difference: SchoolDifference
    pupils: list[PupilChange]


def statement_changes(statement: Statement, user: User) -> StatementChanges | None:
    """Against the last term published before; None for a later run of a term, which says itself
    what it adjusts, and where there is none.
    """
    before = run_before(statement.run)
    if before is None:
        return None
    difference = difference_of_school(statement.run, before, statement.school)
    names = _names(statement, [each.pupil for each in difference.pupils if each.pupil], user)
    pupils = [
        PupilChange(
            names.get(each.pupil, "Not your pupil") if each.pupil else "The school",
            each.reference if each.pupil else "",
            each.reasons,
            each.change,
        )
        for each in difference.pupils
    ]
    return StatementChanges(before, difference, pupils)


def _names(statement: Statement, pupils: list[UUID], user: User) -> dict[UUID, str]:
    """Of those who are or were placed at the school; an auditor reads every name."""
    found = Pupil.everything.filter(pk__in=pupils)
    if not user.has_role(Role.AUDITOR):
        placed = Placement.objects.filter(school=statement.school, pupil__in=pupils)
        found = found.filter(pk__in=placed.values("pupil"))
    return {pupil.pk: pupil.display_name for pupil in found}
