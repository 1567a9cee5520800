"""Runs by their period."""

from collections.abc import Iterator

from django.urls import reverse

from banding_portal.finding.results import FEW, Found, Group, group_of
from banding_portal.search import found_by
from funding.models import Run
from funding.selectors.run_page import runs_to_read
from funding.views.runs import RunList
from schools.models import User


def find(user: User, text: str) -> Iterator[Group]:
    if user.has_role(*RunList.allowed_roles):
        runs = runs_to_read(user).filter(found_by(text, "period__name__folded"))
        yield from group_of("Runs", runs[: FEW + 1], shown_run, reverse("funding:run_list"))


def shown_run(run: Run) -> Found:
    title = f"{run.period.name}, run {run.sequence}"
    return Found(title, reverse("funding:run_detail", args=[run.pk]), run.get_state_display())
