"""Runs by their period, and what they pay for a pupil by reference or UPN."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from banding_portal.finding.results import FEW, Found, Group, group_of, without_kind
from banding_portal.roles import STATEMENT_READERS
from banding_portal.search import found_by
from funding.models import Run
from funding.selectors.line_lists import runs_paying_for
from funding.selectors.run_page import runs_to_read
from funding.selectors.statements import statement_lines
from funding.views.runs import RunList
from schools.models import School, User

PLACED = ("run__period__start", "school__name")
NUMBERED = re.compile(r",?\s*\brun\s+(\d{1,4})\s*$", re.IGNORECASE)


def find(user: User, text: str) -> Iterator[Group]:
    if user.has_role(*RunList.allowed_roles):
        more = reverse("funding:run_list")
        yield from group_of("Runs", runs_matching(user, text)[: FEW + 1], shown_run, more)
        wanted = without_kind(text, "pupil").strip()
        paying = runs_paying_for(user, wanted)[: FEW + 1]
        yield from group_of("Pupils in runs", paying, shown_lines, more)
    if user.has_role(*STATEMENT_READERS):
        found = statements_matching(user, text)
        yield from group_of("Statements", found, shown_statement, reverse("funding:statement_list"))


def statements_matching(user: User, text: str) -> Iterator[tuple[Run, School]]:
    """Of the schools whose statements the person reads, by school or period, the latest first."""
    words = without_kind(NUMBERED.sub("", text), "statement")
    lines = statement_lines(user).filter(
        found_by(words, "school__folded", "run__period__name__folded")
    )
    if number := NUMBERED.search(text):
        lines = lines.filter(run__sequence=int(number[1]))
    latest = ("-run__period__start", "school__name")
    rows = list(lines.order_by(*latest).values_list("run", "school", *PLACED).distinct()[: FEW + 1])
    runs = Run.objects.select_related("period").in_bulk({row[0] for row in rows})
    schools = School.objects.in_bulk({row[1] for row in rows})
    return ((runs[run], schools[school]) for run, school, *_ in rows)


def shown_statement(found: tuple[Run, School]) -> Found:
    run, school = found
    url = reverse("funding:statement_detail", args=[run.pk, school.pk])
    return Found(f"{school}, {name_of(run)}", url, "Statement")


def runs_matching(user: User, text: str) -> QuerySet[Run]:
    """By the period, or as they are called: “Autumn term 2026, run 1”."""
    runs, number = runs_to_read(user), NUMBERED.search(text)
    period = without_kind(NUMBERED.sub("", text), "run")
    if number:
        runs = runs.filter(sequence=int(number[1]))
    return runs.filter(found_by(period, "period__name__folded"))


def shown_run(run: Run) -> Found:
    return Found(name_of(run), reverse("funding:run_detail", args=[run.pk]), state_of(run))


def shown_lines(run: Any) -> Found:
    url = f"{reverse('funding:line_list', args=[run.pk])}?{urlencode({'search': run.pays_for})}"
    return Found(f"Pupil {run.pays_for}", url, f"{name_of(run)} · {state_of(run)}")


def name_of(run: Run) -> str:
    return f"{run.period.name}, run {run.sequence}"


def state_of(run: Run) -> str:
    return str(run.get_state_display())
