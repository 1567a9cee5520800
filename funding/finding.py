"""Runs by their period, and what they pay for a pupil by reference or UPN."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from banding_portal.finding.results import FEW, Found, Group, group_of, without_kind
from banding_portal.search import found_by
from funding.models import Run
from funding.selectors.line_lists import runs_paying_for
from funding.selectors.run_page import runs_to_read
from funding.views.runs import RunList
from schools.models import User

NUMBERED = re.compile(r",?\s*\brun\s+(\d{1,4})\s*$", re.IGNORECASE)


def find(user: User, text: str) -> Iterator[Group]:
    if user.has_role(*RunList.allowed_roles):
        more = reverse("funding:run_list")
        yield from group_of("Runs", runs_matching(user, text)[: FEW + 1], shown_run, more)
        wanted = without_kind(text, "pupil").strip()
        paying = runs_paying_for(user, wanted)[: FEW + 1]
        yield from group_of("Pupils in runs", paying, shown_lines, more)


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
