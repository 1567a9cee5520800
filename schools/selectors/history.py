"""What was true of pupils on a day, and what they were known by (rules.md S11)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from schools.choices import Fact
from schools.models import FormerFact, Pupil
from schools.models.history import FormerFactQuerySet


@dataclass(frozen=True, slots=True)
class Facts:
    """A pupil's facts on a day; a name as “Khan, Amira”."""

    upn: str
    name: str
    date_of_birth: dt.date
    reference: str
    responsible_la: str
    primary_need: str


def former_facts(
    *kinds: Fact, pupils: Collection[UUID] | None = None, value: str = ""
) -> FormerFactQuerySet:
    """Former facts of these kinds: of some pupils or all, with one value or any; latest first."""
    found = FormerFact.objects.filter(kind__in=kinds).order_by("-until", "-recorded_at")
    if pupils is not None:
        found = found.filter(pupil__in=pupils)
    return found.filter(value=value) if value else found


def former_names(pupils: Collection[UUID] | None = None) -> FormerFactQuerySet:
    """Former names, as “Khan, Amira”."""
    return former_facts(Fact.NAME, pupils=pupils)


def former_upns(pupils: Collection[UUID] | None = None) -> FormerFactQuerySet:
    """Former UPNs. One may be another pupil's by now."""
    return former_facts(Fact.UPN, pupils=pupils)


def facts_on(pupil: Pupil, day: dt.date) -> Facts:
    """What was true of a pupil on a day, as it is known now; one query."""
    was = {each.kind: each.value for each in pupil.former_facts.on(day)}
    born = was.get(Fact.BIRTH_DATE)
    return Facts(
        upn=was.get(Fact.UPN, pupil.upn or ""),
        name=was.get(Fact.NAME, pupil.display_name),
        date_of_birth=dt.date.fromisoformat(born) if born else pupil.date_of_birth,
        reference=was.get(Fact.REFERENCE, pupil.reference),
        responsible_la=was.get(Fact.RESPONSIBLE_LA, pupil.responsible_la),
        primary_need=was.get(Fact.NEED, pupil.primary_need),
    )
