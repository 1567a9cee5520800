"""The figures as they stand now, ready to be read by everybody (rules.md F13)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When

from banding.choices import ReturnState
from banding.models import Band, Collection, Framework
from banding_portal.disclosure import published_count
from banding_portal.words import day, money, number
from funding.choices import PAID_KINDS, LineKind, RunState
from funding.figures.rules import PublishedTerm, Term, published_term
from funding.models import BandValue, Line, Period
from funding.selectors.value_table import value_groups
from schools.choices import SchoolStatus, Sector
from schools.models import School

NOT_RECORDED = "Not recorded"
HIDDEN = "Under 5, or hidden"
IN = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)
ADJUSTMENTS_LAST = Case(
    When(kind=LineKind.ADJUSTMENT, then=Value(1)), default=Value(0), output_field=IntegerField()
)
Content = dict[str, Any]


def content_now(today: dt.date) -> Content:
    """Everything of an edition, as it is kept."""
    return {
        "rounds": [round_of(found) for found in rounds(today)],
        "terms": [kept_term(published_term(term)) for term in terms()],
        "values": list(value_tables(today)),
    }


def rounds(today: dt.date) -> QuerySet[Collection]:
    """Collections that have opened, the newest first, with their returns and pupils counted."""
    found = Collection.objects.filter(opens_on__lte=today)
    return found.annotate(
        schools=Count("returns", distinct=True),
        came_in=Count("returns", distinct=True, filter=Q(returns__state__in=IN)),
        pupils=Count("returns__pupils__pupil", distinct=True),
    ).order_by("-opens_on", "name")


def round_of(found: Any) -> Content:
    return {
        "name": found.name,
        "kind": found.get_kind_display(),
        "days": [[each.name, day(each.day)] for each in found.milestones],
        "schools": found.schools,
        "came_in": found.came_in,
        "pupils": published_count(found.pupils),
    }


def paid_lines() -> QuerySet[Line]:
    """What has been published and is paid, whichever run it stands in."""
    return Line.objects.filter(run__state=RunState.PUBLISHED, kind__in=PAID_KINDS).order_by()


def terms() -> Iterator[Term]:
    """Each term something was published for, the newest first; a pupil whose whole amount was
    taken back again is not counted.
    """
    amounts: dict[UUID, Decimal] = {}
    funded: set[tuple[UUID, UUID]] = set()
    for period, pupil, amount in (
        paid_lines().values_list("period", "pupil").annotate(Sum("amount"))
    ):
        amounts[period] = amounts.get(period, Decimal(0)) + amount
        if pupil and amount > 0:
            funded.add((period, pupil))
    sectors, bands = counted_by_last_line(funded)
    known_sectors, known_bands = sectors_to_list(sectors), bands_to_list(bands)
    for period in Period.objects.filter(pk__in=amounts).order_by("-start"):
        yield Term(
            name=period.name,
            amount=amounts[period.pk],
            by_sector={name: sectors[period.pk][name] for name in known_sectors},
            by_band={name: bands[period.pk][name] for name in known_bands},
            values=values_in(period),
        )


def counted_by_last_line(
    funded: set[tuple[UUID, UUID]],
) -> tuple[dict[UUID, Counter[str]], dict[UUID, Counter[str]]]:
    """Pupils by sector and by band, for each period: those of the last line of the term, and of
    an adjustment only where there is no other.
    """
    names = framework_names()
    sectors: dict[UUID, Counter[str]] = {}
    bands: dict[UUID, Counter[str]] = {}
    last = paid_lines().order_by("period", "pupil", ADJUSTMENTS_LAST, "-end", "-start", "-pk")
    rows = last.distinct("period", "pupil").values_list(
        "period", "pupil", "sector", "framework_code", "band_name"
    )
    for period, pupil, sector, framework, band in rows.iterator():
        if (period, pupil) not in funded:
            continue
        label = Sector(sector).label if sector else NOT_RECORDED
        sectors.setdefault(period, Counter())[label] += 1
        name = band_label(names.get(framework, framework), band) if band else NOT_RECORDED
        bands.setdefault(period, Counter())[name] += 1
    empty = {period: Counter[str]() for period, _ in funded}
    return empty | sectors, empty | bands


def framework_names() -> dict[str, str]:
    """By code as the values beside them call it: by the name, its latest version’s."""
    rows = Framework.objects.order_by("code", "effective_from", "version")
    return dict(rows.values_list("code", "name"))


def band_label(framework: str, band: str) -> str:
    return f"{band} ({framework})"


def sectors_to_list(found: dict[UUID, Counter[str]]) -> list[str]:
    """The sectors of open schools and of what was ever paid, whether anybody is in them this term
    or not: that a sector stands in a table says nothing about its count.
    """
    schools = School.objects.filter(arrangement="").exclude(status=SchoolStatus.CLOSED)
    there = {Sector(sector).label for sector in schools.values_list("sector", flat=True).distinct()}
    there |= {name for counts in found.values() for name in counts}
    return [name for name in (*Sector.labels, NOT_RECORDED) if name in there]


def bands_to_list(found: dict[UUID, Counter[str]]) -> list[str]:
    """Every band of the frameworks that ever paid, by framework and rank."""
    paid = {name for counts in found.values() for name in counts}
    rows = Band.objects.order_by("framework__code", "framework__version", "rank")
    names = framework_names()
    labels = [(names[code], name) for code, name in rows.values_list("framework__code", "name")]
    frameworks = {called for called, name in labels if band_label(called, name) in paid}
    known = [band_label(called, name) for called, name in labels if called in frameworks]
    return list(dict.fromkeys([*known, *sorted(paid)]))


def values_in(period: Period) -> list[Decimal]:
    """What bands were worth for the period, any of them that was in force on a day of it."""
    found = BandValue.objects.filter(effective_from__lte=period.end, annual_value__isnull=False)
    annual = set(found.values_list("annual_value", flat=True))
    return [value * period.numerator / period.denominator for value in annual if value is not None]


def kept_term(term: PublishedTerm) -> Content:
    """As JSON: pounds as text."""
    return asdict(term) | {"amount": None if term.amount is None else str(term.amount)}


def value_tables(today: dt.date) -> Iterator[Content]:
    """What each band is worth in each sector today; groups of the same framework together."""
    for group in value_groups(today):
        rows = [
            [row.band.name, str(row.current.annual_value), day(row.current.effective_from)]
            for row in group.rows
            if row.current and row.current.annual_value is not None
        ]
        if rows:
            yield {"framework": str(group.framework), "sector": group.sector, "rows": rows}


def amount_words(term: Content) -> str:
    """Pounds, and how they are rounded where they are."""
    if term["amount"] is None:
        return HIDDEN
    amount = money(Decimal(term["amount"])).removesuffix(".00")
    return amount if term["unit"] == 1 else f"About {amount}"


def count_words(count: int | None) -> str:
    return HIDDEN if count is None else number(count)
