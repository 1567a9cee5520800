"""What is due from a person in funding."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from banding_portal.due import DueItem
from banding_portal.roles import SCHOOL_ROLES, Role
from banding_portal.words import counted, short_day
from funding.choices import LineKind, RunState
from funding.models import Line, Run
from funding.selectors.statements import statements_at_home
from funding.services.reminding import LYING
from schools.models import User

NEW_FOR = dt.timedelta(days=28)
"""How long a statement counts as new."""


def due_items(user: User) -> list[DueItem]:
    """Due things for the home page, each with one link."""
    items: list[DueItem] = []
    if user.has_role(Role.FINANCE_OFFICER):
        items += officer_items(user)
    if user.has_role(Role.FINANCE_AUTHORISER):
        items += authoriser_items(user)
    if user.has_role(*SCHOOL_ROLES):
        items += school_items(user)
    return items


def officer_items(user: User) -> Iterator[DueItem]:
    """Drafts: to calculate again, to clear, to give values, or to send for checking."""
    drafts = Run.objects.visible_to(user).filter(state=RunState.DRAFT).select_related("period")
    left = Count("exceptions", filter=Q(exceptions__cleared_at=None))
    for run in drafts.annotate(left=left).order_by("period__start"):
        url = reverse("funding:run_detail", args=[run.pk])
        unvalued = Line.objects.filter(run=run, kind=LineKind.UNVALUED).count()
        if not run.lines_hash:
            text, action = "its payment calendar changed", "Calculate it again"
        elif run.left:
            url = f"{reverse('funding:exception_list', args=[run.pk])}?state=left"
            text, action = f"{counted(run.left, 'exception')} to clear", "Clear exceptions"
        elif unvalued:
            text, action = f"{counted(unvalued, 'line')} without a value", "Open the run"
        else:
            text, action = "ready to be checked by somebody else", "Send for checking"
        text = f"{text}{lying_words(run)}"
        yield DueItem(title=f"Run of {run.period.name}", text=text, url=url, action=action)


def lying_words(run: Run) -> str:
    """Since when a draft has been left lying; empty for one that somebody works on."""
    at = run.prepared_at
    return f", a draft since {short_day(at)}" if at < timezone.now() - LYING else ""


def authoriser_items(user: User) -> Iterator[DueItem]:
    """Runs that somebody else prepared and sent for checking."""
    own = Q(prepared_by=user) | Q(sent_by=user)
    waiting = Run.objects.visible_to(user).filter(state=RunState.CHECKED).exclude(own)
    for run in waiting.select_related("period").order_by("period__start"):
        yield DueItem(
            title=f"Run of {run.period.name}",
            text="waiting for you to check and publish it",
            url=reverse("funding:run_detail", args=[run.pk]),
            action="Check the run",
        )


def school_items(user: User) -> Iterator[DueItem]:
    """Statements published lately."""
    since = timezone.now() - NEW_FOR
    for row in statements_at_home(user):
        published = row.run.published_at
        if published and published >= since:
            yield DueItem(
                title=f"Statement of funding: {row.run.period.name}",
                text=f"published {short_day(published)}",
                url=reverse("funding:statement_detail", args=[row.run.pk, row.school.pk]),
                action="Read the statement",
                school=row.school.name,
            )
