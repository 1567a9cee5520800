"""How funding stands: what is published and what is under way, of the authority or of one's own
schools. A term's amount is that of all its runs together: later ones publish what has changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from banding_portal.roles import AUDITOR, FUNDING_READERS, SCHOOL_ROLES
from banding_portal.standing import Standing
from banding_portal.words import funding_word, money, number, short_day
from funding.choices import PAID_KINDS, LineKind, RunState
from funding.models import Line, Run
from funding.selectors.statements import statement_lines, statements_at_home
from schools.models import User

SHOWN = 4
"""Periods in the picture, the latest last."""
MOST_RUNS = 40
MOST_SCHOOLS = 10
"""In the picture of a person of many schools."""
NOT_OUT: dict[str, str] = {RunState.DRAFT: ", draft", RunState.CHECKED: ", to check"}
"""Short, for the labels of a picture."""


def standing_of(user: User) -> list[Standing]:
    """For the home page; amounts are pounds."""
    found = of_authority(user) if user.has_role(*FUNDING_READERS) else []
    return [*found, *of_schools(user)] if user.has_role(*SCHOOL_ROLES) else found


def of_authority(user: User) -> list[Standing]:
    """In one query, for an auditor in two."""
    known = Run.objects.visible_to(user).select_related("period")
    runs = list(known.order_by("-period__start", "period", "-sequence")[:MOST_RUNS])
    corrected = of_adjustments(runs) if user.has_role(*AUDITOR) else []
    waiting = [run for run in runs if not is_published(run)]
    return [*of_published(runs), *corrected, *of_open(waiting)]


def of_adjustments(runs: Sequence[Run]) -> list[Standing]:
    """What the last published run corrected of what was published before; one query."""
    run = next((run for run in runs if is_published(run)), None)
    if run is None:
        return []
    found = run.lines.filter(kind=LineKind.ADJUSTMENT).aggregate(
        pupils=Count("pupil", distinct=True), amount=Sum("amount")
    )
    return [
        Standing(
            title="Paid before, adjusted by the last run",
            url=reverse("funding:run_detail", args=[run.pk]),
            action="See that run",
            figures=[
                ("Adjustments", money(found["amount"] or Decimal(0))),
                ("Pupils", number(found["pupils"])),
            ],
        )
    ]


def of_published(runs: Sequence[Run]) -> list[Standing]:
    published = [run for run in runs if is_published(run)]
    if not published:
        return []
    terms = [list(found) for _, found in groupby(published, key=lambda run: run.period)]
    totals = [(term[0].period.name, control_total_of(term)) for term in terms[:SHOWN]]
    known = {run.period_id for run in published}
    first = [run for run in runs if run.period_id not in known]
    coming = [(f"{run.period.name}{NOT_OUT[run.state]}", run.control_total) for run in first[:1]]
    return [
        Standing(
            title=f"{funding_word(True)} funding {'by term' if coming else 'published'}",
            url=reverse("funding:run_detail", args=[published[0].pk]),
            action="See the last run",
            figures=[
                (totals[0][0], money(totals[0][1])),
                ("Last published", short_day(terms[0][0].published_at)),
            ],
            chart=bars_of([*coming, *totals]),
            head="Period",
            figure_head="Amount",
        )
    ]


def of_open(runs: Sequence[Run]) -> list[Standing]:
    if not runs:
        return []
    return [
        Standing(
            title="Runs under way",
            url=reverse("funding:run_list"),
            action="See all runs",
            figures=[
                (f"{run.period.name}: {run.get_state_display().lower()}", money(run.control_total))
                for run in runs[:SHOWN]
            ],
        )
    ]


def is_published(run: Run) -> bool:
    return run.state == RunState.PUBLISHED


def control_total_of(runs: Sequence[Run]) -> Decimal:
    return sum((run.control_total for run in runs), Decimal(0))


def of_schools(user: User) -> list[Standing]:
    """What the schools of the person are paid: by term, the last one by school where there are
    several; of one school by band as long as there is no other term to compare with.
    """
    rows = statements_at_home(user)
    if not rows:
        return []
    last = rows[0].run.period
    totals = summed((row.run.period.name, row.amount) for row in rows)
    schools = summed((row.school.name, row.amount) for row in rows if row.run.period == last)
    pupils = {pupil for row in rows if row.run.period == last for pupil in row.paid_for}
    standing = Standing(
        title=f"Your {funding_word()} funding",
        url=reverse("funding:statement_list"),
        action="See the statements",
        figures=[
            (last.name, money(totals[0][1])),
            ("Pupils paid for", number(len(pupils))),
        ],
        chart=bars_of(totals[:SHOWN]),
        head="Period",
        figure_head="Paid",
    )
    if len(schools) > 1:
        parted = replace(standing, chart=bars_in_order(largest(schools)), head="School")
        return [replace(parted, title=f"Your {funding_word()} funding by school: {last.name}")]
    if standing.chart:
        return [standing]
    paid = statement_lines(user).filter(run__period=last, kind__in=PAID_KINDS)
    if len(bands := by_band(paid)) < 2:
        return [standing]
    parted = replace(standing, chart=bars_in_order(bands), head="Band")
    return [replace(parted, title=f"Your {funding_word()} funding by band: {last.name}")]


def by_band(paid: QuerySet[Line]) -> list[tuple[str, Decimal]]:
    """What is paid for each band, in their order, and what else is paid; one query."""
    found = paid.order_by().values_list("kind", "band_name").annotate(amount=Sum("amount"))
    rows = sorted(
        (kind != LineKind.ALLOCATION, kind, band, amount)
        for kind, band, amount in found.order_by("kind", "band_name")
    )
    return summed(
        (LineKind(kind).label if is_other else band, amount)
        for is_other, kind, band, amount in rows
    )


def largest(schools: Sequence[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """By amount; those that the picture has no room for together."""
    ordered = sorted(schools, key=lambda row: row[1], reverse=True)
    if len(ordered) <= MOST_SCHOOLS:
        return ordered
    shown, rest = ordered[: MOST_SCHOOLS - 1], ordered[MOST_SCHOOLS - 1 :]
    return [*shown, (f"{len(rest)} other schools", sum((row[1] for row in rest), Decimal(0)))]


def summed(rows: Iterable[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """One a name, in the order they are first named."""
    found: dict[str, Decimal] = {}
    for name, amount in rows:
        found[name] = found.get(name, Decimal(0)) + amount
    return list(found.items())


def bars_of(totals: Sequence[tuple[str, Decimal]]) -> list[dict[str, object]]:
    """The earliest first; a single bar compares with nothing, so there is none."""
    return bars_in_order(list(reversed(totals))) if len(totals) > 1 else []


def bars_in_order(totals: Sequence[tuple[str, Decimal]]) -> list[dict[str, object]]:
    """What is taken back has no bar, and its figure."""
    return [
        {"label": name, "value": max(amount, Decimal(0)), "text": money(amount)}
        for name, amount in totals
    ]
