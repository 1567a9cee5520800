"""The exceptions of what schools reported and nobody has accepted yet (rules.md B12)."""

from banding.changes.selectors import reported_changes
from banding.joiners.selectors import joiners_told_by
from funding import sql
from funding.choices import ExceptionKind
from funding.models import Period, Run, RunException


def add_reported(run: Run, period: Period) -> None:
    """Add what was reported of the days the period looks at. It changes no line."""
    first_day, last_day = sql.days_looked_at(period)
    reported = reported_changes(last_day)
    if reported:
        kinds, pupils, schools, since = map(list, zip(*reported, strict=True))
        sql.execute(
            "reported", run, period, kinds=kinds, pupils=pupils, schools=schools, since=since
        )
    RunException.objects.bulk_create(
        RunException(
            run=run,
            kind=ExceptionKind.JOINED,
            joiner=joiner.pk,
            joiner_upn=joiner.upn,
            school_id=joiner.school_id,
            start=max(joiner.joined_on, first_day),
            end=last_day,
            reported_day=joiner.joined_on,
        )
        for joiner in joiners_told_by(last_day)
    )
