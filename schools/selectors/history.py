"""What was true of pupils on a day, and what they were known by (rules.md S11)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from banding_portal.words import day as in_words
from banding_portal.words import upper_first
from schools.authorities import authority_of
from schools.choices import KNOWN_BY, Fact
from schools.facts import Facts, facts_of, spoken
from schools.models import FormerFact, Pupil, User
from schools.models.history import DAY, FormerFactQuerySet

SENTENCES = {
    Fact.UPN: "Had the UPN {}",
    Fact.NAME: "Known as {}",
    Fact.BIRTH_DATE: "Recorded as born on {}",
    Fact.REFERENCE: "Had the authority’s reference {}",
    Fact.RESPONSIBLE_LA: "{} was responsible",
    Fact.NEED: "Primary need {}",
}


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
    was: dict[str, Any] = {each.kind: each.value for each in pupil.former_facts.on(day)}
    if born := was.get(Fact.BIRTH_DATE):
        was[Fact.BIRTH_DATE] = dt.date.fromisoformat(born)
    return replace(facts_of(pupil), **was)


def history_of(pupil: Pupil, user: User) -> list[FormerFact]:
    """What was true of a pupil and is not any more, as far as the person may see it.

    By kind, latest first; each has its `sentence`.
    """
    found = FormerFact.objects.visible_to(user).filter(pupil=pupil).with_start()
    order = list(Fact)
    rows = sorted(found, key=lambda row: (order.index(Fact(row.kind)), -row.until.toordinal()))
    for row in rows:
        row.sentence = upper_first(
            f"{SENTENCES[Fact(row.kind)].format(words_of(row))} {span_of(row)}."
        )
    return rows


def words_of(row: FormerFact) -> str:
    if row.kind == Fact.NAME:
        return spoken(row.value)
    return authority_of(row.value) if row.kind == Fact.RESPONSIBLE_LA else row.shown


def span_of(row: Any) -> str:
    """“from 1 September 2026 until 3 May 2027”; of what a pupil was known by the end alone."""
    until = f"until {in_words(row.until)}"
    if row.kind in KNOWN_BY or row.before is None:
        return until
    return f"from {in_words(row.before + DAY)} {until}"
