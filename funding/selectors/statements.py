"""What a school sees of its funding: published lines of its own pupils, by name (F9, F11).

Finance never reads these: names leave the authority for the school only (docs/decisions/0007).
Auditors read those of every school.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet, Sum

from banding_portal.chosen_school import schools_of
from banding_portal.remembering import remembered
from banding_portal.roles import SCHOOL_ROLES, Role
from funding.choices import FOR_SCHOOLS, PAID_KINDS, LineKind, RunState
from funding.models import Line, Run
from funding.selectors.line_lists import WorkedLine, with_working
from funding.selectors.lines import lines_to_read
from schools.models import Placement, School, User

ZERO = Decimal("0.00")
BESIDE_PUPILS = {LineKind.ADJUSTMENT, LineKind.RECOVERY, *FOR_SCHOOLS}


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement in a list. `amount` is pounds, of paid lines; `pupils` are those paid for."""

    run: Run
    school: School
    pupils: int
    amount: Decimal
    paid_for: frozenset[UUID] = frozenset()
    """Which pupils these are, at home alone."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a school is paid by a published run, for whom and why."""

    run: Run
    school: School
    paid: list[WorkedLine]
    adjustments: list[WorkedLine]
    for_school: list[WorkedLine]
    """Lump sums, a minimum, instalments of a recovery."""
    for_information: list[WorkedLine]
    school_name: str
    """As published, like the URN."""
    urn: str

    @property
    def term(self) -> str:
        """Autumn term 2026; a later run of it with its number."""
        name = self.run.period.name
        return f"{name}, run {self.run.sequence}" if self.run.sequence > 1 else name

    @property
    def total(self) -> Decimal:
        """Pounds: the sum of the stored lines that are paid."""
        return _sum(self.paid) + _sum(self.adjustments) + _sum(self.for_school)

    @property
    def paid_total(self) -> Decimal:
        return _sum(self.paid)

    @property
    def adjustment_total(self) -> Decimal:
        return _sum(self.adjustments)

    @property
    def for_school_total(self) -> Decimal:
        return _sum(self.for_school)

    @property
    def pupils(self) -> int:
        paid = (*self.paid, *self.adjustments)
        return len({worked.line.pupil_id for worked in paid if worked.line.pupil_id})

    @property
    def lines(self) -> list[WorkedLine]:
        return [*self.paid, *self.adjustments, *self.for_school, *self.for_information]


def statement_lines(user: User) -> QuerySet[Line]:
    """Published lines of the schools the person works for; for an auditor of every school. A claim
    that is corrected is between authorities.
    """
    lines = Line.objects.visible_to(user).filter(run__state=RunState.PUBLISHED)
    lines = lines.exclude(kind=LineKind.RECOUPMENT)
    if user.has_role(Role.AUDITOR):
        return lines
    return lines.filter(school__in=user.school_ids_as(*SCHOOL_ROLES))


def statements_of(user: User, school: UUID | None = None) -> list[StatementRow]:
    """One a published run and school, the latest period first; three queries."""
    lines = statement_lines(user)
    return statements_in(lines.filter(school=school) if school else lines)


@remembered
def statements_at_home(user: User) -> list[StatementRow]:
    """The same of every school, for the parts of home that show some of it; two queries."""
    paid = Q(kind__in=PAID_KINDS)
    which = ArrayAgg("pupil", distinct=True, filter=paid, default=[])
    known = {each.pk: each for each in schools_of(user)}
    return statements_in(statement_lines(user), known, which=which)


def statements_in(
    lines: QuerySet[Line], known: Mapping[UUID, School] | None = None, **more: Any
) -> list[StatementRow]:
    """Of these lines; schools that are `known` are not read again."""
    paid = Q(kind__in=PAID_KINDS)
    found = (
        lines.order_by()
        .values("run_id", "school_id")
        .annotate(
            pupils=Count("pupil", distinct=True, filter=paid),
            amount=Sum("amount", filter=paid, default=ZERO),
            **more,
        )
    )
    rows = list(found)
    runs = Run.objects.select_related("period").in_bulk({row["run_id"] for row in rows})
    schools = dict(known or {})
    if missing := {row["school_id"] for row in rows} - schools.keys():
        schools |= School.objects.in_bulk(missing)
    statements = [
        StatementRow(
            runs[row["run_id"]],
            schools[row["school_id"]],
            row["pupils"],
            row["amount"],
            frozenset(cast("list[UUID]", row.get("which", []))),
        )
        for row in rows
    ]
    statements.sort(key=lambda row: (row.school.name, row.school.urn))
    statements.sort(key=lambda row: (row.run.period.start, row.run.sequence), reverse=True)
    return statements


def statement_for(user: User, run: UUID, school: UUID) -> Statement | None:
    """The statement, or None where it is not the person's or there is none."""
    found = statement_lines(user).filter(run=run, school=school)
    lines = list(
        lines_to_read(found).order_by(
            "pupil__surname",
            "pupil__forename",
            "reference",
            "start",
            "period__start",
            "kind",
        )
    )
    if not lines:
        return None
    is_auditor = user.has_role(Role.AUDITOR)
    worked = with_working(lines, says_who=is_auditor)
    if not is_auditor:
        worked = without_names_of_others(worked, school)
    return Statement(
        run=lines[0].run,
        school=lines[0].school,
        paid=[w for w in worked if w.line.kind in PAID_KINDS - BESIDE_PUPILS],
        adjustments=[w for w in worked if w.line.kind == LineKind.ADJUSTMENT],
        for_school=[w for w in worked if w.line.kind in BESIDE_PUPILS - {LineKind.ADJUSTMENT}],
        for_information=[w for w in worked if w.line.kind == LineKind.OTHER_LA],
        school_name=lines[0].school_name,
        urn=lines[0].urn,
    )


def without_names_of_others(worked: list[WorkedLine], school: UUID) -> list[WorkedLine]:
    """The money stays as published; of a pupil whose placement with the school was entered by
    mistake, or put right to another school, it reads the reference alone (S10). One query.
    """
    pupils = [w.line.pupil_id for w in worked if w.line.pupil_id]
    placed = Placement.objects.filter(school=school, pupil__in=pupils)
    theirs: set[UUID | None] = {None, *placed.values_list("pupil", flat=True)}
    return [replace(each, names_pupil=each.line.pupil_id in theirs) for each in worked]


def _sum(lines: list[WorkedLine]) -> Decimal:
    return sum((w.line.amount for w in lines if w.line.amount is not None), ZERO)
