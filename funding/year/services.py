"""Setting the budget of a year, and working out how it stands (F19)."""

from collections.abc import Mapping
from decimal import Decimal

from banding_portal.jobs.results import Progress, Result, lists_refusals
from banding_portal.jobs.services import start_job_once
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from funding.choices import RunState
from funding.models import Budget, PaymentCalendar, Period, YearForecast
from funding.selectors.paying import undecided
from funding.selectors.school_days import problems_of_school_days
from funding.year.rules import Key, spread
from funding.year.selectors import Term, due_stretches, paid_stretches, term_of
from schools.models import User


@verb
def set_budget(
    *, calendar: PaymentCalendar, amounts: Mapping[str, Decimal | None], by: User
) -> None:
    """Pounds by sector; None takes a budget away. Sectors that are left out keep theirs."""
    PaymentCalendar.objects.select_for_update().get(pk=calendar.pk)
    for sector, amount in amounts.items():
        if amount is None:
            Budget.objects.filter(calendar=calendar, sector=sector).delete()
        else:
            Budget.objects.update_or_create(
                calendar=calendar, sector=sector, defaults={"amount": amount}
            )


def start_forecast(*, calendar: PaymentCalendar, by: User) -> YearForecast:
    """Ask for a year to be worked out; returns the forecast at work where there is one."""
    return start_job_once(YearForecast(calendar=calendar, started_by=by), calendar=calendar)


@lists_refusals
def work_out_year(job: YearForecast, progress: Progress) -> Result:
    """What is published for the year, and what all of it comes to as things are known now; or why
    that cannot be said. It takes the place of the one made before.
    """
    periods = list(job.calendar.periods.select_related("calendar").order_by("start"))
    if problems := [*problems_of_school_days(periods), *undecided(periods)]:
        raise RefusalError(*problems)
    due: dict[Key, Decimal] = {}
    terms: list[Term] = []
    for place, period in enumerate(periods):
        progress(place, len(periods))
        stretches, whole = due_stretches(period)
        for key, amount in spread(stretches).items():
            due[key] = due.get(key, Decimal("0.00")) + amount
        terms.append(term_of(period, whole))
    paid = spread(paid_stretches(periods))
    progress(len(periods), len(periods))
    keys = sorted(due.keys() | paid.keys())
    zero = Decimal("0.00")
    return Result(
        preview={
            "sums": [[*key, str(paid.get(key, zero)), str(due.get(key, zero))] for key in keys],
            "terms": [term.as_dict() for term in terms],
            "published": published_count(periods),
        }
    )


def published_count(periods: list[Period]) -> int:
    """Runs published for the year; more since make a forecast out of date."""
    runs = (period.runs.filter(state=RunState.PUBLISHED).count() for period in periods)
    return sum(runs)
