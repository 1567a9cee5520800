"""What a run was worked out from, as a hash (rules.md F7)."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from banding.changes.selectors import reported_changes
from banding.joiners.selectors import joiners_told_by
from banding_portal.audit_trail.events import event_models
from funding import sql
from funding.models import Period, Run

KINDS = (
    *("schools.placement", "schools.plan", "schools.pupil", "schools.formerfact"),
    *("schools.school", "schools.formersector"),
    *("banding.banddecision", "banding.exceptionalrequest", "banding.collection"),
    *("banding.return", "banding.returnpupil", "banding.joiner", "banding.leaver"),
    *("funding.bandvalue", "funding.fundingpolicy", "funding.paymentcalendar", "funding.period"),
    *("funding.schoolday", "funding.protectionrule", "funding.schoolamount"),
    "funding.recoveryagreement",
)
"""What a run rests on, as the audit trail calls it."""
AWHILE = 2000
A_DAY = 86_400


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
    """Whether something the run rests on is different now.

    Every input is read only where something was recorded since, and once for all that was.
    """
    mark = count_since(run.inputs_mark)
    if run.inputs_mark and mark == run.inputs_mark:
        return False
    seen = hashlib.sha256(json.dumps(mark, sort_keys=True).encode()).hexdigest()
    key = f"inputs:{run.pk}:{run.inputs_hash}:{seen}"
    found: bool | None = cache.get(key) if mark else None
    if found is None:
        found = run.inputs_hash != hash_inputs(run.period)
        cache.set(key, found, A_DAY)
    return found


def mark_inputs() -> dict[str, list[int]]:
    """Of each kind of input the number of an event a while ago, and how many came after it.

    Take it before the inputs are read. An event may be seen later than one with a higher number,
    so that the highest alone would not tell.
    """
    newest = _of_each("coalesce(max(pgh_id), 0)", dict.fromkeys(KINDS, 0))
    return count_since({name: [max(last - AWHILE, 0), 0] for name, last in newest.items()})


def count_since(mark: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """A mark as it would be now: how many events of each kind came after the same one."""
    bases = {name: base for name, (base, _) in mark.items()}
    counts = _of_each("count(*)", bases)
    return {name: [base, counts[name]] for name, base in bases.items()}


def _of_each(wanted: str, bases: Mapping[str, int]) -> dict[str, int]:
    """One figure of the events after a number, of each kind; one query."""
    if not bases:
        return {}
    models = event_models()
    parts = [
        f"SELECT %s, {wanted} FROM {models[name]._meta.db_table} WHERE pgh_id > %s"  # noqa: S608
        for name in bases
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [part for pair in bases.items() for part in pair])
        return dict(cursor.fetchall())
