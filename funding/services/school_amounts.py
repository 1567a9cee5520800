"""Setting, ending and taking away what a single school is paid otherwise (rules.md F24)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from banding.models import Band
from banding_portal.reasons import is_reason
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day, money
from funding.choices import SchoolAmountKind
from funding.models import Period, SchoolAmount
from funding.services.locks import hold_for_publishing
from schools.models import School, User

LARGEST = Decimal("99999999.99")
DAY = dt.timedelta(days=1)


@verb
def set_school_amount(
    *,
    school: School,
    kind: str,
    annual: Decimal,
    starts_on: dt.date,
    ends_on: dt.date | None,
    reason: str,
    band: Band | None = None,
    name: str = "",
    by: User,
) -> SchoolAmount:
    """Give a school a rate of a band, a lump sum or a minimum from a day; raises RefusalError."""
    wanted = {"annual": annual, "starts_on": starts_on, "ends_on": ends_on, "reason": reason}
    return save_school_amount(school=school, kind=kind, band=band, name=name, **wanted)


def save_school_amount(
    *, school: School, kind: str, band: Band | None, name: str, **wanted: Any
) -> SchoolAmount:
    starts_on, ends_on = wanted["starts_on"], wanted["ends_on"]
    _refuse_odd(kind, band, name, **wanted)
    hold_for_publishing()
    key = {"school": school, "kind": kind, "band": band, "name": name.strip()}
    _refuse_within_a_period(kind, starts_on, ends_on)
    for other in SchoolAmount.objects.filter(**key).order_by("starts_on"):
        is_before = other.ends_on is not None and other.ends_on < starts_on
        is_after = ends_on is not None and ends_on < other.starts_on
        if not (is_before or is_after):
            until = f" to {day(other.ends_on)}" if other.ends_on else ""
            raise RefusalError(
                f"{other.what} of {money(other.annual)} a year is set there from "
                f"{day(other.starts_on)}{until} already. End it first, or take it away.",
                field="starts_on",
            )
    return SchoolAmount.objects.create(**key, **wanted | {"reason": wanted["reason"].strip()})


@verb
def end_school_amount(*, amount: SchoolAmount, ends_on: dt.date, by: User) -> SchoolAmount:
    """The last day it is paid for; raises RefusalError for one before it began."""
    return save_end(amount, ends_on)


def save_end(amount: SchoolAmount, ends_on: dt.date) -> SchoolAmount:
    hold_for_publishing()
    amount = SchoolAmount.objects.select_for_update(of=("self",)).get(pk=amount.pk)
    if ends_on < amount.starts_on:
        raise RefusalError(
            f"It begins on {day(amount.starts_on)}. Enter a day from then on, or take it away.",
            field="ends_on",
        )
    _refuse_within_a_period(amount.kind, None, ends_on)
    later = SchoolAmount.objects.filter(
        school=amount.school_id,
        kind=amount.kind,
        band=amount.band_id,
        name=amount.name,
        starts_on__gt=amount.starts_on,
    )
    if clash := later.filter(starts_on__lte=ends_on).order_by("starts_on").first():
        raise RefusalError(
            f"Another one begins on {day(clash.starts_on)}. Enter a day before that.",
            field="ends_on",
        )
    amount.ends_on = ends_on
    amount.save(update_fields=["ends_on"])
    return amount


@verb
def take_away_school_amount(*, amount: SchoolAmount, by: User) -> None:
    """As if it had never been; what published runs have paid is taken back by the next run."""
    hold_for_publishing()
    amount.delete()


def _refuse_odd(
    kind: str,
    band: Band | None,
    name: str,
    *,
    annual: Decimal,
    starts_on: dt.date,
    ends_on: dt.date | None,
    reason: str,
) -> None:
    if kind not in SchoolAmountKind.values:
        raise RefusalError("Choose what it is.", field="kind")
    if (kind == SchoolAmountKind.RATE) != (band is not None):
        raise RefusalError("Choose the band of the rate, and none otherwise.", field="band")
    if (kind == SchoolAmountKind.LUMP_SUM) != bool(name.strip()):
        raise RefusalError("Say what the lump sum is for, and nothing otherwise.", field="name")
    if not 0 <= annual <= LARGEST:
        raise RefusalError("Enter an amount from £0.00 to £99,999,999.99.", field="annual")
    if ends_on and ends_on < starts_on:
        raise RefusalError("The last day lies before the first.", field="ends_on")
    if not is_reason(reason):
        raise RefusalError("Say in a few words why the school is paid this.", field="reason")


def _refuse_within_a_period(kind: str, starts_on: dt.date | None, ends_on: dt.date | None) -> None:
    """A minimum is held against what a period pays, so it begins and ends with periods."""
    if kind != SchoolAmountKind.MINIMUM:
        return
    for field, found in (("starts_on", starts_on), ("ends_on", ends_on)):
        period = Period.objects.filter(start__lte=found, end__gte=found).first() if found else None
        if period is None:
            continue
        fitting = period.start if field == "starts_on" else period.end
        if found != fitting:
            words = "begins" if field == "starts_on" else "ends"
            raise RefusalError(
                f"A minimum {words} with a period: {period.name} {words} on {day(fitting)}.",
                field=field,
            )
