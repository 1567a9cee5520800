"""Whom a record may be among all pupils, and pupils that are perhaps one (rules.md S8).

Everybody who asks asks here: the caseload import, the pupil form, joiners, the standing check.
Officers only: these look through every pupil of the authority.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Func, Q, QuerySet, TextField, Value

from banding_portal.folding import clean_code, words_of
from schools.choices import Fact, SameChild
from schools.matching import Identity, Match, blocking_keys, compare, swapped_date
from schools.models import Pupil, PupilAnswer
from schools.selectors.history import former_facts

MANY = 2_000
OF_ONE_BLOCK, NEIGHBOURS = 100, 5
"""Of so many who share a birth date and a word of a name each is compared with each; of more, as
where a file gives everybody the first of January, each with the next few in order of name.
"""
WITHOUT_ZEROS = Func(F("reference"), Value("0"), function="ltrim", output_field=TextField())
FIELDS = ("id", "reference", "upn", "surname", "forename", "date_of_birth")


@dataclass(frozen=True)
class PupilMatch:
    """A pupil that a record is, or perhaps is."""

    pupil: Pupil
    match: Match


@dataclass(frozen=True)
class PossibleDuplicate:
    """Two pupils that are, or perhaps are, the same child; `answer` where a person said so."""

    one: Pupil
    other: Pupil
    match: Match
    answer: PupilAnswer | None = None


def matches_for(identities: Sequence[Identity]) -> list[list[PupilMatch]]:
    """For each identity, in the order given, the pupils it matches, the surest first.

    Three queries however many there are. An identity that surely is a pupil is not matched again
    with one that a person told apart from that pupil. Nothing is written. What to do with it:
    a strong match is the pupil; a weak one is a question for a person, whose answer
    `schools.services.answers.answer_pair` keeps once the pupil is saved.
    """
    pupils = list(candidates_for(identities))
    by_key: dict[object, list[int]] = defaultdict(list)
    known = identities_of(pupils)
    for place, identity in enumerate(known):
        for key in blocking_keys(identity):
            by_key[key].append(place)
    found = []
    for identity in identities:
        places = {place for key in blocking_keys(identity) for place in by_key.get(key, ())}
        pairs = [(pupils[place], compare(identity, known[place])) for place in sorted(places)]
        found.append([PupilMatch(pupil, match) for pupil, match in pairs if match])
    return without_told_apart(found)


def matches_of(pupil: Pupil) -> list[PupilMatch]:
    """The other pupils that are perhaps the same child, but for those told apart from it."""
    [found] = matches_for(identities_of([pupil]))
    apart = told_apart([pupil.pk])
    others = [each for each in found if each.pupil != pupil]
    return [each for each in others if pair(pupil.pk, each.pupil.pk) not in apart]


def matches_of_changed(pupil: Pupil, changed: Mapping[str, Any]) -> list[PupilMatch]:
    """The other pupils that a pupil would match with these of its fields changed, and does not
    match as it is recorded; without those told apart from it.
    """
    if all((getattr(pupil, name) or "") == (value or "") for name, value in changed.items()):
        return []
    [now] = identities_of([pupil])
    [found] = matches_for([replace(now, **changed)])
    known = {each.pupil.pk: each.match for each in matches_of(pupil)}
    apart = told_apart([pupil.pk])
    return [
        each
        for each in found
        if each.pupil.pk != pupil.pk
        and known.get(each.pupil.pk) != each.match
        and pair(pupil.pk, each.pupil.pk) not in apart
    ]


def possible_duplicates() -> list[PossibleDuplicate]:
    """Every pair among all pupils that is, or perhaps is, one child: the standing check.

    The surest first, then by name. Pairs that a person told apart are left out; a pair that was
    answered "same child" stays, with its answer, until it is merged.
    """
    pupils = list(Pupil.objects.only(*FIELDS).order_by("surname", "forename", "reference"))
    known = identities_of(pupils)
    answers = {(a.one_id, a.other_id): a for a in PupilAnswer.objects.select_related("answered_by")}
    found = []
    for one, other in sorted(pairs_sharing_a_key(known)):
        match = compare(known[one], known[other])
        answer = answers.get(pair(pupils[one].pk, pupils[other].pk))
        if match and (answer is None or answer.answer != SameChild.ANOTHER):
            found.append(PossibleDuplicate(pupils[one], pupils[other], match, answer))
    return sorted(found, key=lambda each: not each.match.is_strong)


def duplicates_among(pupils: QuerySet[Pupil]) -> list[PossibleDuplicate]:
    """The pairs of these that likely are one child and nobody has told apart, the surest first.

    Two pupils with UPNs of their own for good are two children, unless one had the other's number:
    so a pair has one without, or with a former number, and names it first. A few queries.
    """
    numbered = former_facts(Fact.UPN, Fact.REFERENCE).order_by().values("pupil")
    in_doubt = Q(upn=None) | ~Q(upn__regex="[0-9]$") | Q(pk__in=numbered)
    few = list(pupils.filter(in_doubt).only(*FIELDS)[:MANY])
    if not few:
        return []
    # Of many in doubt it is quicker to look at all.
    wanted = pupils if len(few) == MANY else candidates_for(identities_of(few))
    wanted = wanted.filter(pk__in=pupils.order_by().values("pk"))
    marked = ExpressionWrapper(in_doubt, output_field=BooleanField())
    rows = wanted.order_by("surname", "forename", "reference").annotate(doubtful=marked)
    among = list(rows.only(*FIELDS))
    doubtful = [bool(each.doubtful) for each in among]
    known = identities_of(among)
    apart = _all_told_apart()
    found = []
    for pair_of in sorted(pairs_sharing_a_key(known)):
        one, other = pair_of if doubtful[pair_of[0]] else reversed(pair_of)
        if not doubtful[one]:
            continue
        match = compare(known[one], known[other])
        if match and pair(among[one].pk, among[other].pk) not in apart:
            found.append(PossibleDuplicate(among[one], among[other], match))
    return sorted(found, key=lambda each: not each.match.is_strong)


def duplicates_matching(wanted: Mapping[str, Any]) -> list[PossibleDuplicate]:
    """Those of a strength, and those whose names, references or UPNs have every word."""
    strength, words = wanted.get("strength"), words_of(wanted.get("q") or "")
    return [
        each
        for each in possible_duplicates()
        if (not strength or each.match.strength == strength) and has_words(each, words)
    ]


def has_words(found: PossibleDuplicate, words: list[str]) -> bool:
    text = [f"{each} {each.reference} {each.upn or ''}" for each in (found.one, found.other)]
    known = words_of(" ".join(text))
    return all(any(word in each for each in known) for word in words)


def pairs_sharing_a_key(identities: Sequence[Identity]) -> set[tuple[int, int]]:
    """Pairs of places, the lower first, that need be compared; of a crowd neighbours by name."""
    by_key: dict[object, list[int]] = defaultdict(list)
    for place, identity in enumerate(identities):
        for key in blocking_keys(identity):
            by_key[key].append(place)
    return {each for places in by_key.values() for each in _pairs_of(places, identities)}


def _pairs_of(places: list[int], identities: Sequence[Identity]) -> Iterator[tuple[int, int]]:
    if len(places) <= OF_ONE_BLOCK:
        yield from combinations(places, 2)
        return
    ordered = sorted(places, key=lambda place: (identities[place].name, place))
    for at, place in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            yield min(place, other), max(place, other)


def candidates_for(identities: Iterable[Identity]) -> QuerySet[Pupil]:
    """Pupils of the same UPN or reference, now or earlier, or birth date, also swapped."""
    upns: set[str] = set()
    references: set[str] = set()
    births: set[dt.date] = set()
    for identity in identities:
        upns |= identity.numbers
        for each in (identity.reference, *identity.former_references):
            typed = each.strip()
            references |= {typed, typed.lower(), clean_code(typed)}
        if born := identity.date_of_birth:
            births |= {born, swapped_date(born) or born}
    wanted = Q(upn__in=upns) | Q(reference__in=references) | Q(date_of_birth__in=births)
    references -= {""}
    former = former_facts(Fact.UPN).filter(value__in=upns)
    former |= former_facts(Fact.REFERENCE).filter(value__in=references)
    wanted |= Q(pk__in=former.order_by().values("pupil"))
    return Pupil.objects.filter(wanted).order_by("surname", "forename", "reference")


def identities_of(pupils: Sequence[Pupil]) -> list[Identity]:
    """What the matcher knows of pupils, former UPNs, references and names included; one query."""
    numbers: dict[tuple[UUID, str], list[str]] = defaultdict(list)
    names: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    kinds = (Fact.UPN, Fact.REFERENCE, Fact.NAME)
    for former in former_facts(*kinds, pupils=of_these(pupils)):
        if former.kind == Fact.NAME:
            surname, _, forename = former.value.partition(", ")
            names[former.pupil_id].append((surname, forename))
        else:
            numbers[former.pupil_id, former.kind].append(former.value)
    return [
        replace(
            identity_of(pupil, numbers[pupil.pk, Fact.UPN], names[pupil.pk]),
            former_references=tuple(numbers[pupil.pk, Fact.REFERENCE]),
        )
        for pupil in pupils
    ]


def of_these(pupils: Sequence[Pupil]) -> list[UUID] | None:
    """Their ids; None for so many that all former facts are read as quickly."""
    return [pupil.pk for pupil in pupils] if len(pupils) < MANY else None


def identity_of(
    pupil: Pupil,
    former_upns: Iterable[str] = (),
    former_names: Iterable[tuple[str, str]] = (),
) -> Identity:
    """What the matcher knows of a pupil."""
    return Identity(
        surname=pupil.surname,
        forename=pupil.forename,
        date_of_birth=pupil.date_of_birth,
        reference=pupil.reference,
        upn=pupil.upn,
        former_upns=tuple(former_upns),
        former_names=tuple(former_names),
    )


def without_told_apart(found: list[list[PupilMatch]]) -> list[list[PupilMatch]]:
    """The surest first; without those told apart from a pupil that the record surely is."""
    several = [each for matches in found if len(matches) > 1 for each in matches]
    sure = {each.pupil.pk for each in several if each.match.is_strong}
    apart = told_apart(sure) if sure else set()
    return [_told_apart_left_out(matches, apart) for matches in found]


def _told_apart_left_out(
    matches: list[PupilMatch], apart: set[tuple[UUID, UUID]]
) -> list[PupilMatch]:
    matches = sorted(matches, key=lambda each: not each.match.is_strong)
    sure = [each.pupil.pk for each in matches if each.match.is_strong]
    return [
        each
        for each in matches
        if each.match.is_strong or not any(pair(each.pupil.pk, pk) in apart for pk in sure)
    ]


def told_apart(pupils: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """The pairs with any of the pupils that a person answered "another child"."""
    answers = PupilAnswer.objects.about(*pupils).filter(answer=SameChild.ANOTHER)
    return set(answers.values_list("one_id", "other_id"))


def _all_told_apart() -> set[tuple[UUID, UUID]]:
    answers = PupilAnswer.objects.filter(answer=SameChild.ANOTHER)
    return set(answers.values_list("one_id", "other_id"))


def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Two pupils as answers keep them, the lower id first."""
    return (one, other) if one < other else (other, one)


def same_but_for_zeros(references: Iterable[str]) -> dict[str, str]:
    """References that differ from a known pupil's by leading zeros alone, which a spreadsheet
    takes away, each with that pupil's; among the given ones too, once they are saved.
    """
    given = {each: each.lstrip("0") for each in references if each.isdigit()}
    known = Pupil.objects.annotate(plain=WITHOUT_ZEROS).filter(plain__in=set(given.values()))
    others: dict[str, list[str]] = defaultdict(list)
    for plain, reference in known.order_by("reference").values_list("plain", "reference"):
        others[plain].append(reference)
    pairs = ((each, other) for each, plain in given.items() for other in others[plain])
    return {each: other for each, other in pairs if other != each}
