"""How funding stands: what was published last, of the authority or of one's own schools."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from django.urls import reverse

from banding_portal.roles import FUNDING_READERS, SCHOOL_ROLES
from banding_portal.standing import Standing
from banding_portal.words import money, number, short_day
from funding.choices import RunState
from funding.models import Run
from funding.selectors.statements import statements_of
from schools.models import User

SHOWN = 4
"""Runs in the picture, the latest last."""


def standing_of(user: User) -> list[Standing]:
    """For the home page; amounts are pounds, of published runs alone."""
    found = of_authority(user) if user.has_role(*FUNDING_READERS) else []
    return [*found, *of_schools(user)] if user.has_role(*SCHOOL_ROLES) else found


def of_authority(user: User) -> list[Standing]:
    published = Run.objects.visible_to(user).filter(state=RunState.PUBLISHED)
    runs = list(published.select_related("period").order_by("-published_at")[:SHOWN])
    if not runs:
        return []
    last = runs[0]
    return [
        Standing(
            title="Top-up funding published",
            url=reverse("funding:run_detail", args=[last.pk]),
            action="See the last run",
            figures=[
                (last.period.name, money(last.control_total)),
                ("Published", short_day(last.published_at)),
            ],
            chart=bars_of([(run.period.name, run.control_total) for run in runs]),
            head="Period",
            figure_head="Published",
        )
    ]


def of_schools(user: User) -> list[Standing]:
    """All schools of the person together, run by run."""
    runs = [list(rows) for _, rows in groupby(statements_of(user), key=lambda row: row.run.pk)]
    if not runs:
        return []
    totals = [(rows[0].run.period.name, sum((r.amount for r in rows), Decimal(0))) for rows in runs]
    name, amount = totals[0]
    return [
        Standing(
            title="Your top-up funding",
            url=reverse("funding:statement_list"),
            action="See the statements",
            figures=[
                (name, money(amount)),
                ("Pupils paid for", number(sum(row.pupils for row in runs[0]))),
            ],
            chart=bars_of(totals[:SHOWN]),
            head="Period",
            figure_head="Paid",
        )
    ]


def bars_of(totals: Sequence[tuple[str, Decimal]]) -> list[dict[str, object]]:
    """The earliest first; a single bar compares with nothing, so there is none."""
    if len(totals) < 2:
        return []
    rows = reversed(totals)
    return [{"label": name, "value": amount, "text": money(amount)} for name, amount in rows]
