"""What a run was worked out from, as a hash (rules.md F7)."""

import hashlib

from django.conf import settings

from banding.changes.selectors import reported_changes
from banding.joiners.selectors import joiners_told_by
from funding import sql
from funding.models import Period, Run


def hash_inputs(period: Period) -> str:
    """The SHA-256 over the period, its method, the authority's code and every input.

    Equal as long as no placement, plan, decision, value, policy, school or pupil that starts on or
    before the period's last day has changed, nor what schools reported of the days up to then. Of
    the rows it holds counts and sums of hashes, so it tells that something changed, not what.
    """
    calendar = period.calendar
    heading = [settings.LA_CODE, calendar.proration, period.code, period.start, period.end]
    heading += [period.count_date, period.numerator, period.denominator]
    _, last_day = sql.days_looked_at(period)
    rows = [heading, *sql.fetch("inputs", period), *reported_changes(last_day)]
    rows += joiners_told_by(last_day).values_list("pk", "school", "joined_on", "upn")
    text = "\n".join(" ".join(str(value) for value in row) for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()


def inputs_have_changed(run: Run) -> bool:
    """Whether something the run rests on is different now. Reads every input: not for lists."""
    return run.inputs_hash != hash_inputs(run.period)
