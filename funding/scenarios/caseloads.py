"""The states of a year, read once, and what bands are worth (rules.md F3, F14).

The run's own expressions (`funding/sql/states.sql`) say who is in which state, so that a scenario
and a run agree. What differs is put in the place of the tables they read, under the same name:
each sector's number in place of a value, so that states are cut where the sector changes and not
where a value does; the framework that would pay; the decisions that would count.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, QuerySet, Value
from django.utils import timezone

from banding.choices import DecisionSource
from banding.decisions.agreed_bands import agreed_decisions
from banding.exceptional.selectors import agreed_amounts
from banding.models import Band, Framework
from funding import sql
from funding.calculation.calendar import financial_year_of
from funding.choices import CountedDecisions, Proration
from funding.models import BandValue, Period, ProtectedPupil, SchoolDay
from funding.scenarios.pricing import (
    EVERYWHERE,
    BandFacts,
    Caseload,
    Extra,
    Kept,
    Prices,
    PupilFacts,
    SchoolFacts,
    SchoolYear,
    State,
    Term,
    ordinal,
    pence,
)
from schools.choices import Sector
from schools.models import Pupil, School

FIELDS = ("id", "pupil_id", "framework_id", "band_id", "effective_from", "submitted_at")

TABLES, STATES, UNBANDED = (
    (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8").strip()
    for name in ("tables", "states", "unbanded")
)
NO_BAND = -1


@dataclass(frozen=True, slots=True)
class Basis:
    """Which states are read: the periods, whose decisions count, and from which day which
    framework pays in a sector instead of the one that does.
    """

    periods: tuple[Period, ...]
    decisions: str = CountedDecisions.AGREED
    framework: Framework | None = None
    begins: Mapping[str, dt.date] | None = None
    """By sector, where `framework` is to pay."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A caseload, and by the place of each band in it the band itself."""

    caseload: Caseload
    bands: tuple[Any, ...]
    """Their ids, in the order of the caseload's bands."""


class Places:
    """Numbers in the order in which ids are first seen."""

    def __init__(self) -> None:
        self.known: dict[Any, int] = {}

    def __call__(self, key: Any) -> int:
        return self.known.setdefault(key, len(self.known))


def read_caseload(basis: Basis) -> Reading:
    """Every state of the year's periods, as compact rows."""
    pupils, schools, bands = Places(), Places(), Places()
    for band in Band.objects.order_by("framework__code", "framework__version", "rank"):
        bands(band.pk)
    states = [
        State(
            pupils(pupil), schools(school), Sector.values[int(sector) - 1], plan, bands(band),
            own, place, ordinal(start), ordinal(end),
        )
        for place, period in enumerate(basis.periods)
        for pupil, school, sector, plan, band, own, start, end in rows_of(period, basis, STATES)
    ]  # fmt: skip
    unbanded = [
        State(
            pupils(pupil), schools(school), sector, plan, NO_BAND, own, place, ordinal(start),
            ordinal(end),
        )
        for place, period in enumerate(basis.periods)
        for pupil, school, sector, plan, own, start, end in rows_of(period, basis, UNBANDED)
    ]  # fmt: skip
    caseload = Caseload(
        terms=[term_of(period) for period in basis.periods],
        states=states,
        pupils=facts_of_pupils(pupils.known, phase_end(basis.periods)),
        schools=facts_of_schools(schools.known),
        bands=facts_of_bands(bands.known),
        extras=extras_of(pupils.known),
        unbanded=unbanded,
        kept=kept_of_pupils(basis.periods, pupils.known),
        school_years=school_years(basis.periods, schools.known),
        phase_end=phase_end_to_come(basis.periods),
    )
    return Reading(caseload, tuple(bands.known))


def term_of(period: Period) -> Term:
    one_day = period.calendar.proration == Proration.WHOLE_PERIOD
    return Term(
        period.code,
        period.name,
        ordinal(period.start),
        ordinal(period.end),
        period.numerator,
        period.denominator,
        ordinal(period.count_date) if one_day else None,
    )


def rows_of(period: Period, basis: Basis, wanted: str) -> list[tuple[Any, ...]]:
    """The states of a period, or the days without a band, by pupil and day."""
    decisions, named = as_sql(
        "decision", counted_decisions(basis.decisions).values(*FIELDS, "settled", "moderated")
    )
    amounts, more = as_sql(
        "amount",
        amounts_now().order_by().values("paid_for", "id", "amount", "starts_on", "ends_on"),
    )
    begins = basis.begins or {}
    values = {
        **sql.parameters(period), **named, **more,
        "sectors": list(Sector.values),
        "framework": basis.framework.pk if basis.framework else None,
        "begin_in": list(begins),
        "begin_on": list(begins.values()),
    }  # fmt: skip
    text = f"{TABLES}\n{wanted}".replace("{states}", sql.text_of("states"))
    text = text.replace("{decisions}", decisions).replace("{amounts}", amounts)
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in sql.PLANNING.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        cursor.execute(text, values)
        rows = cursor.fetchall()
        for name in sql.PLANNING:
            cursor.execute(f"SET LOCAL {name} TO DEFAULT")
        return rows


def counted_decisions(which: str) -> QuerySet[Any]:
    """The agreed ones (B9); or what schools submitted, moderated or not, as if it were agreed."""
    agreed = agreed_decisions().order_by()
    if which == CountedDecisions.AGREED:
        return agreed
    if which == CountedDecisions.SUBMITTED:
        agreed = agreed.exclude(source=DecisionSource.MODERATION)
    return agreed.annotate(settled=Value(True, output_field=BooleanField()))


def amounts_now() -> QuerySet[Any]:
    """What is agreed beside the bands (B11), with `paid_for`, which is no field of the model."""
    return agreed_amounts()


def as_sql(name: str, rows: QuerySet[Any, Any]) -> tuple[str, dict[str, Any]]:
    """A queryset as SQL with named values."""
    text, values = rows.query.sql_with_params()
    named = {f"{name}_{place}": value for place, value in enumerate(values)}
    return text % tuple(f"%({each})s" for each in named), named


def phase_end(periods: tuple[Period, ...]) -> dt.date:
    """The one 1 September of a year, on its first day or later."""
    first = periods[0].start
    return dt.date(first.year + ((first.month, first.day) > (9, 1)), 9, 1)


def phase_end_to_come(periods: tuple[Period, ...]) -> int | None:
    """The same as a number; None where it has gone by, for what ceased then is known."""
    day = phase_end(periods)
    return ordinal(day) if day > timezone.localdate() else None


def facts_of_pupils(known: Iterable[Any], ends: dt.date) -> list[PupilFacts]:
    """With the year group that each finishes on the eve of a day."""
    eve = ends - dt.timedelta(days=1)
    rows = Pupil.everything.filter(pk__in=list(known)).only(
        "reference", "primary_need", "date_of_birth", "recorded_year_group", "recorded_for"
    )
    found = {
        pupil.pk: PupilFacts(pupil.reference, pupil.primary_need, pupil.year_group_on(eve))
        for pupil in rows.iterator()
    }
    return [found[pk] for pk in known]


def facts_of_schools(known: Iterable[Any]) -> list[SchoolFacts]:
    rows = School.objects.filter(pk__in=list(known)).values_list(
        "pk", "urn", "name", "phase", "quadrant__name"
    )
    found = {
        pk: SchoolFacts(urn, name, phase, quadrant or "") for pk, urn, name, phase, quadrant in rows
    }
    return [found[pk] for pk in known]


def facts_of_bands(known: Iterable[Any]) -> list[BandFacts]:
    rows: Any = Band.objects.values_list("pk", "framework__code", "code", "name", "rank")
    found = {pk: BandFacts(*facts) for pk, *facts in rows}
    return [found[pk] for pk in known]


def extras_of(pupils: Mapping[Any, int]) -> dict[int, list[Extra]]:
    found: dict[int, list[Extra]] = {}
    rows = (
        amounts_now()
        .order_by("starts_on", "pk")
        .values_list("paid_for", "amount", "starts_on", "ends_on")
    )
    for pupil, amount, start, end in rows:
        if pupil in pupils:
            extra = Extra(pence(amount), ordinal(start), ordinal(end) if end else None)
            found.setdefault(pupils[pupil], []).append(extra)
    return found


def kept_of_pupils(periods: tuple[Period, ...], pupils: Mapping[Any, int]) -> dict[int, list[Kept]]:
    """The rules of protection in force, for whom they were last looked up (F10)."""
    found: dict[int, list[Kept]] = {}
    rows = ProtectedPupil.objects.filter(
        rule__starts_on__lte=periods[-1].end, rule__ends_on__gte=periods[0].start
    ).order_by("rule__sector", "rule__starts_on")
    facts = ("sector", "kind", "share", "starts_on", "ends_on")
    for pupil, annual, sector, kind, share, start, end in rows.values_list(
        "pupil", "annual", *(f"rule__{name}" for name in facts)
    ):
        if pupil in pupils:
            kept = Kept(sector, kind, str(share), ordinal(start), ordinal(end), pence(annual))
            found.setdefault(pupils[pupil], []).append(kept)
    return found


def school_years(
    periods: tuple[Period, ...], schools: Mapping[Any, int]
) -> dict[tuple[int, int], SchoolYear]:
    """The days of each term's financial year, everywhere and at schools that differ (F5)."""
    if periods[0].calendar.proration != Proration.SCHOOL_DAYS:
        return {}
    found: dict[tuple[int, int], SchoolYear] = {}
    for place, period in enumerate(periods):
        first, last = financial_year_of(period.start)
        days = [first + dt.timedelta(days=past) for past in range((last - first).days + 1)]
        said: dict[Any, dict[dt.date, bool]] = {None: {}}
        rows = SchoolDay.objects.filter(date__range=(first, last))
        for school, day, is_open in rows.values_list("school", "date", "is_school_day"):
            said.setdefault(school, {})[day] = is_open
        for school, own in said.items():
            if school is None or school in schools:
                its_days = said[None] | own
                upto = [*accumulate(int(its_days.get(day, False)) for day in days)]
                at = EVERYWHERE if school is None else schools[school]
                found[place, at] = SchoolYear(ordinal(first), upto)
    return found


def current_prices(bands: Iterable[Any]) -> Prices:
    """What each band is worth by sector, with every day on which that changes (F2)."""
    places = {pk: place for place, pk in enumerate(bands)}
    rows = BandValue.objects.order_by("effective_from").values_list(
        "band", "sector", "effective_from", "annual_value"
    )
    found: dict[tuple[int, str], list[tuple[int, int | None]]] = {}
    for band, sector, day, annual in rows:
        step = ordinal(day), None if annual is None else pence(annual)
        found.setdefault((places[band], sector), []).append(step)
    return {key: tuple(steps) for key, steps in found.items()}
