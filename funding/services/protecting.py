"""Rules of protection, and whom they protect (rules.md F10)."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day
from funding import sql
from funding.models import Period, ProtectionRule
from funding.services.locks import hold_for_publishing
from schools.choices import Sector
from schools.models import User

DAY = dt.timedelta(days=1)


@verb
def set_protection(
    *,
    sector: str,
    kind: str,
    changed_on: dt.date,
    starts_on: dt.date,
    ends_on: dt.date,
    share: Decimal,
    by: User,
) -> ProtectionRule:
    """Protect a sector from a day to a day; one that begins on the same day is replaced.

    `share` is of 1. Raises RefusalError for days in no order or that another rule has already.
    """
    return save_protection(sector, kind, changed_on, starts_on, ends_on, share)


def save_protection(
    sector: str,
    kind: str,
    changed_on: dt.date,
    starts_on: dt.date,
    ends_on: dt.date,
    share: Decimal,
) -> ProtectionRule:
    if starts_on < changed_on:
        raise RefusalError(
            "Protection begins on the day of the change or later.", field="starts_on"
        )
    if ends_on < starts_on:
        raise RefusalError("Protection ends before it begins.", field="ends_on")
    if not 0 <= share <= 1:
        raise RefusalError("The share is between 0 and 100 per cent.", field="share")
    hold_for_publishing()
    others = ProtectionRule.objects.filter(sector=sector, starts_on__lte=ends_on)
    for other in others.filter(ends_on__gte=starts_on).exclude(starts_on=starts_on):
        raise RefusalError(
            f"{Sector(sector).label} is protected from {day(other.starts_on)} to "
            f"{day(other.ends_on)} already. Two rules cannot protect the same days.",
            field="starts_on",
        )
    facts = {"kind": kind, "changed_on": changed_on, "ends_on": ends_on, "share": share}
    rule, _ = ProtectionRule.objects.update_or_create(
        sector=sector, starts_on=starts_on, defaults=facts
    )
    look_up_protected([rule])
    return rule


@verb
def end_protection(*, rule: ProtectionRule, by: User) -> None:
    """Take a rule away; what it has paid in published terms is taken back by the next run."""
    hold_for_publishing()
    rule.delete()


def look_up_protected(rules: Iterable[ProtectionRule]) -> None:
    """Keep what the pupils of each rule's sector were paid a year on the eve of the change."""
    wanted = sorted(rule.pk for rule in rules)
    locked = ProtectionRule.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    for rule in locked:
        rule.protected.all().delete()
        sql.look_at_one_day("on_the_eve", rule.changed_on - DAY, rule=rule.pk, sector=rule.sector)


def look_up_for(periods: Iterable[Period]) -> None:
    """The same for every rule that covers days of a period."""
    covering = {
        rule
        for period in periods
        for rule in ProtectionRule.objects.filter(
            starts_on__lte=period.end, ends_on__gte=period.start
        )
    }
    look_up_protected(covering)
